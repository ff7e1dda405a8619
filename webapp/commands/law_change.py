"""`famai pack law-change`: an article changes on a day; the worker flags the signed reports that rest on it."""

import datetime as dt

import click

from checkup.fixes.law_changes import record_change
from checkup.packs.catalogue import get_pack, list_packs
from checkup.packs.statute_references import cites, plain_article
from tenants import jobs
from tenants.clock import now
from tenants.database import Audience, Scope, configure, enter_scope, unit_of_work
from webapp.commands import typed
from webapp.settings import Settings


@click.command("law-change")
@click.argument("law", type=typed.WORD)
@click.argument("article", type=typed.WORD)
@click.argument("day", metavar="DATE", type=typed.DAY)
@click.option("--note", type=typed.line(500), help="What changes, in a sentence for the lawyers.")
def law_change(law: str, article: str, day: dt.date, note: str | None) -> None:
    """Record that ARTICLE of LAW (its id in pack.yaml) changes on DATE; again changes nothing.

    Signed reports that rest on it in an older version are flagged, their owners told, their lawyers asked.
    """
    plain = plain_article(article)
    if not any(cites(get_pack(pack), law, plain) for pack in list_packs()):
        known = sorted({one for pack in list_packs() for one in get_pack(pack).laws})
        near = ", ".join(one for one in known if law in one) or "see `laws:` in pack.yaml"
        raise click.ClickException(f"{law} art. {plain}: no shipped pack cites it ({near})")
    settings = Settings.from_env()
    configure(settings.lines)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        record_change(session, law=law, article=plain, changed_on=day, note=note or "", now=now())
        session.flush()
        enter_scope(session, Scope(Audience.WORKER))
        jobs.defer(session, "flag_law_changes")
    click.echo(f"{law} art. {plain} changes on {day}; the worker flags the reports that rest on it")
