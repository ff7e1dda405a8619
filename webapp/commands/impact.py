"""`famai pack impact OLD NEW`: what a changed pack would do to every stored checkup."""

from collections.abc import Iterator

import click

from checkup.packs.values import Pack
from checkup.scoring.impact import Impact
from tenants.database import configure
from webapp.commands import typed
from webapp.commands.packs import load_named
from webapp.operating.pack_impact import measure
from webapp.settings import Settings

_MOST_SHOWN = 15


@click.command()
@click.argument("old", type=typed.PACK)
@click.argument("new", type=typed.PACK)
def impact(old: str, new: str) -> None:
    """Re-score every stored checkup of OLD (a pack, `id@version` or a folder) by NEW and tell what would move."""
    before, after = load_named(old), load_named(new)
    settings = Settings.from_env()
    configure(settings.lines)
    found = measure(settings, before, after)
    for line in _lines(before, after, found):
        click.echo(line)


def _lines(old: Pack, new: Pack, found: Impact) -> Iterator[str]:
    yield f"{old.id} {old.version} → {new.version}: {found.checkups} checkups"
    yield f"grades: {found.better} better, {found.worse} worse; score {found.mean_change:+.1f} on average"
    yield f"without a verdict for want of answers: {found.unjudged} that had a grade"
    yield f"answers asked again: {found.asked_again}"
    yield from (f"  {was} → {now}: {count}" for (was, now), count in found.moves.items() if was != now)
    for title, risks, pack_ in (("new findings", found.new, new), ("findings gone", found.gone, old)):
        yield f"{title}:"
        most = sorted(risks.items(), key=lambda item: -item[1])
        yield from (f"  {count:6}  {risk}  {pack_.risk(risk).title['zh-Hans']}" for risk, count in most[:_MOST_SHOWN])
        if len(most) > _MOST_SHOWN:
            yield f"  … and {len(most) - _MOST_SHOWN} more risks"
