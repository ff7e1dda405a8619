"""The routes and disputes beside a pack, read once; what is wrong in them."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from checkup.packs.values import Pack
from checkup.packs.yaml_reader import LANGUAGES, read_plain
from checkup.ways.plain_words import find_reading_faults
from checkup.ways.values import MEDIATION, Citations, Dispute, Keep, Route, Text
from tenants.providers.kinds import APPRAISAL, NOTARY, SERVICES_OF

_FOLDER = Path(__file__).parent
_KEPT_BY = (*SERVICES_OF[NOTARY], *SERVICES_OF[APPRAISAL])
_TOLD = ("title", "what", "time", "cost", "privacy", "enforce", "clock", "needs")


@cache
def _read(pack_id: str) -> dict[str, Any]:
    file = _FOLDER / f"{pack_id}.yaml"
    told: dict[str, Any] = read_plain(file) if file.is_file() else {"routes": [], "keeps": [], "disputes": []}
    return told


@cache
def list_disputes(pack_id: str) -> tuple[Dispute, ...]:
    """In the order of the file; none for a pack without routes."""
    told, keeps = _read(pack_id), {one.id: one for one in list_keeps(pack_id)}
    routes = {one["id"]: _route(one) for one in told["routes"]}
    return tuple(_dispute(one, routes, keeps) for one in told["disputes"])


@cache
def list_keeps(pack_id: str) -> tuple[Keep, ...]:
    """Every kind of proof that a body keeps or judges."""
    return tuple(
        Keep(one["id"], one["service"], one["title"], one["now"], one["bring"], _citations(one["basis"]))
        for one in _read(pack_id)["keeps"]
    )


def list_keeps_of(pack_id: str, kind: str, service: str) -> list[Keep]:
    """What a body of this kind is brought for this service; for any of its services where none is named."""
    services = (service,) if service else SERVICES_OF.get(kind, ())
    return [one for one in list_keeps(pack_id) if one.service in services]


def _route(told: dict[str, Any]) -> Route:
    return Route(id=told["id"], **{name: told[name] for name in _TOLD}, basis=_citations(told["basis"]))


def _dispute(told: dict[str, Any], routes: dict[str, Route], keeps: dict[str, Keep]) -> Dispute:
    return Dispute(
        told["id"],
        told.get("service", told["id"]),
        told["title"],
        tuple(told["risks"]),
        told["limit"],
        _citations(told["basis"]),
        tuple(routes[name] for name in told["routes"]),
        tuple(keeps[name] for name in told.get("keeps", ())),
    )


def _citations(told: dict[str, list[object]]) -> Citations:
    return {law: tuple(map(str, articles)) for law, articles in told.items()}


def find_faults(disputes: Sequence[Dispute], pack: Pack) -> list[str]:
    """Each in a sentence: a risk or law that the pack does not know, a text that is missing or
    not plain, mediation not first."""
    known, cited = {risk.id for risk in pack.risks}, {basis.law for risk in pack.risks for basis in risk.basis}
    found = []
    for dispute in disputes:
        found += [f"{dispute.id}: no risk {risk}" for risk in dispute.risks if risk not in known]
        found += [f"{dispute.id}: no body mediates {dispute.service}"] * (dispute.service not in SERVICES_OF[MEDIATION])
        found += [f"{dispute.id}: mediation is not first"] * (dispute.routes[0].id != MEDIATION)
        found += [f"{one.id}: no body does {one.service}" for one in dispute.keeps if one.service not in _KEPT_BY]
        parts: list[Dispute | Route | Keep] = [dispute, *dispute.routes, *dispute.keeps]
        for part in parts:
            found += [f"{part.id}: the pack does not rest on {law}" for law in part.basis if law not in cited]
            found += [
                f"{part.id}: a text is missing" for text in _texts(part) for code in LANGUAGES if not text.get(code)
            ]
            found += [f"{part.id}: {fault}" for text in _texts(part) for fault in find_reading_faults(text)]
    return sorted(set(found))


def _texts(part: Dispute | Route | Keep) -> Iterator[Text]:
    if isinstance(part, Dispute):
        yield from (part.title, part.limit)
    elif isinstance(part, Keep):
        yield from (part.title, part.now, part.bring)
    else:
        yield from (getattr(part, name) for name in _TOLD)
