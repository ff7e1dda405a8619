"""Start the web workers, and the job worker beside them, over one database."""

import hashlib
import logging
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.server import Server

from tenants.access import embedded
from webapp.settings import BusinessRegister, Settings, development_secret

_ROOT = Path(__file__).resolve().parent.parent
_BESIDE, _LAST_PORT = 1000, 65_535
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own in it, for its owner alone
_PARENT = "FAMAI_PARENT_PID"
_MOST_LINES = 16_384  # of visitors, in one process; each costs some ten kilobytes
_RESTART_SECONDS, _STOP_SECONDS, _WATCH_SECONDS = 2.0, 8.0, 1.0
DRAIN_SECONDS = 15  # for requests in hand; systemd and containers wait a little longer (`deploy/`)
_log = logging.getLogger("famai.serve")


class Child:
    """A process beside the web that is started again when it dies, until it is stopped."""

    def __init__(self, command: list[str]) -> None:
        self._command, self._stopping = command, threading.Event()
        self._process = self._start()
        threading.Thread(target=self._keep, daemon=True).start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, cwd=_ROOT)  # noqa: S603

    def _keep(self) -> None:
        while not self._stopping.is_set():
            code = self._process.wait()
            if self._stopping.wait(_RESTART_SECONDS):
                return
            _log.warning("%s ended with %s; starting it again", self._command[-1], code)
            self._process = self._start()

    def stop(self) -> None:
        """Ask it to finish its job; a job that is cut off is taken up again at the next start."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def end_with_parent() -> None:
    """A process that `serve` started ends when `serve` is gone, however it went: no old code goes on answering."""
    parent = os.environ.get(_PARENT)
    if parent:
        threading.Thread(target=_watch, args=(int(parent),), daemon=True).start()


def _watch(parent: int) -> None:
    while Path(f"/proc/{parent}").exists() or not Path("/proc").exists():
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _keep_database(data_dir: Path, stopping: threading.Event) -> None:
    """The embedded server has nobody else who would start it again."""
    while not stopping.wait(_WATCH_SECONDS):
        try:
            if embedded.start_again(data_dir):
                _log.warning("the database had died; started it again")
        except OSError as fault:
            _log.error("the database has died and does not start: %s", type(fault).__name__)


def _child_environment(settings: Settings) -> dict[str, str]:
    """Children use the database that runs already instead of starting their own."""
    return {
        **settings.same_city(),
        "FAMAI_PUBLIC_URL": settings.public_url,
        "FAMAI_STRIPE_SECRET_KEY": settings.stripe_key,
        "FAMAI_STRIPE_URL": settings.stripe_url,
        "FAMAI_STRIPE_WEBHOOK_SECRET": settings.stripe_webhook_secret,
        "FAMAI_REGISTER_URL": settings.register.url if settings.register else "",
        "FAMAI_REGISTER_TOKEN": settings.register.token if settings.register else "",
        _PARENT: str(os.getpid()),
        "PROMETHEUS_MULTIPROC_DIR": str(_fresh(_metrics_folder(settings))),
    }


def _metrics_folder(settings: Settings) -> Path:
    """In memory where the system has a place for it: a process that counts in a mapped file dies with a full disk."""
    here = hashlib.sha256(str(settings.data_dir.resolve()).encode()).hexdigest()[:16]
    return _IN_MEMORY / f"famai-metrics-{os.getuid()}-{here}" if _IN_MEMORY.is_dir() else settings.data_dir / "metrics"


def _fresh(folder: Path) -> Path:
    """Counts of processes that are gone must not be added to today's."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def serve(
    settings: Settings, *, host: str, port: int, workers: int, with_worker: bool, played: Sequence[list[str]] = ()
) -> None:
    """Serve until stopped; the worker, and the processes that play somebody (`played`: commands), end with the web."""
    os.environ.update(_child_environment(settings))
    children = [Child(command) for command in played]
    if with_worker:
        children.append(Child([sys.executable, "-m", "webapp.cli", "worker"]))
    stopping = threading.Event()
    os.register_at_fork(after_in_child=_end_at_once)
    threading.Thread(target=_keep_database, args=(settings.data_dir, stopping), daemon=True).start()
    try:
        Server(
            "wsgi:gate",
            address=host,
            port=port,
            interface=Interfaces.RSGI,
            http=HTTPModes.http1,  # where the other is tried for, a line on which nothing is said stays for good
            websockets=False,
            backpressure=_room_for_lines(),
            workers=workers,
            working_dir=_ROOT,
            respawn_failed_workers=True,
            workers_kill_timeout=DRAIN_SECONDS,
        ).serve()
    finally:
        stopping.set()
        for child in reversed(children):
            child.stop()
        shutil.rmtree(_metrics_folder(settings), ignore_errors=True)


def _end_at_once() -> None:
    """In a web worker that has hardly begun: it has the signal handlers of the process that it was forked from, which
    only note that they were called, and would not hear that it shall end before it listens itself."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_DFL)


def _room_for_lines() -> int:
    """How many visitors a process may hold at once: a line is a file, and so is a body on its way."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = 2 * _MOST_LINES if most == resource.RLIM_INFINITY else min(2 * _MOST_LINES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, room), most))
    return room // 2


def can_play_stripe() -> bool:
    """Whether the demo's own Stripe is installed; a production has none."""
    return find_spec("localstripe") is not None


def with_played_stripe(settings: Settings, *, web_port: int) -> Settings:
    """Settings that point at the demo's own Stripe, on a port beside the web's."""
    return replace(
        settings,
        stripe_key="sk_test_famai_demo",
        stripe_url=f"http://127.0.0.1:{_port_beside(web_port, _BESIDE)}",
        stripe_webhook_secret=development_secret(settings.data_dir / "famai_stripe_webhook_secret.txt"),
    )


def stripe_command(settings: Settings, *, web_port: int) -> list[str]:
    """A process of its own, so that neither web nor worker loads it; nothing waits for it."""
    port, folder = settings.stripe_url.rsplit(":", 1)[1], str(settings.data_dir / "stripe")
    webhook = f"http://127.0.0.1:{web_port}/webhooks/stripe"
    command = [sys.executable, "-m", "demo.stripe_server", "--port", port, "--folder", folder]
    return [*command, "--webhook", webhook]


def with_played_register(settings: Settings, *, web_port: int) -> Settings:
    """Settings that point at the demo's own business register, on another port beside the web's."""
    url = f"http://127.0.0.1:{_port_beside(web_port, _BESIDE + 1)}"
    token = development_secret(settings.data_dir / "famai_register_token.txt")
    return replace(settings, register=BusinessRegister(url, token))


def register_command(settings: Settings) -> list[str]:
    """As `stripe_command`; its token is in the environment. For settings of `with_played_register`."""
    url = settings.register.url if settings.register else ""
    return [sys.executable, "-m", "demo.register_server", "--port", url.rsplit(":", 1)[1]]


def _port_beside(port: int, step: int) -> int:
    return port + step if port + step <= _LAST_PORT else port - step
