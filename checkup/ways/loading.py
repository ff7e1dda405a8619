"""The routes and disputes beside a pack, read once; what is wrong in them."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from checkup.packs.values import Pack
from checkup.packs.yaml_reader import LANGUAGES, read_plain
from checkup.ways.values import MEDIATION, Citations, Dispute, Route, Text
from tenants.providers.kinds import SERVICES_OF

_FOLDER = Path(__file__).parent
_TOLD = ("title", "what", "time", "cost", "privacy", "enforce", "clock", "needs")


@cache
def list_disputes(pack_id: str) -> tuple[Dispute, ...]:
    """In the order of the file; none for a pack without routes."""
    file = _FOLDER / f"{pack_id}.yaml"
    if not file.is_file():
        return ()
    told = read_plain(file)
    routes = {one["id"]: _route(one) for one in told["routes"]}
    return tuple(_dispute(one, routes) for one in told["disputes"])


def _route(told: dict[str, Any]) -> Route:
    return Route(id=told["id"], **{name: told[name] for name in _TOLD}, basis=_citations(told["basis"]))


def _dispute(told: dict[str, Any], routes: dict[str, Route]) -> Dispute:
    return Dispute(
        told["id"],
        told.get("service", told["id"]),
        told["title"],
        tuple(told["risks"]),
        told["limit"],
        _citations(told["basis"]),
        tuple(routes[name] for name in told["routes"]),
    )


def _citations(told: dict[str, list[object]]) -> Citations:
    return {law: tuple(map(str, articles)) for law, articles in told.items()}


def find_faults(disputes: Sequence[Dispute], pack: Pack) -> list[str]:
    """Each in a sentence: a risk or law that the pack does not know, a text that is missing, mediation not first."""
    known, cited = {risk.id for risk in pack.risks}, {basis.law for risk in pack.risks for basis in risk.basis}
    found = []
    for dispute in disputes:
        found += [f"{dispute.id}: no risk {risk}" for risk in dispute.risks if risk not in known]
        found += [f"{dispute.id}: no body mediates {dispute.service}"] * (dispute.service not in SERVICES_OF[MEDIATION])
        found += [f"{dispute.id}: mediation is not first"] * (dispute.routes[0].id != MEDIATION)
        parts: list[Dispute | Route] = [dispute, *dispute.routes]
        for part in parts:
            found += [f"{part.id}: the pack does not rest on {law}" for law in part.basis if law not in cited]
            found += [
                f"{part.id}: a text is missing" for text in _texts(part) for code in LANGUAGES if not text.get(code)
            ]
    return sorted(set(found))


def _texts(part: Dispute | Route) -> Iterator[Text]:
    if isinstance(part, Dispute):
        yield from (part.title, part.limit)
    else:
        yield from (getattr(part, name) for name in _TOLD)
