"""A release as rows and as SDMX-CSV 2.0, from the cells of the ledger. Pure."""

import csv
import io
from collections.abc import Mapping

from cloud.cells import TOPIC, Cell
from cloud.ledger import CONFIDENTIAL, FREE

STRUCTURE_ID = "FAMAI:CHECKUPS(1.0)"
TOTAL = "_T"
COLUMNS = ("TIME_PERIOD", "DISTRICT", "SECTION", "SIZE", "GRADE", "TOPIC", "OUTCOME", "OBS_VALUE", "CONF_STATUS")
_NAMES = {"district": "DISTRICT", "section": "SECTION", "size": "SIZE", "grade": "GRADE"}


def rows_of(period: str, cells: Mapping[Cell, int | None]) -> list[dict[str, str | int | None]]:
    """One row per cell; `_T` where a dimension is summed over; no value where it is withheld."""
    return [_row(period, cell, count) for cell, count in sorted(cells.items())]


def _row(period: str, cell: Cell, count: int | None) -> dict[str, str | int | None]:
    row: dict[str, str | int | None] = {"TIME_PERIOD": period, **dict.fromkeys(COLUMNS[1:7], TOTAL)}
    for name, value in cell:
        if name in _NAMES:
            row[_NAMES[name]] = value
        else:
            row["TOPIC"], row["OUTCOME"] = name.removeprefix(TOPIC), value
    return {**row, "OBS_VALUE": count, "CONF_STATUS": CONFIDENTIAL if count is None else FREE}


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
