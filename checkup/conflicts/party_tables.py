"""Tables of clients and opponents as firms have them: xlsx, or text in any encoding and with any separator. Pure.

What Excel does to a cell on the way (an apostrophe in front, `="…"`, spaces that are none) is mended. What it destroyed
(9.14E+17, #REF!) cannot be known any more and is refused, line by line, by whoever reads the cells.
"""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence

from checkup.conflicts import name_words as words
from tenants.errors import FieldFault, Invalid
from tenants.lazy_imports import lazily
from tenants.typed.text import one_line

openpyxl = lazily("openpyxl")

MOST_LINES, _MOST_UNPACKED, _MOST_CELLS = 5_000, 64 * 1024 * 1024, 20
_ZIP = b"PK\x03\x04"
_EXCEL_TEXT = re.compile(r'^=\s*"(.*)"$', re.DOTALL)
_DESTROYED = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|#+)|\d(?:\.\d+)?E\+\d{2}", re.IGNORECASE)
COLUMNS = ("name", "side", "credit_code", "matter")


def is_destroyed(cell: str) -> bool:
    """Whether Excel has left its own sign, or a rounded number, in the place of what was typed."""
    return bool(_DESTROYED.fullmatch(cell.strip()))


def read_table(content: bytes) -> Iterator[tuple[int, tuple[str, str, str, str]]]:
    """Every line that is not empty: its number as the sheet counts, and name, side, code, matter.

    The first line may name the columns, in any order. Raises: Invalid on `table`: not_a_table, too_many.
    """
    lines = list(_read_xlsx(content) if content.startswith(_ZIP) else _read_text(content))
    if len(lines) > MOST_LINES + 1:
        raise Invalid((FieldFault("table", "too_many", {"most": MOST_LINES}),))
    order = _order(lines[0]) if lines else None
    for number, cells in enumerate(lines, start=1):
        if not any(cells) or (number == 1 and order):
            continue
        at = order or dict(zip(COLUMNS, range(len(COLUMNS)), strict=True))
        picked = [cells[at[column]] if column in at and at[column] < len(cells) else "" for column in COLUMNS]
        yield number, (picked[0], picked[1], picked[2], picked[3])


def _order(cells: Sequence[str]) -> dict[str, int] | None:
    """Where each column stands, if this line names the column of names."""
    heads = [cell.strip().lower() for cell in cells]
    found = {
        column: heads.index(head) for column, named in words.COLUMNS.items() for head in named[::-1] if head in heads
    }
    return found if "name" in found else None


def _mend(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        cell = int(cell)
    if isinstance(cell, dt.datetime | dt.date):
        cell = cell.isoformat()[:10]
    text = one_line("" if cell is None else str(cell))
    text = one_line(match[1]) if (match := _EXCEL_TEXT.match(text)) else text
    return text.lstrip("'‘’`").strip()


def _read_xlsx(content: bytes) -> Iterable[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise ValueError
            if any(b"<!" in packed.read(part)[:2000] for part in packed.infolist() if part.filename.endswith(".xml")):
                raise ValueError
        worked_out, typed = (_rows_of(content, data_only=data_only) for data_only in (True, False))
        return _without_end(
            [
                [_mend(raw if value is None else value) for value, raw in zip(values, raws, strict=False)]
                for values, raws in zip(worked_out, typed, strict=False)
            ]
        )
    except Exception as broken:  # noqa: BLE001 - a stranger's file breaks its reader in more ways than can be listed
        raise Invalid((FieldFault("table", "not_a_table"),)) from broken


def _rows_of(content: bytes, *, data_only: bool) -> Iterable[Sequence[object]]:
    """The first sheet; with `data_only` what its formulas came to, where Excel has written that down."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    return list(book.worksheets[0].iter_rows(max_row=MOST_LINES + 2, max_col=_MOST_CELLS, values_only=True))


def _without_end(lines: list[list[str]]) -> list[list[str]]:
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _read_text(content: bytes) -> Iterable[list[str]]:
    text = _decode(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max("\t;,，", key=first.count)
    if separator == "，":
        text, separator = text.replace("，", ","), ","
    try:
        return _without_end(
            [[_mend(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
        )
    except csv.Error as broken:
        raise Invalid((FieldFault("table", "not_a_table"),)) from broken


def _decode(content: bytes) -> str:
    """UTF-8, UTF-16 as Excel's "Unicode text" is, or GB 18030. Raises: Invalid `not_a_table`."""
    is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030", "utf-16-le"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid((FieldFault("table", "not_a_table"),))
