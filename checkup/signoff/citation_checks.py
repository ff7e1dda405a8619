"""No text of ours rests on a law that has ended: the refusal, and the mark on findings whose basis has."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checkup.fixes.models import LawChange
from checkup.packs.values import Pack
from checkup.packs.yaml_reader import read_plain
from checkup.signoff.citations import Ended, Repealed, ended, ended_basis
from checkup.signoff.models import TextBlock
from tenants.clock import city_day
from tenants.errors import FieldFault, Invalid


@cache
def list_repealed() -> tuple[Repealed, ...]:
    """Laws that have lost force and are still cited out of habit; each with its source in the file."""
    entries = read_plain(Path(__file__).with_name("repealed.yaml"))
    return tuple(Repealed(title, one["since"], one["successor"]) for one in entries for title in one["titles"])


def changed_articles(session: Session) -> Mapping[tuple[str, str], dt.date]:
    """(law, article) → the last day its wording changed, as far as the house was told."""
    query = select(LawChange.law, LawChange.article, func.max(LawChange.changed_on))
    found = session.execute(query.group_by(LawChange.law, LawChange.article)).tuples()
    return {(law, article): day for law, article, day in found}


def refuse_ended(pack: Pack, texts: Mapping[str, str], *, now: dt.datetime) -> None:
    """Raises: Invalid naming each field whose text, written now, cites a law that no longer holds today."""
    today = city_day(now)
    faults = tuple(
        fault_of(field, one)
        for field, text in texts.items()
        for one in ended(text, pack, today, repealed=list_repealed(), changed={})
    )
    if faults:
        raise Invalid(faults)


def block_faults(session: Session, *, block: TextBlock, pack: Pack, now: dt.datetime) -> tuple[FieldFault, ...]:
    """Why a text block may not be inserted today: a law it cites has ended, or an article's wording has changed since
    somebody last looked at the block."""
    seen_on = city_day(block.changed_at)
    changed = {article: day for article, day in changed_articles(session).items() if day > seen_on}
    texts = {"text": block.text, "plain": block.plain}
    return tuple(
        fault_of(field, one)
        for field, text in texts.items()
        for one in ended(text, pack, city_day(now), repealed=list_repealed(), changed=changed)
    )


def fault_of(field: str, one: Ended) -> FieldFault:
    """The refusal in a stable code with what the message needs."""
    about: dict[str, object] = {"title": one.title, "since": one.since}
    if one.article is not None:
        return FieldFault(field, "article_changed", {**about, "article": one.article})
    if one.successor is None:
        return FieldFault(field, "law_ended", about)
    return FieldFault(field, "law_replaced", {**about, "successor": one.successor})


def ended_bases(
    session: Session, *, pack: Pack, risks: Iterable[str], now: dt.datetime
) -> Mapping[str, tuple[Ended, ...]]:
    """Risk → the articles it rests on that no longer hold today; risks whose basis stands are not in it."""
    today, changed = city_day(now), changed_articles(session)
    found = {risk: ended_basis(pack, risk, today, changed) for risk in risks}
    return {risk: endings for risk, endings in found.items() if endings}
