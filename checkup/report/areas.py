"""The areas of a report: what was asked there, the light it gets, and the light it had the time before. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from checkup.packs.answers import UNSURE, Answers, Value
from checkup.packs.values import Pack
from checkup.report.values import Area
from checkup.scoring.routing import walk
from checkup.scoring.values import Score
from tenants.languages import choose


class Found(NamedTuple):
    """What the light of an area is made of: one finding that stands."""

    area: str
    colour: str
    urgent: bool


@dataclass(frozen=True)
class Earlier:
    """The checkup of the same business before this one: its day, what stood then and which areas were left open."""

    on: dt.date
    found: tuple[Found, ...]
    open_areas: frozenset[str]
    areas: frozenset[str]


@dataclass(frozen=True)
class Asked:
    """Questions asked and answered by area; what nobody asked is not there."""

    asked: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)


def light_of(area: str, found: Iterable[Found], open_areas: Collection[str]) -> str:
    """Red, orange and yellow by the gravest that was found; else grey while something is open, and green."""
    here = [one for one in found if one.area == area]
    if any(one.urgent or one.colour == "red" for one in here):
        return "red"
    if any(one.colour == "orange" for one in here):
        return "orange"
    if here:
        return "yellow"
    return "grey" if area in open_areas else "green"


def count_asked(pack: Pack, profile: Mapping[str, Value], answers: Answers, *, express: bool) -> Asked:
    told = Asked()
    for question in walk(pack, profile, answers, express=express).questions:
        told.asked[question.domain] += 1
        told.answered[question.domain] += answers.get(question.id, UNSURE) != UNSURE
    return told


def make_areas(
    pack: Pack, score: Score, found: Collection[Found], asked: Asked, earlier: Earlier | None, locale: str
) -> tuple[Area, ...]:
    """Every area that was asked about or that a finding lies in, in the pack's order."""
    scored = {one.id: one for one in score.domains}
    open_areas = {one.domain for one in score.findings if one.state in ("possible", "unknown")}
    made = []
    for domain in pack.domains:
        own = scored.get(domain.id)
        if not asked.asked[domain.id] and (own is None or own.low is None):
            continue
        made.append(
            Area(
                id=domain.id,
                name=choose(domain.name, locale),
                light=light_of(domain.id, found, open_areas),
                was=light_of(domain.id, earlier.found, earlier.open_areas)
                if earlier is not None and domain.id in earlier.areas
                else "",
                asked=asked.asked[domain.id],
                answered=asked.answered[domain.id],
                openness=_openness(pack, score, domain.id),
                score=own.score if own else None,
                low=own.low if own else None,
                high=own.high if own else None,
            )
        )
    return tuple(made)


def _openness(pack: Pack, score: Score, area: str) -> float:
    return sum(pack.risk(one.risk).weight * (one.hi - one.lo) for one in score.findings if one.domain == area)
