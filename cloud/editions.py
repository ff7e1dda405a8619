"""A release in the formats people use: SDMX-CSV 2.0, Parquet, XLSX; every one from the same ledger cells."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import polars as pl

from cloud.cells import TOPIC, Cell
from cloud.releases import CONFIDENTIAL, FREE

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


def to_frame(period: str, cells: Mapping[Cell, int | None]) -> pl.DataFrame:
    """The same rows as columns."""
    schema = {name: pl.Int64 if name == "OBS_VALUE" else pl.String for name in COLUMNS}
    return pl.DataFrame(rows_of(period, cells), schema=schema)


def write_edition(folder: Path, *, period: str, cells: Mapping[Cell, int | None], manifest: str) -> list[Path]:
    """Write cells.csv, cells.parquet, cells.xlsx and manifest.json; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    frame = to_frame(period, cells)
    paths = [folder / name for name in ("cells.csv", "cells.parquet", "cells.xlsx", "manifest.json")]
    paths[0].write_text(to_sdmx_csv(period, cells), encoding="utf-8")
    frame.write_parquet(paths[1])
    _write_workbook(paths[2], frame)
    paths[3].write_text(manifest, encoding="utf-8")
    return paths


def _write_workbook(path: Path, frame: pl.DataFrame) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("cells")
    sheet.append(list(frame.columns))
    for row in frame.iter_rows():
        sheet.append(list(row))
    book.save(path)
