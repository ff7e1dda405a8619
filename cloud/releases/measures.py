"""What indicators and reports take from releases: published cells under plain names, never a count of our own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bureau.reports.measures import COUNT, FEN, Measure, at
from bureau.reports.survey import QUESTIONS
from cloud.cubes.cells import DIMENSIONS, SURVEY, TOPIC, WITH, Cell
from cloud.cubes.models import Release
from cloud.releases.draft import DISTINCT
from cloud.releases.ledger import list_cells, list_editions, write_cell

URGENT = f"{TOPIC}urgent"
NAMED = ("grade", "stars", "mended", "relief")
Tables = Sequence[tuple[str, dict[Cell, int | None]]]
SUMS = ("waived_fen", "deferred_fen", "minutes")


def list_releases_told(session: Session, period: str) -> Sequence[Release]:
    """The newest release of the period; for a year without one of its own, those of its quarters, in order."""
    editions = {one.period: one for one in list_editions(session)}
    if period in editions:
        return [editions[period]]
    return [editions[one] for one in sorted(editions) if one.startswith(f"{period}-Q")]


def named_cells(cells: Iterable[Cell], *, is_year: bool) -> dict[str, Cell]:
    """Plain name → cell: `businesses`, `businesses_distinct`, `urgent`, `grade_A`, `stars_5`, `mended_all`,
    `relief_waived`, `finding_labour`, `waived_fen`; `businesses` and `urgent` also `@` a district.

    In a year `businesses` adds quarters (家次), and `businesses_distinct` counts each once; in a quarter they are one.
    """
    named: dict[str, Cell] = {"businesses": (), "urgent": ((URGENT, WITH),)}
    named["businesses_distinct"] = DISTINCT if is_year else ()
    named.update({name: (("measure", name),) for name in SUMS})
    for dimension in NAMED:
        named.update({f"{dimension}_{value}": ((dimension, value),) for value in DIMENSIONS[dimension]})
    for district in DIMENSIONS["district"]:
        named[at("businesses", district)] = (("district", district),)
        named[at("urgent", district)] = (("district", district), (URGENT, WITH))
    for cell in cells:
        if len(cell) == 1 and cell[0][0].startswith(TOPIC) and cell[0][0] != URGENT and cell[0][1] == WITH:
            named[f"finding_{cell[0][0].removeprefix(TOPIC)}"] = cell
    return named


@dataclass(frozen=True)
class Published:
    """What is published of a period: its measures, number → SHA-256 of the releases, the quarters that they count."""

    measures: Sequence[Measure]
    releases: Mapping[str, str]
    covers: tuple[str, ...]


def read_measures(session: Session, period: str) -> Published:
    """Measures of the period, from which releases, over which quarters.

    A year without a release of its own is the sum of its published quarters; a sum with a withheld part is withheld.
    """
    releases = list_releases_told(session, period)
    tables = [(f"{one.number} ({one.period})", list_cells(session, one.number)) for one in releases]
    names = named_cells((cell for _, cells in tables for cell in cells), is_year="-Q" not in period)
    counted = {cell for _, cells in tables for cell in cells}
    measures = [_measure(name, cell, tables) for name, cell in names.items() if cell in counted]
    measures += _ratings({one.key: one for one in measures})
    for question, answers in QUESTIONS.items():
        measures += _of_survey(question, answers, tables)
    covers = sorted(
        {quarter for one, (_, cells) in zip(releases, tables, strict=True) for quarter in _quarters(one, cells)}
    )
    return Published(measures, {str(one.number): one.manifest_hash for one in releases}, tuple(covers))


def _quarters(release: Release, cells: Iterable[Cell]) -> set[str]:
    """The quarters of which a release holds numbers."""
    if "-Q" in release.period:
        return {release.period}
    return {f"{release.period}-{value}" for cell in cells for name, value in cell if name == "quarter"}


def _ratings(found: Mapping[str, Measure]) -> list[Measure]:
    """How many ratings there were and their mean, from the five published classes; withheld while one of them is."""
    classes = [found[name] for stars in range(1, 6) if (name := f"stars_{stars}") in found]
    if len(classes) < 5:
        return []
    source = f"{classes[0].source} to stars=5"
    counts = [one.value for one in classes]
    if any(count is None for count in counts):
        return [Measure(key, None, COUNT, source, True) for key in ("ratings", "rating_mean")]
    known = [count or 0.0 for count in counts]
    number = sum(known)
    mean = sum(stars * count for stars, count in enumerate(known, start=1)) / number if number else None
    return [Measure("ratings", number, COUNT, source), Measure("rating_mean", mean, COUNT, source)]


def _of_survey(question: str, answers: Sequence[str], tables: Tables) -> list[Measure]:
    """How many gave the first answer, and how many answered; withheld while one of the answers is."""
    asked: dict[Cell, int | None] = {((f"{SURVEY}{question}", answer),): 0 for answer in answers}
    told = [(named, asked | cells if asked.keys() & cells.keys() else cells) for named, cells in tables]
    if not any(asked.keys() & cells.keys() for _, cells in told):
        return []
    parts = [_measure("", cell, told) for cell in asked]
    counts = [one.value for one in parts]
    is_withheld = None in counts
    values = (counts[0], sum(count or 0.0 for count in counts))
    return [
        Measure(f"{question}_{name}", None if is_withheld else value, COUNT, parts[0].source, is_withheld)
        for name, value in zip((answers[0], "all"), values, strict=True)
    ]


def _measure(name: str, cell: Cell, tables: Tables) -> Measure:
    # A table that a release leaves out is told as little as one it withholds; a sum that is absent is of nobody.
    absent = 0 if name in SUMS else None
    values = [cells.get(cell, absent) for _, cells in tables]
    shown = [value for value in values if value is not None]
    is_withheld = len(shown) < len(values)
    source = f"release {' + '.join(named for named, _ in tables)}: {write_cell(cell) or 'total'}"
    unit = FEN if name.endswith("_fen") else COUNT
    return Measure(name, None if is_withheld else float(sum(shown)), unit, source, is_withheld)
