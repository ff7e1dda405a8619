"""`famai pack quality PACK`: how often lawyers confirm, change and reject each risk, for its authors."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from checkup.packs.values import Pack
from checkup.packs.workbook import write_workbook
from checkup.signoff.models import RiskQuality
from checkup.signoff.quality import VERDICTS, list_quality
from tenants.anonymity import LEAST_BEHIND
from tenants.database import Audience, Scope, configure, unit_of_work
from webapp.commands import typed
from webapp.commands.packs import load_named
from webapp.settings import Settings
from webapp.tasks.reviewing import count_quality


@click.command()
@click.argument("name", type=typed.PACK)
@click.option("--recount", is_flag=True, help="Count all reviews now instead of reading last night's count.")
@click.option("--xlsx", type=typed.NEW_FILE, help="Also write the workbook with a column.")
def quality(name: str, recount: bool, xlsx: Path | None) -> None:
    """How often lawyers confirm, change and reject each risk of a pack; the most doubted first."""
    pack, settings = load_named(name), Settings.from_env()
    configure(settings.lines)
    if recount:
        count_quality(settings)
    found = read_quality(pack)
    for line in _lines(pack, found):
        click.echo(line)
    if xlsx is not None:
        write_workbook(pack, xlsx, {one.risk: in_words(one) for one in found})


def read_quality(pack: Pack) -> Sequence[RiskQuality]:
    """Last night's count for this version of the pack."""
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        return list_quality(session, pack_id=pack.id, version=pack.version)


def in_words(one: RiskQuality) -> str:
    """One risk in a line: at how many businesses each was done; a dash where fewer than ten did."""
    return ", ".join(f"{verdict} {getattr(one, verdict) or '–'}" for verdict in VERDICTS)


def _lines(pack: Pack, found: Sequence[RiskQuality]) -> Iterator[str]:
    seen = f"{len(found)} of {len(pack.risks)} risks"
    yield f"{pack.id} {pack.version}: {seen} have verdicts of {LEAST_BEHIND} businesses or more"
    known = {risk.id: risk for risk in pack.risks}
    for one in found:
        yield f"  {one.risk:28} {in_words(one)}  {known[one.risk].title['zh-Hans'] if one.risk in known else ''}"
    if not found:
        yield "  nothing yet: too few reviews, or nobody has counted (--recount)"
