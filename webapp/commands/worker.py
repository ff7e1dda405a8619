"""`famai worker`: loaded alone, because the web needs neither the PDF nor Stripe."""

import os

import click

from tenants.garbage import settle
from webapp.logs import configure_logs
from webapp.serving import end_with_parent
from webapp.settings import Settings
from webapp.worker_loop import run_worker

_BEHIND_THE_WEB = 5  # nobody waits for a worker with a page before her


@click.command()
def worker() -> None:
    """Render reports, deliver messages, walk to Stripe until stopped."""
    settings = Settings.from_env()
    configure_logs(settings)
    end_with_parent()
    os.nice(_BEHIND_THE_WEB)
    settle()
    run_worker(settings)
