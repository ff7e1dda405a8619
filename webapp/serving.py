"""Start the web workers, and the job worker beside them, over one database."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

from webapp.settings import Settings, development_secret

_ROOT = Path(__file__).resolve().parent.parent
_BESIDE, _LAST_PORT = 1000, 65_535


def _child_environment(settings: Settings) -> dict[str, str]:
    """Children use the database that runs already instead of starting their own."""
    return {
        "DATABASE_URL": settings.database_url,
        "FAMAI_ADMIN_DATABASE_URL": settings.admin_database_url,
        "FAMAI_DATA_DIR": str(settings.data_dir),
        "FAMAI_PUBLIC_URL": settings.public_url,
        "FAMAI_STRIPE_SECRET_KEY": settings.stripe_key,
        "FAMAI_STRIPE_URL": settings.stripe_url,
        "FAMAI_STRIPE_WEBHOOK_SECRET": settings.stripe_webhook_secret,
    }


def serve(
    settings: Settings, *, host: str, port: int, workers: int, with_worker: bool, plays_stripe: bool = False
) -> None:
    """Serve until stopped; the worker, and the process that plays Stripe, end with the web."""
    os.environ.update(_child_environment(settings))
    children = []
    if plays_stripe:
        children.append(_play_stripe(settings, web_port=port))
    if with_worker:
        children.append(subprocess.Popen([sys.executable, "-m", "webapp.cli", "worker"], cwd=_ROOT))  # noqa: S603
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
        for child in reversed(children):
            _stop(child)


def with_played_stripe(settings: Settings, *, web_port: int) -> Settings:
    """Settings that point at the demo's own Stripe, on a port beside the web's."""
    return replace(
        settings,
        stripe_key="sk_test_famai_demo",
        stripe_url=f"http://127.0.0.1:{web_port + (_BESIDE if web_port + _BESIDE <= _LAST_PORT else -_BESIDE)}",
        stripe_webhook_secret=development_secret(settings.data_dir / "famai_stripe_webhook_secret.txt"),
    )


def _play_stripe(settings: Settings, *, web_port: int) -> subprocess.Popen[bytes]:
    """A process of its own, so that neither web nor worker loads it; nothing waits for it."""
    port, folder = settings.stripe_url.rsplit(":", 1)[1], str(settings.data_dir / "stripe")
    webhook = f"http://127.0.0.1:{web_port}/webhooks/stripe"
    command = [sys.executable, "-m", "demo.stripe_server", "--port", port, "--folder", folder]
    return subprocess.Popen([*command, "--webhook", webhook], cwd=_ROOT)  # noqa: S603


def _stop(child: subprocess.Popen[bytes]) -> None:
    """Ask the worker to finish its job; a job that is cut off is taken up again at the next start."""
    child.terminate()
    try:
        child.wait(timeout=8)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
