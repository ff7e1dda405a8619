"""A filled installation of its own for one measurement, and servers over it."""

import atexit
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from demo import city as demo_city
from tenants import database
from webapp import migrating
from webapp.settings import Settings

WEB_WORKERS = 2
_PATIENCE = 60
_NUMBERS = itertools.count(1)


RUNS = 3  # of which the median counts


def runs(*, quick: bool) -> range:
    """How often to measure: this many times in turn with what it is compared with, once when quick."""
    return range(1 if quick else RUNS)


def open_city() -> Settings:
    """The demo city's firms, lawyers and officers, and no case; this process may then write to it too."""
    settings = new_city()
    demo_city.open_city(settings)
    return settings


def new_city() -> Settings:
    """A database with nobody in it; all are on one server, gone when this ends."""
    return copy_city(_migrated())


def copy_city(original: Settings) -> Settings:
    """Another database with what is in this one, in which nobody is at work; this process writes to it from now on."""
    name, admin = f"city_{next(_NUMBERS)}", urlsplit(original.admin_database_url)
    database.dispose()
    with psycopg.connect(admin._replace(path="/template1").geturl(), autocommit=True) as line:
        template = sql.Identifier(admin.path.lstrip("/"))
        line.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), template))
    settings = replace(
        original,
        database_url=_named(original.database_url, name),
        privileged_database_url=_named(original.privileged_database_url, name),
        admin_database_url=_named(original.admin_database_url, name),
    )
    database.configure(settings.lines)
    return settings


def _named(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@lru_cache(maxsize=1)
def _migrated() -> Settings:
    folder = tempfile.mkdtemp(prefix="famai-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # before the server's own, so after it has stopped
    settings = Settings.from_env({"FAMAI_DATA_DIR": folder})
    migrating.migrate(settings.admin_database_url)
    return settings


@contextmanager
def serving(settings: Settings, *, port: int, worker: bool) -> Iterator[int]:
    """Two web workers, with the job worker if asked; yields the process id once they answer."""
    command = [sys.executable, "-m", "webapp.cli", "serve", "--port", str(port), "--workers", str(WEB_WORKERS)]
    environment = {"FAMAI_RATE_LIMIT": "1000000/minute", **settings.same_city()}
    command += ["--with-worker"] if worker else []
    with running(command, environment, port=port, path="/healthz") as pid:
        yield pid


@contextmanager
def running(
    command: list[str], environment: Mapping[str, str], *, port: int, path: str, ready: int = 200
) -> Iterator[int]:
    """A server process, stopped at the end; yields its id once `path` answers `ready`.

    Raises: RuntimeError where something else answers at this port: it would be measured instead.
    """
    _wait_until_free(port)
    with _begun(command, environment) as process:
        _wait_until_ready(process, f"http://127.0.0.1:{port}{path}", ready)
        yield process.pid


@contextmanager
def working(settings: Settings) -> Iterator[int]:
    """A job worker, stopped at the end; yields its process id."""
    with _begun([sys.executable, "-m", "webapp.cli", "worker"], settings.same_city()) as process:
        yield process.pid


@contextmanager
def _begun(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_free(port: int) -> None:
    """What was stopped just now may have processes that go on answering for a moment."""
    until = time.monotonic() + _PATIENCE
    while True:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)):
                return
        if time.monotonic() > until:
            raise RuntimeError(f"something else answers at port {port}")
        time.sleep(0.05)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, ready: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == ready:
                    return
        except urllib.error.HTTPError as refused:
            if refused.code == ready:
                return
            time.sleep(0.02)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    raise RuntimeError(f"{url} does not answer")


def tree_memory(pid: int) -> int:
    """Bytes of a process and all its children, shared pages counted once (proportional set size); 0 of one that is
    gone."""
    try:
        own = Path(f"/proc/{pid}/smaps_rollup").read_text()
        children = " ".join(file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children"))
    except (FileNotFoundError, ProcessLookupError):
        return 0
    pss = next((int(line.split()[1]) * 1024 for line in own.splitlines() if line.startswith("Pss:")), 0)
    return pss + sum(tree_memory(int(child)) for child in children.split())
