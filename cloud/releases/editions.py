"""A release as rows and as SDMX-CSV 2.0, from the cells of the ledger."""

import csv
import io
from collections.abc import Mapping

from cloud.cubes.cells import SURVEY, TOPIC, Cell
from cloud.cubes.facts import calendar_month
from cloud.releases.ledger import CONFIDENTIAL, FREE

STRUCTURE_ID = "FAMAI:CHECKUPS(2.0)"
TOTAL, BUSINESSES, ANSWERS = "_T", "BUSINESSES", "ANSWERS"
DIMENSION_COLUMNS = (
    "TIME_PERIOD", "MEASURE", "DISTRICT", "SECTION", "SIZE", "GRADE", "CHANNEL", "VERSION", "TOPIC", "OUTCOME",
)  # fmt: skip
COLUMNS = (*DIMENSION_COLUMNS, "OBS_VALUE", "CONF_STATUS")
_NAMES = {
    "district": "DISTRICT", "section": "SECTION", "size": "SIZE", "grade": "GRADE", "channel": "CHANNEL",
    "version": "VERSION",
}  # fmt: skip


def rows_of(period: str, cells: Mapping[Cell, int | None]) -> list[dict[str, str | int | None]]:
    """One row per cell; `_T` where a dimension is summed over; no value where it is withheld."""
    return [_row(period, cell, count) for cell, count in sorted(cells.items())]


def _row(period: str, cell: Cell, count: int | None) -> dict[str, str | int | None]:
    row: dict[str, str | int | None] = {**dict.fromkeys(DIMENSION_COLUMNS, TOTAL), "MEASURE": BUSINESSES}
    row["TIME_PERIOD"] = time_of(period, cell)
    for name, value in cell:
        if name in _NAMES:
            row[_NAMES[name]] = value
        elif name == "measure":
            row["MEASURE"] = value.upper()
        elif name not in ("month", "quarter"):
            row["MEASURE"] = ANSWERS if name.startswith(SURVEY) else BUSINESSES
            row["TOPIC"], row["OUTCOME"] = name.removeprefix(TOPIC), value
    return {**row, "OBS_VALUE": count, "CONF_STATUS": CONFIDENTIAL if count is None else FREE}


def time_of(period: str, cell: Cell) -> str:
    """The month (`2026-07`), quarter (`2026-Q3`) or year that a cell of a release counts."""
    told = dict(cell)
    quarter = told.get("quarter", period[5:])
    if "month" in told:
        return calendar_month(period[:4], quarter, told["month"])
    return f"{period[:4]}-{quarter}" if quarter else period


def to_sdmx_csv(period: str, cells: Mapping[Cell, int | None]) -> str:
    """SDMX-CSV 2.0: structure, its id and the action before the dimensions."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("STRUCTURE", "STRUCTURE_ID", "ACTION", *COLUMNS))
    for row in rows_of(period, cells):
        writer.writerow(("dataflow", STRUCTURE_ID, "I", *(_text(row[name]) for name in COLUMNS)))
    return out.getvalue()


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
