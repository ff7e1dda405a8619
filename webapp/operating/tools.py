"""PostgreSQL's own programs, of the server's own version: a newer dump is no use to an older restore."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import psycopg

from tenants.access import embedded
from tenants.database import conninfo

_DEBIAN = "/usr/lib/postgresql/{version}/bin/{name}"


class BackupFault(RuntimeError):
    """A backup could not be made or used; the text says why."""


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


def run_script(url: str, write: Callable[[IO[bytes]], None]) -> str:
    """What `write` writes, by psql in one transaction; returns what it answered.

    Raises: BackupFault with what psql said, NoTool, psycopg.Error, and what `write` raises; nothing has changed then.
    """
    tool = [tool_for(url, "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-f", "-"]
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as faults:
        run = subprocess.Popen([*tool, "-d", conninfo(url)], stdin=subprocess.PIPE, stdout=told, stderr=faults)  # noqa: S603
        with run, run.stdin as script:  # type: ignore[union-attr]  # a pipe was asked for
            try:
                write(script)
            except BrokenPipeError:
                pass  # it has stopped, and says why
            except BaseException:
                run.kill()  # what was begun is rolled back
                raise
        said = faults if run.returncode else told
        said.seek(0)
        text = said.read().decode(errors="replace").strip()
    if run.returncode:
        raise BackupFault(f"psql: {text[-2000:]}")
    return text
