"""(d) Seconds until the web answers, once the database is up and filled."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tenants import database
from webapp import demo_city, migrating
from webapp.settings import Settings

NAME, UNIT, TARGET = "start_up", "s", 5.0
_PORT = 8047


def measure() -> float:
    """Seconds from starting two web workers and the job worker to the first good answer."""
    folder = Path(tempfile.mkdtemp())
    settings = Settings.from_env({"FAMAI_DATA_DIR": str(folder)})
    migrating.migrate(settings.admin_database_url)
    database.configure(settings.database_url)
    list(demo_city.fill(settings, seed=1))
    command = [sys.executable, "-m", "webapp.cli", "serve", "--with-worker", "--port", str(_PORT)]
    environment = os.environ | {"DATABASE_URL": settings.database_url, "FAMAI_DATA_DIR": str(folder)}
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _is_ready() and time.perf_counter() - began < 60:
            time.sleep(0.02)
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _is_ready() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{_PORT}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
