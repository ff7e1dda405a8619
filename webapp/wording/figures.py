"""The numbers of a release or a draft as tables for people: the same for the public page and for the preview."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cloud.cubes.cells import BANDS, DIMENSIONS, RISK, TOPIC, WITH, Cell
from cloud.cubes.facts import calendar_month
from cloud.disclosure.dominance import MEASURES
from cloud.releases.quantiles import mean, quantile

Rows = list[tuple[str, int | None]]
_ORDER = ("district", "grade", "band", "section", "size", "channel", "version", "mended", "pace", "stars", "relief")
_MOST_RISKS = 15


@dataclass(frozen=True)
class Figures:
    """What a page shows: the total, tables by dimension, findings by area and by risk, months, sums, the score."""

    total: int | None
    shown: int
    withheld: int
    tables: dict[str, Rows] = field(default_factory=dict)
    topics: Rows = field(default_factory=list)
    risks: Rows = field(default_factory=list)
    times: Rows = field(default_factory=list)
    sums: Rows = field(default_factory=list)
    score: dict[str, tuple[float, float]] = field(default_factory=dict)


def figures_of(period: str, cells: Mapping[Cell, int | None]) -> Figures:
    """Every table over one dimension; what is withheld stays None."""
    plain = {cell[0]: count for cell, count in cells.items() if len(cell) == 1}
    shown = sum(count is not None for count in cells.values())
    tables = {name: _rows(plain, name) for name in _ORDER}
    bands = {band: plain[pair] for band in BANDS if (pair := ("band", band)) in plain}
    score = {"mean": mean(bands, cells.get(()))} | {
        name: quantile(bands, cells.get(()), share) for name, share in (("q1", 0.25), ("median", 0.5), ("q3", 0.75))
    }
    return Figures(
        total=cells.get(()),
        shown=shown,
        withheld=len(cells) - shown,
        tables={name: rows for name, rows in tables.items() if any(count != 0 for _, count in rows)},
        topics=_found(plain, TOPIC),
        risks=[row for row in _found(plain, RISK) if row[1]][:_MOST_RISKS],
        times=_times(period, plain),
        sums=[(measure, plain["measure", measure]) for measure in MEASURES if ("measure", measure) in plain],
        score={name: bounds for name, bounds in score.items() if bounds is not None and bands},
    )


def _rows(plain: Mapping[tuple[str, str], int | None], name: str) -> Rows:
    known = DIMENSIONS.get(name) or tuple(sorted(value for one, value in plain if one == name))
    return [(value, plain[name, value]) for value in known if (name, value) in plain]


def _found(plain: Mapping[tuple[str, str], int | None], prefix: str) -> Rows:
    """Businesses with a finding, most first; withheld ones last."""
    found = [(n.removeprefix(prefix), count) for (n, v), count in plain.items() if n.startswith(prefix) and v == WITH]
    return sorted(found, key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))


def _times(period: str, plain: Mapping[tuple[str, str], int | None]) -> Rows:
    """The months of a quarter, or the quarters of a year."""
    months = [(calendar_month(period[:4], period[5:], v), count) for (n, v), count in plain.items() if n == "month"]
    return sorted(months or [(f"{period}-{v}", count) for (n, v), count in plain.items() if n == "quarter"])
