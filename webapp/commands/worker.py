"""`famai worker`: loaded alone, because the web needs neither the PDF nor Stripe."""

import click

from webapp.logs import configure_logs
from webapp.serving import end_with_parent
from webapp.settings import Settings
from webapp.worker_loop import run_worker


@click.command()
def worker() -> None:
    """Render reports, deliver messages, walk to Stripe until stopped."""
    settings = Settings.from_env()
    configure_logs(settings)
    end_with_parent()
    run_worker(settings)
