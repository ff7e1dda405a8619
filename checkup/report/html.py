"""Render a report: the fragment for the page, the whole document for the PDF. Own Jinja environment."""

from collections.abc import Mapping
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from checkup.report.seal import seal_lines
from checkup.report.values import Report
from checkup.report.wording import WORDS
from tenants.languages import choose

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["seal_lines"] = seal_lines
STYLESHEET = _TEMPLATES / "report" / "report.css"


def render(template: str, values: Mapping[str, object]) -> str:
    """Any document of the house: a template of `templates/report/` or beside it, with exactly these values."""
    return _ENVIRONMENT.get_template(template).render(values)


def _values(report: Report) -> dict[str, object]:
    words = {key: choose(text, report.locale) for key, text in WORDS.items()}
    return {
        "report": report,
        "w": words,
        "qr": segno.make(report.verify_url, error="m").svg_data_uri(scale=4) if report.verify_url else None,
        "lang": {"zh-Hans": "zh-Hans-CN", "zh-Hant": "zh-Hant", "en": "en"}[report.locale],
    }


def render_body(report: Report) -> str:
    """The report as a fragment for the web page; styled by the page's own sheet."""
    return render("report/body.html", _values(report))


def render_document(report: Report) -> str:
    """The report as a whole document, for the PDF."""
    return render("report/document.html", _values(report))
