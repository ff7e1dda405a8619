"""Certificate and record as PDF: the same bytes for the same facts. Slow (about a second): outside any unit of work."""

from collections.abc import Mapping
from typing import Any

import segno

from bureau.quality.models import HourCertificate
from checkup.report.html import render
from checkup.report.pdf import make_pdf


def render_certificate(row: HourCertificate, *, public_url: str) -> bytes:
    """One page, in Chinese with English below, with a QR code that leads to the verification."""
    url = f"{public_url}/verify/{row.number}"
    qr = segno.make(url, error="m").svg_data_uri(scale=4)
    return make_pdf(render("report/hours_certificate.html", {"row": row, "url": url, "qr": qr}))


def render_record(record: dict[str, Any], words: Mapping[str, str]) -> bytes:
    """The lawyer's record to take along; `words` names categories and states."""
    return make_pdf(render("report/hours_record.html", {"record": record, "words": words}))
