"""A message to a person, from its template in `templates/message/`, in her language; line one is its subject. Pure.

Templates are written as pages are: zh-Hans in `_()`, English in the catalogue. Their values are words, dates and
whoever goes by a name (`own_name`); days and moments are written as she writes them.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tenants.languages import choose
from tenants.translation import catalogues, shown

_TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "message"


class Text(NamedTuple):
    subject: str
    body: str


class Named(Protocol):
    """Whatever goes by a name of its own."""

    name: str
    name_en: str


def render_message(template: str, locale: str, values: Mapping[str, object]) -> Text:
    """Subject and body; a value can add no line to the subject."""
    rendered = _environment(locale).get_template(f"{template}.txt").render(values)
    subject, _line, body = rendered.partition("\n")
    return Text(subject.strip(), body.strip())


@cache
def _environment(locale: str) -> Environment:
    words = catalogues.load(locale)

    def shown_all(params: Mapping[str, object]) -> dict[str, object]:
        return {name: shown.show(value, locale) for name, value in params.items()}

    def translate(message: str, **params: object) -> str:
        return str(words.gettext(message)).format(**shown_all(params))

    def translate_counted(message: str, n: int, **params: object) -> str:
        return str(words.ngettext(message, message, n)).format(n=n, **shown_all(params))

    made = Environment(  # noqa: S701 - plain text, which no browser reads as a page
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(_=translate, _n=translate_counted)
    made.filters["own_name"] = lambda named: name_in(named, locale)
    made.finalize = lambda value: shown.show(value, locale)
    return made


def name_in(named: Named, locale: str) -> str:
    """The name of a firm or a bureau: in English where it has one and the reader reads English."""
    return choose({"zh-Hans": named.name, "en": named.name_en or named.name}, locale)
