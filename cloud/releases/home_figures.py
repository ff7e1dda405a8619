"""The figures of a bureau's home page in their order: its own process data, and what releases have published. Pure."""

from collections.abc import Mapping

from bureau.dashboard.figures import FIGURES as OF_PROCESS
from bureau.dashboard.figures import FigureKind, both

_REACHED = FigureKind(
    "reached",
    both("体检过的企业，按所在区（全市，已公布）", "Businesses reached, by district (city, as published)"),
    both(
        "最近一次公布的时期里，同意计入统计的企业，按企业所在的区；不公开的写明“不公开”。",
        "Businesses of the newest release, by their own district; what is withheld says so.",
    ),
    "count",
    "SELECT split_part(cell, '=', 2) AS label, count AS value, count IS NULL AS is_withheld "
    "FROM released_cell WHERE cell ~ '^district=[0-9]+$' AND number = (SELECT max(number) FROM release) "
    "ORDER BY label",
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
    "SELECT CASE WHEN bool_and(count IS NOT NULL) THEN sum(split_part(cell, '=', 2)::int * count)::numeric "
    "/ nullif(sum(count), 0) END AS value FROM released_cell "
    "WHERE cell ~ '^stars=[1-5]$' AND number = (SELECT number FROM release "
    "WHERE period LIKE '%-Q%' ORDER BY period DESC, number DESC LIMIT 1)",
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
