"""PostgreSQL's own programs, of the server's own version: a newer dump is no use to an older restore."""

import shutil
import subprocess
from pathlib import Path

import psycopg

from tenants.access import embedded
from tenants.database import conninfo

_DEBIAN = "/usr/lib/postgresql/{version}/bin/{name}"


class NoTool(RuntimeError):
    """The program of this version is not installed."""


def server_version(url: str) -> int:
    """The server's major version. Raises: psycopg.Error."""
    with psycopg.connect(conninfo(url)) as connection:
        return connection.info.server_version // 10_000


def tool_for(url: str, name: str) -> str:
    """Where `pg_dump`, `pg_restore` or `psql` of the server's version is. Raises: NoTool, psycopg.Error."""
    version = server_version(url)
    for place in (_DEBIAN.format(version=version, name=name), shutil.which(name), embedded.tool(name)):
        if place and Path(place).exists() and _version_of(place) == version:
            return place
    raise NoTool(f"{name} {version} is missing: install postgresql-client-{version}")


def _version_of(place: str) -> int:
    """`pg_dump (PostgreSQL) 15.18 (Debian …)` → 15."""
    said = subprocess.run([place, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    return int(said.split("(PostgreSQL)")[1].split()[0].split(".")[0])
