"""The figures of a bureau's home page in their order: its own process data, and what releases have published. Pure."""

from collections.abc import Mapping

from bureau.dashboard.figures import FIGURES as OF_PROCESS
from bureau.dashboard.figures import FigureKind, both

# Every figure of the page that comes from a release comes from this one: numbers of two periods never stand together.
_LATEST = (
    "latest AS (SELECT number, period FROM release WHERE period LIKE '%-Q%' ORDER BY period DESC, number DESC LIMIT 1)"
)
_REACHED = FigureKind(
    "reached",
    both("体检过的企业，按所在区（全市，已公布）", "Businesses reached, by district (city, as published)"),
    both(
        "最近公布的一个季度里，同意计入统计的企业，按企业所在的区；不公开的写明“不公开”。",
        "Businesses of the latest published quarter, by their own district; what is withheld says so.",
    ),
    "count",
    f"WITH {_LATEST} SELECT split_part(cell, '=', 2) AS label, count AS value, "  # noqa: S608 - a constant
    "count IS NULL AS is_withheld, latest.period FROM released_cell JOIN latest USING (number) "
    "WHERE cell ~ '^district=[0-9]+$' ORDER BY label",
    label="district",
)
_STARS = FigureKind(
    "stars",
    both("评分（全市，已公布）", "Rating (city, as published)"),
    both(
        "最近公布的一个季度里，店主打分的平均（满分5分）；有一档不公开就不算。",
        "Mean of the owners' ratings in the latest published quarter (of 5); none while a class is withheld.",
    ),
    "points",
    f"WITH {_LATEST} SELECT CASE WHEN bool_and(count IS NOT NULL) THEN sum(split_part(cell, '=', 2)::int * count)"  # noqa: S608
    "::numeric / nullif(sum(count), 0) END AS value, coalesce(bool_or(count IS NULL), false) AS is_withheld, "
    "coalesce(max(latest.period), '') AS period FROM released_cell JOIN latest USING (number) "
    "WHERE cell ~ '^stars=[1-5]$'",
)
_BEFORE = {"complaints_open": _REACHED, "hours": _STARS}


def _in_order() -> Mapping[str, FigureKind]:
    kinds: dict[str, FigureKind] = {}
    for key, kind in OF_PROCESS.items():
        if key in _BEFORE:
            kinds[_BEFORE[key].key] = _BEFORE[key]
        kinds[key] = kind
    return kinds


FIGURES = _in_order()
