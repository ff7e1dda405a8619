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
        writer.writerow([_harmless(cell) for cell in row])
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
