"""Start the web workers, and the job worker beside them, over one database."""

import os
import subprocess
import sys
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

from webapp.settings import Settings

_ROOT = Path(__file__).resolve().parent.parent


def _child_environment(settings: Settings) -> dict[str, str]:
    """Children use the database that runs already instead of starting their own."""
    return {
        "DATABASE_URL": settings.database_url,
        "FAMAI_ADMIN_DATABASE_URL": settings.admin_database_url,
        "FAMAI_DATA_DIR": str(settings.data_dir),
        "FAMAI_PUBLIC_URL": settings.public_url,
    }


def serve(settings: Settings, *, host: str, port: int, workers: int, with_worker: bool) -> None:
    """Serve until stopped; the worker process ends with the web."""
    os.environ.update(_child_environment(settings))
    worker = None
    if with_worker:
        worker = subprocess.Popen([sys.executable, "-m", "webapp.cli", "worker"], cwd=_ROOT)  # noqa: S603
    try:
        Server(
            "wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=2,
            working_dir=_ROOT,
            respawn_failed_workers=True,
        ).serve()
    finally:
        if worker is not None:
            _stop(worker)


def _stop(worker: subprocess.Popen[bytes]) -> None:
    """Ask the worker to finish its job; a job that is cut off is taken up again at the next start."""
    worker.terminate()
    try:
        worker.wait(timeout=8)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
