"""`famai bureau report`: the development report of a period, from its frozen edition or from an edition's file."""

import uuid
from pathlib import Path

import click
from sqlalchemy import select

from bureau.reports.edition_rules import Frozen, NoEdition, digest, from_bytes, to_bytes
from bureau.reports.editions import find_before, find_edition, freeze_edition
from bureau.reports.files import make_files, write_files
from tenants.audit import SYSTEM
from tenants.clock import now
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.models import Bureau
from webapp.commands import typed
from webapp.report_editions import draft, topic_names
from webapp.settings import Settings


@click.command()
@click.option("--year", "period", type=typed.PERIOD, help="A year such as 2026, or a quarter such as 2026-Q4.")
@click.option("--bureau", "bureau_id", type=typed.ID, help="Whose report; the city's if not given.")
@click.option("--edition", "file", type=typed.FILE, help="Write from this edition.json alone, without a database.")
@click.option("--before", type=typed.FILE, help="With --edition: the edition.json of the period before.")
@click.option("--out", type=typed.NEW_FOLDER, required=True)
def report(
    period: str | None, bureau_id: uuid.UUID | None, file: Path | None, before: Path | None, out: Path
) -> None:  # fmt: skip
    """Write page, PDF, Word, data and manifest of a period; the same edition gives the same bytes.

    A period that has no edition yet is frozen first.
    """
    if file is not None:
        frozen, earlier = _read(file), _read(before) if before else None
    elif period is not None:
        frozen, earlier = _stored(period, bureau_id)
    else:
        raise click.UsageError("give --year (2026 or 2026-Q4) or --edition FILE")
    files = make_files(frozen, earlier, topic_names())
    if earlier is not None:
        files["before.json"] = to_bytes(earlier)
    write_files(out, files)
    click.echo(f"{frozen.period}: edition {digest(to_bytes(frozen))}, {len(files)} files in {out}")


def _read(file: Path) -> Frozen:
    try:
        return from_bytes(file.read_bytes())
    except NoEdition:
        raise click.ClickException(f"{file.name}: no edition.json of a report") from None


def _stored(period: str, bureau_id: uuid.UUID | None) -> tuple[Frozen, Frozen | None]:
    configure(Settings.from_env().lines)
    if bureau_id is None:
        with unit_of_work(Scope(Audience.WORKER)) as session:
            bureau_id = session.scalars(select(Bureau.id).where(Bureau.parent_id.is_(None)).order_by(Bureau.id)).first()
    if bureau_id is None:
        raise click.ClickException("there is no bureau yet: famai bureau add")
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=bureau_id)) as session:
        edition = find_edition(session, bureau_id=bureau_id, period=period)
        if edition is None:
            frozen = draft(session, bureau_id=bureau_id, period=period)
            edition = freeze_edition(session, bureau_id=bureau_id, frozen=frozen, by=SYSTEM, now=now())
            click.echo(f"{period}: frozen as edition {edition.number}")
        return from_bytes(edition.content), find_before(session, edition)
