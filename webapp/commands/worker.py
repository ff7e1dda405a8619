"""`famai worker`: loaded alone, because the web needs neither the PDF nor Stripe."""

import click

from webapp.jobs import run_worker
from webapp.settings import Settings


@click.command()
def worker() -> None:
    """Render reports, deliver messages, walk to Stripe until stopped."""
    run_worker(Settings.from_env())
