"""`famai money …`: the comparison with Stripe, and what differs."""

from pathlib import Path

import click

from billing.fees.catalogue import get_catalogue, read_catalogue
from billing.fees.offers import bring_in_providers
from billing.stripe.differences import list_differences
from checkup.packs.yaml_reader import PackFaults
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.translation.shown import short_moment
from webapp.commands import typed
from webapp.settings import Settings
from webapp.tasks.money import compare, recover


@click.group()
def money() -> None:
    """Fees, Stripe and the books."""


@money.command()
def reconcile() -> None:
    """Make again what was cut off, compare Stripe with the books; exit 1 when they differ."""
    settings = Settings.from_env()
    configure(settings.lines)
    click.echo(f"cut off and made again: {recover(settings)}")
    done = compare(settings)
    if done is None:
        raise click.ClickException("no Stripe is set up (FAMAI_STRIPE_SECRET_KEY)")
    click.echo(f"objects compared: {done.looked_at}, differing: {done.differing}")
    _print_differences()
    if done.differing:
        raise SystemExit(1)


@money.command()
@click.argument("file", type=typed.FILE)
def check(file: Path) -> None:
    """Check a fee catalogue; exit 1 and every fault, with file and line."""
    try:
        found = read_catalogue(file)
    except PackFaults as faulty:
        raise click.ClickException(f"\n{faulty}") from None
    click.echo(f"{len(found.services)} services, {len(found.providers)} providers, {len(found.free)} free of charge")


@money.command()
def providers() -> None:
    """Bring in the providers of this installation's catalogue; safe to repeat."""
    settings = Settings.from_env()
    configure(settings.lines)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        click.echo(f"providers: {bring_in_providers(session, get_catalogue(settings.fees_file))}")


@money.command()
def differences() -> None:
    """List what Stripe and the books do not agree on."""
    configure(Settings.from_env().lines)
    _print_differences()


def _print_differences() -> None:
    with unit_of_work(Scope(Audience.WORKER)) as session:
        for one in list_differences(session):
            amounts = f"ours {one.ours_minor} theirs {one.theirs_minor}"
            click.echo(
                f"{short_moment(one.found_at, 'en')}  {one.kind}  {one.stripe_id}  {amounts}  firm {one.firm_id}"
            )
