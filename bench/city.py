"""A filled installation of its own for one measurement, and servers over it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from demo import city as demo_city
from tenants import database
from webapp import migrating
from webapp.settings import Settings

WEB_WORKERS = 2
_PATIENCE = 60


def fill_city() -> Settings:
    """A demo city in a new folder; this process may then write to it too."""
    settings = new_city()
    list(demo_city.fill(settings, seed=1))
    return settings


def new_city() -> Settings:
    """A migrated database in a new folder, with nobody in it."""
    settings = Settings.from_env({"FAMAI_DATA_DIR": tempfile.mkdtemp(prefix="famai-bench-")})
    migrating.migrate(settings.admin_database_url)
    database.configure(settings.database_url)
    return settings


@contextmanager
def serving(settings: Settings, *, port: int, worker: bool) -> Iterator[int]:
    """Two web workers, with the job worker if asked; yields the process id once they answer."""
    command = [sys.executable, "-m", "webapp.cli", "serve", "--port", str(port), "--workers", str(WEB_WORKERS)]
    environment = {"FAMAI_RATE_LIMIT": "1000000/minute", "FAMAI_DATA_DIR": str(settings.data_dir)}
    command += ["--with-worker"] if worker else []
    with running(command, environment | {"DATABASE_URL": settings.database_url}, port=port, path="/healthz") as pid:
        yield pid


@contextmanager
def running(command: list[str], environment: Mapping[str, str], *, port: int, path: str) -> Iterator[int]:
    """A server process, stopped at the end; yields its id once `path` answers."""
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready(process, f"http://127.0.0.1:{port}{path}")
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    raise RuntimeError(f"{url} does not answer")


def tree_memory(pid: int) -> int:
    """Bytes of a process and all its children, shared pages counted once (proportional set size)."""
    own = Path(f"/proc/{pid}/smaps_rollup").read_text()
    pss = next(int(line.split()[1]) * 1024 for line in own.splitlines() if line.startswith("Pss:"))
    children = " ".join(file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children"))
    return pss + sum(tree_memory(int(child)) for child in children.split())
