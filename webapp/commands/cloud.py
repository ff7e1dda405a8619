"""`famai cloud …`: preview, publish, recount."""

import sys
import uuid
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from cloud.counting import count_business, recount, replace_cells, stored_counts
from cloud.disclosure import THRESHOLD
from cloud.editions import write_edition
from cloud.facts import period_of
from cloud.models import Contribution
from cloud.releases import Draft, Nothing, Unsafe, draft_release, publish_release, write_cell
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.models import Business, Firm
from webapp.settings import Settings


@click.group()
def cloud() -> None:
    """Statistics and their releases."""


@cloud.command()
@click.option("--period", help="A quarter such as 2026-Q4; this one if not given.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--threshold", default=THRESHOLD, show_default=True, type=click.IntRange(5))
def release(period: str | None, out: Path, threshold: int) -> None:
    """Publish a quarter: protect, audit, number, write. Exit 1 and name the cells if the audit finds one open."""
    configure(Settings.from_env().database_url)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        draft = _draft(session, period or period_of(city_day(now())), threshold)
        made = publish_release(session, draft, now=now())
    folder = out / f"release-{made.number}"
    write_edition(folder, period=draft.period, cells=draft.cells, manifest=made.manifest)
    click.echo(f"release {made.number}: {_share(draft)}; written to {folder}")


@cloud.command()
@click.option("--period", help="A quarter such as 2026-Q4; this one if not given.")
@click.option("--threshold", default=THRESHOLD, show_default=True, type=click.IntRange(5))
def preview(period: str | None, threshold: int) -> None:
    """Say what would leave, and publish nothing."""
    configure(Settings.from_env().database_url)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        draft = _draft(session, period or period_of(city_day(now())), threshold)
    for cell, count in sorted(draft.cells.items()):
        click.echo(f"{write_cell(cell) or 'total'}\t{'withheld' if count is None else count}")
    click.echo(_share(draft))


def _draft(session: Session, period: str, threshold: int) -> Draft:
    try:
        return draft_release(session, period, k=threshold)
    except Nothing:
        click.echo(f"{period}: no business is counted in this quarter", err=True)
    except Unsafe as unsafe:
        for cell, (low, high) in unsafe.cells.items():
            click.echo(f"not published: {write_cell(cell)} could be narrowed to {low:g}–{high:g}", err=True)
    sys.exit(1)


def _share(draft: Draft) -> str:
    shown = sum(count is not None for count in draft.cells.values())
    return f"{shown} of {len(draft.cells)} cells published"


@cloud.command()
@click.option("--check", is_flag=True, help="Only compare; exit 1 when they differ.")
def rebuild(check: bool) -> None:
    """Recount every business from its checkups, then every cell from the businesses."""
    configure(Settings.from_env().database_url)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firm_ids = session.scalars(select(Firm.id)).all()
    moved = 0 if check else sum(map(_recount_firm, firm_ids))
    with unit_of_work(Scope(Audience.WORKER)) as session:
        counts, kept = recount(session.scalars(select(Contribution))), stored_counts(session)
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
