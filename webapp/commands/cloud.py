"""`famai cloud …`: preview, publish, recount."""

import sys
import uuid
from collections.abc import Mapping
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cloud.cubes.cells import Cell
from cloud.cubes.counting import count_business, recount, replace_cells, stored_counts
from cloud.cubes.facts import period_of
from cloud.disclosure.suppression import THRESHOLD
from cloud.partners import feed
from cloud.partners.operator_view import SOURCES
from cloud.releases.draft import SUPPRESSION
from cloud.releases.files import write_edition
from cloud.releases.ledger import list_draft_cells, write_cell
from cloud.releases.noise import NOISE
from cloud.releases.releases import ask_draft, drop_draft, fill_draft, publish_draft
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.errors import NotFound
from tenants.models import Business, Firm
from webapp.commands import typed
from webapp.settings import Settings


@click.group()
def cloud() -> None:
    """Statistics and their releases."""


_period = click.option(
    "--period", type=typed.PERIOD, help="A quarter such as 2026-Q4 or a year; this quarter if not given."
)
_threshold = click.option("--threshold", default=THRESHOLD, show_default=True, type=typed.whole(5, 10_000))
_noise = click.option("--noise", is_flag=True, help="Noise at the finest level in place of withheld cells.")


@cloud.command()
@_period
@click.option("--out", type=typed.NEW_FOLDER, required=True)
@_threshold
@_noise
def release(period: str | None, out: Path, threshold: int, noise: bool) -> None:
    """Publish a period: protect, audit, number, write. Exit 1 and name the cells if the audit finds one open."""
    configure(Settings.from_env().lines)
    draft_id = _check(period, threshold, noise)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        made = publish_draft(session, draft_id, by=_ME, now=now())
        cells = list_draft_cells(session, draft_id)
    folder = out / f"release-{made.number}"
    write_edition(folder, period=made.period, cells=cells, manifest=made.manifest)
    click.echo(f"release {made.number}: {_share(cells)}; written to {folder}")


@cloud.command()
@_period
@_threshold
@_noise
def preview(period: str | None, threshold: int, noise: bool) -> None:
    """Say what would leave, and publish nothing."""
    configure(Settings.from_env().lines)
    draft_id = _check(period, threshold, noise)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        cells = list_draft_cells(session, draft_id)
        drop_draft(session, draft_id, by=_ME, now=now())
    for cell, count in sorted(cells.items()):
        click.echo(f"{write_cell(cell) or 'total'}\t{'withheld' if count is None else count}")
    click.echo(_share(cells))


def _check(period: str | None, threshold: int, noise: bool) -> uuid.UUID:
    """Draft and check; the draft and its failure stay on record."""
    wanted = period or period_of(city_day(now()))
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        method = NOISE if noise else SUPPRESSION
        draft_id = ask_draft(session, period=wanted, method=method, k=threshold, by=_ME, now=now()).id
    with unit_of_work(Scope(Audience.WORKER)) as session:
        row = fill_draft(session, draft_id, now=now())
        state, why = row.state, row.why
    if state == "failed":
        click.echo(_REASONS[why].format(period=wanted, k=threshold), err=True)
        sys.exit(1)
    if why:
        click.echo(f"left out, for there is no safe way to tell it: {', '.join(why.splitlines())}", err=True)
    return draft_id


_ME = "famai cloud"
_REASONS = {
    "nothing": "{period}: no business is counted in this period",
    "small": "{period}: fewer than {k} businesses; they are told with their year",
    "few": "{period}: no number has changed by {k} businesses since it was told",
    "year": "{period}: the year was told as one, and its quarters with it",
    "method": "{period}: exact counts and noise must not meet in one year's releases",
    "budget": "{period}: the noise budget of the year is spent",
}


def _share(cells: Mapping[Cell, int | None]) -> str:
    return f"{sum(count is not None for count in cells.values())} of {len(cells)} cells published"


@cloud.command()
@click.option("--check", is_flag=True, help="Only compare; exit 1 when they differ.")
def rebuild(check: bool) -> None:
    """Recount every business from its checkups, then every cell from the businesses."""
    configure(Settings.from_env().lines)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firm_ids = session.scalars(select(Firm.id)).all()
    moved = 0 if check else sum(map(_recount_firm, firm_ids))
    with unit_of_work(Scope(Audience.WORKER)) as session:
        counts, kept = recount(session), stored_counts(session)
        differing = sum(counts.get(cell, 0) != kept.get(cell, 0) for cell in counts.keys() | kept.keys())
        if differing and not check:
            replace_cells(session, counts)
    click.echo(f"{len(counts)} cells, {moved} moved by businesses, {differing} differed")
    if check and differing:
        sys.exit(1)


def _recount_firm(firm_id: uuid.UUID) -> int:
    with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
        businesses = session.scalars(select(Business.id)).all()
        return sum(count_business(session, firm_id=firm_id, business_id=one) for one in businesses)


@cloud.command()
@click.argument("name", type=typed.LINE)
@click.argument("url", type=typed.RAW)
@click.option("--source", type=typed.one_of(SOURCES), help="The door that its tickets come from.")
def subscribe(name: str, url: str, source: str | None) -> None:
    """Tell NAME of every release at URL (Standard Webhooks); prints its secret, once."""
    settings = Settings.from_env()
    configure(settings.lines)
    address = typed.address(may_be_plain=settings.is_development).convert(url, None, None)
    try:
        with unit_of_work(Scope(Audience.OPERATOR)) as session:
            _, secret = feed.add_subscriber(
                session, name=name, url=address, source=source or "", master=settings.master_key, now=now()
            )
    except IntegrityError:
        raise click.ClickException(f"{name}: there is a subscriber of this name") from None
    click.echo(secret)


@cloud.command("rotate-secret")
@click.argument("name", type=typed.LINE)
def rotate_secret(name: str) -> None:
    """Give NAME a new secret and print it; for a day messages carry both signatures."""
    settings = Settings.from_env()
    configure(settings.lines)
    try:
        with unit_of_work(Scope(Audience.OPERATOR)) as session:
            secret = feed.rotate_secret(session, name=name, master=settings.master_key, now=now())
    except NotFound:
        raise click.ClickException(f"{name}: there is no such subscriber") from None
    click.echo(secret)


@cloud.command()
def deliveries() -> None:
    """List every delivery: subscriber, release, state, tries, last status."""
    configure(Settings.from_env().lines)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        for name, row in feed.list_deliveries(session):
            click.echo(f"{name}\t{row.number}\t{row.state}\t{row.tries}\t{row.last_status or '-'}")


@cloud.command()
@click.argument("name", type=typed.LINE)
def replay(name: str) -> None:
    """Put the dead letters of NAME back into the queue."""
    configure(Settings.from_env().lines)
    try:
        with unit_of_work(Scope(Audience.OPERATOR)) as session:
            count = feed.replay_dead(session, name, now())
    except NotFound:
        raise click.ClickException(f"{name}: there is no such subscriber") from None
    click.echo(f"{count} dead letters are in the queue again")
