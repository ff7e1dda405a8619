"""A drawn page to be hung up, as SVG and as PDF: what is said on it, and the square that leads on."""

import base64
from dataclasses import dataclass

import segno

from checkup.report.html import render
from checkup.report.pdf import make_pdf
from tenants.campaigns.kit_rules import SIZES, Said, lay_out
from tenants.errors import NotFound
from tenants.languages import LANG_ATTRIBUTE

SVG, PDF = "svg", "pdf"
TYPES = {SVG: "image/svg+xml", PDF: "application/pdf"}


@dataclass(frozen=True)
class _Square:
    """A QR code: how many modules wide, and the dark ones as a path."""

    modules: int
    path: str


def draw(said: Said, *, url: str, size: str, locale: str, kind: str) -> bytes:
    """What is said on paper of this size, with the square that leads to `url`. Slow as PDF (a second).

    Raises: NotFound for another kind.
    """
    if kind not in TYPES:
        raise NotFound
    label = " · ".join((said.title, said.lead, *said.facts, said.code))
    values = {
        "sheet": lay_out(said, SIZES[size]),
        "qr": _square(url),
        "label": label,
        "lang": LANG_ATTRIBUTE[locale],
    }
    drawn = render("report/kit.svg", values, "en")
    if kind == SVG:
        return drawn.encode()
    picture = f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"
    paper = {"width": SIZES[size].width_mm, "height": SIZES[size].height_mm, "picture": picture}
    return make_pdf(render("report/kit.html", {**paper, "label": label, "lang": LANG_ATTRIBUTE[locale]}))


def _square(url: str) -> _Square:
    """With the quiet edge that readers of such codes want."""
    edge = 2
    rows = list(segno.make(url, error="m").matrix)
    path = "".join(
        f"M{x + edge},{y + edge}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return _Square(len(rows) + 2 * edge, path)
