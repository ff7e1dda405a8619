"""`famai bureau report`: the development report of a period, from its frozen edition or from an edition's file."""

import uuid
from pathlib import Path

import click
from sqlalchemy import select

from bureau.reports.edition_rules import Frozen, digest, from_bytes, is_period, to_bytes
from bureau.reports.editions import find_before, find_edition, freeze_edition
from bureau.reports.files import make_files, write_files
from tenants.audit import SYSTEM
from tenants.clock import now
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.models import Bureau
from webapp.report_editions import draft, topic_names
from webapp.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--year", "period", help="A year such as 2026, or a quarter such as 2026-Q4.")
@click.option("--bureau", "bureau_id", type=click.UUID, help="Whose report; the city's if not given.")
@click.option("--edition", "file", type=_FILE, help="Write from this edition.json alone, without a database.")
@click.option("--before", type=_FILE, help="With --edition: the edition.json of the period before.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def report(
    period: str | None, bureau_id: uuid.UUID | None, file: Path | None, before: Path | None, out: Path
) -> None:  # fmt: skip
    """Write page, PDF, Word, data and manifest of a period; the same edition gives the same bytes.

    A period that has no edition yet is frozen first.
    """
    if file is not None:
        frozen, earlier = from_bytes(file.read_bytes()), from_bytes(before.read_bytes()) if before else None
    elif period is not None and is_period(period):
        frozen, earlier = _stored(period, bureau_id)
    else:
        raise click.UsageError("give --year (2026 or 2026-Q4) or --edition FILE")
    files = make_files(frozen, earlier, topic_names())
    if earlier is not None:
        files["before.json"] = to_bytes(earlier)
    write_files(out, files)
    click.echo(f"{frozen.period}: edition {digest(to_bytes(frozen))}, {len(files)} files in {out}")


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
