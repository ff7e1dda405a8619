"""A release as files: SDMX-CSV, Parquet, XLSX and its manifest, every one from the same rows."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import polars as pl

from cloud.cubes.cells import Cell
from cloud.releases.editions import COLUMNS, rows_of, to_sdmx_csv


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
