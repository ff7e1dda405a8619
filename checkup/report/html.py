"""Render a report: the fragment for the page, the whole document for the PDF. Own Jinja environment."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from checkup.report.days import spans
from checkup.report.frightening import is_frightening
from checkup.report.seal import seal_lines
from checkup.report.values import Report
from checkup.report.wording import WORDS
from tenants.languages import LANG_ATTRIBUTE, choose
from tenants.translation import shown

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
STYLESHEET = _TEMPLATES / "report" / "report.css"


@cache
def _environment(locale: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.finalize = lambda value: shown.show(value, locale)
    made.tests["frightening"] = is_frightening
    made.filters.update(
        seal_lines=seal_lines,
        spans=spans,
        near=lambda value, since: shown.near_day(value, locale, since),
        say=lambda value: shown.show(value, locale),
        number=lambda value, places=0: shown.number(value, locale, places),
        day=lambda iso, into=locale: shown.day(dt.date.fromisoformat(iso), into),
    )
    return made


def prepare(locale: str) -> None:
    """Read what a report of this language is made by, so that nobody waits for it."""
    made = _environment(locale)
    for part in ("body", "verdict", "board"):
        made.get_template(f"report/{part}.html")


def render(template: str, values: Mapping[str, object], locale: str = "zh-Hans") -> str:
    """Any document of the house: a template of `templates/report/` or beside it, with exactly these values.

    Days and moments are written as readers of `locale` write them.
    """
    return _environment(locale).get_template(template).render(values)


def _values(
    report: Report, *, paper: bool = False, logo: str = "", read_on: dt.date | None = None
) -> dict[str, object]:
    words = {key: choose(text, report.locale) for key, text in WORDS.items()}
    return {
        "report": report,
        "paper": paper,
        "logo": logo,
        "read_on": read_on,
        "w": words,
        "qr": segno.make(report.verify_url, error="m").svg_data_uri(scale=4) if report.verify_url else None,
        "lang": LANG_ATTRIBUTE[report.locale],
    }


def render_body(report: Report, read_on: dt.date | None = None) -> str:
    """The report as a fragment for the web page; styled by the page's own sheet.

    `read_on`: a page says which of its days are over by then; paper stays as it was made.
    """
    return render("report/body.html", _values(report, read_on=read_on), report.locale)


def render_verdict(report: Report, read_on: dt.date | None = None) -> str:
    """What an owner sees first, on one screen: the verdict in a sentence, and the three things to do before others."""
    return render("report/verdict.html", _values(report, read_on=read_on), report.locale)


def render_board(report: Report) -> str:
    """Every area with its light, on one board."""
    return render("report/board.html", _values(report), report.locale)


def render_document(report: Report, logo: str = "") -> str:
    """The report as a whole document, for the PDF; `logo` holds the letterhead's picture, as a data URL."""
    return render("report/document.html", _values(report, paper=True, logo=logo), report.locale)
