"""A route out of a dispute, and the disputes that a checkup finds. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkup.packs.values import Basis, Pack

Text = Mapping[str, str]  # language → words
Citations = Mapping[str, tuple[str, ...]]  # law → articles
MEDIATION = "mediation"


@dataclass(frozen=True)
class Route:
    """One way: what it is, time, cost after hardship, who learns of it, the chance to enforce, what it does to a
    limit that runs, and what is needed."""

    id: str
    title: Text
    what: Text
    time: Text
    cost: Text
    privacy: Text
    enforce: Text
    clock: Text
    needs: Text
    basis: Citations


@dataclass(frozen=True)
class Keep:
    """Proof to keep at once: what to do now, what to bring to the body of this `service`, and what it rests on."""

    id: str
    service: str
    title: Text
    now: Text
    bring: Text
    basis: Citations


@dataclass(frozen=True)
class Dispute:
    """A quarrel of one kind, the risks that speak of it, the limit that runs, and its routes, mediation first; `keeps`:
    proof that goes away while people still talk.

    `service`: what a mediation body calls it (`tenants.providers.kinds`).
    """

    id: str
    service: str
    title: Text
    risks: tuple[str, ...]
    limit: Text
    basis: Citations
    routes: tuple[Route, ...]
    keeps: tuple[Keep, ...] = ()


def find_disputes(disputes: Sequence[Dispute], found: Sequence[str]) -> list[Dispute]:
    """Those that the risks found speak of, the weightiest first."""
    called = [one for one in disputes if set(one.risks) & set(found)]
    return sorted(called, key=lambda one: min(found.index(risk) for risk in one.risks if risk in found))


def bases_of(citations: Citations, pack: Pack, day: dt.date) -> list[Basis]:
    """The citations with the version of each law that the pack rests on at this day; none of a law not in force."""
    versions = dict[str, dt.date]()
    for risk in pack.risks:
        for basis in risk.on(day).basis:
            versions[basis.law] = max(versions.get(basis.law, basis.version_on), basis.version_on)
    return [Basis(law, articles, versions[law]) for law, articles in citations.items() if law in versions]
