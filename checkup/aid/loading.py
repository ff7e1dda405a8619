"""What lies beside a pack about legal aid, read once; what is wrong in it."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from checkup.aid import values
from checkup.aid.values import Aid, Matter, Terms, Text
from checkup.packs.values import Basis, Pack
from checkup.packs.yaml_reader import LANGUAGES, read_plain
from tenants.districts import DISTRICTS

_FOLDER = Path(__file__).parent


@cache
def find_aid(pack_id: str) -> Aid | None:
    file = _FOLDER / f"{pack_id}.yaml"
    if not file.is_file():
        return None
    told = read_plain(file)
    return Aid(
        tuple(_terms(one) for one in told["terms"]),
        _basis(told),
        tuple(_matter(one) for one in told["matters"]),
        {name: tuple(lines) for name, lines in told["papers"].items()},
    )


def _terms(told: dict[str, Any]) -> Terms:
    districts = tuple(map(str, told.get("districts", ())))
    return Terms(told["from"], districts, told["business"], told["line"], told["ask"], told["source"])


def _matter(told: dict[str, Any]) -> Matter:
    over = told.get("over", values.OUT)
    return Matter(told["id"], told["title"], told["claim"], told["sued"], over, _basis(told), tuple(told["papers"]))


def _basis(told: dict[str, Any]) -> tuple[Basis, ...]:
    return tuple(Basis(one["law"], tuple(one["article"]), one["version"]) for one in told["basis"])


def find_faults(aid: Aid, pack: Pack) -> list[str]:
    """Each in a sentence: terms, matters, texts."""
    found = [*_faults_of_terms(aid, pack), *_faults_of_matters(aid, pack)]
    found += [f"papers: none under {name}" for name in ("all", values.EXEMPT, "income") if not aid.papers.get(name)]
    found += ["a text is missing" for text in _texts(aid) for code in LANGUAGES if not text.get(code)]
    return sorted(set(found))


def _faults_of_terms(aid: Aid, pack: Pack) -> Iterator[str]:
    if not any(not one.districts and one.from_on <= pack.effective_on for one in aid.terms):
        yield "no terms for all districts when the pack begins"
    for one in aid.terms:
        where = f"terms from {one.from_on}"
        yield from (f"{where}: no district {code}" for code in one.districts if code not in DISTRICTS)
        if one.business not in (values.YES, values.TRIAL, values.NO):
            yield f"{where}: business is yes, trial or no"
        if not 0 < one.line < one.ask:
            yield f"{where}: the line lies above nothing and below what is asked"
    begun = Counter((code, one.from_on) for one in aid.terms for code in one.districts or ("all",))
    yield from (f"two terms for {code} from {day}" for (code, day), count in begun.items() if count > 1)


def _faults_of_matters(aid: Aid, pack: Pack) -> Iterator[str]:
    names = Counter(one.id for one in aid.matters)
    yield from (f"{name}: there are two" for name, count in names.items() if count > 1)
    for one in aid.matters:
        if not {one.claim, one.sued} <= set(values.REACHES):
            yield f"{one.id}: reaches {', '.join(values.REACHES)}"
        if one.over not in (values.LOOK, values.OUT):
            yield f"{one.id}: over is look or out"
        if not one.papers and {one.claim, one.sued} != {values.NONE}:
            yield f"{one.id}: no papers to bring"
        if not one.basis:
            yield f"{one.id}: no law"
    cited = [(one.id, basis) for one in aid.matters for basis in one.basis]
    cited += [("all", basis) for basis in aid.basis]
    for name, basis in cited:
        if basis.law not in pack.laws:
            yield f"{name}: the pack knows no {basis.law}"
        if not basis.articles or basis.version_on > pack.effective_on:
            yield f"{name}: {basis.law} without articles, or not in force when the pack begins"


def _texts(aid: Aid) -> Iterator[Text]:
    yield from (one.source for one in aid.terms)
    for lines in aid.papers.values():
        yield from lines
    for matter in aid.matters:
        yield from (matter.title, *matter.papers)
