"""Files to take away: CSV that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable, Sequence

from werkzeug.wrappers import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(rows: Iterable[Sequence[object]], name: str) -> Response:
    """The rows as UTF-8 CSV with a byte order mark; a text that would start a formula is quoted as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


def harmless(cell: object) -> object:
    """A text that would start a formula, quoted as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def file_response(content: bytes, media_type: str, name: str, *, is_shown: bool = False) -> Response:
    """A file under this name; to be shown in a page where it is wanted there."""
    kept = "inline" if is_shown else f'attachment; filename="{name}"'
    return Response(content, mimetype=media_type, headers={"Content-Disposition": kept})
