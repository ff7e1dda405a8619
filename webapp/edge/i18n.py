"""Words on the screen: written in zh-Hans, English from the catalogue, zh-Hant derived."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Protocol

from babel.messages.pofile import read_po
from flask import Flask, g, request

from checkup.report.languages import choose, traditional
from tenants.clock import CITY
from webapp.edge.installation import installation

LOCALES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
LANG_ATTRIBUTE = {"zh-Hans": "zh-Hans-CN", "zh-Hant": "zh-Hant", "en": "en"}
_CATALOGUES = Path(__file__).parents[1] / "translations" / "en"  # one file per subject
COOKIE = "lang"
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")  # what browsers call it


@cache
def english() -> dict[str, str]:
    """Message → English."""
    messages = {}
    for path in sorted(_CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            messages.update({str(m.id): str(m.string) for m in read_po(file) if m.id and m.string})
    return messages


def locale() -> str:
    """The reader's choice, else what the browser asks for, else the installation's default."""
    if "locale" not in g:
        g.locale = _locale()
    return str(g.locale)


def _locale() -> str:
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LOCALES:
        return chosen
    asked = request.accept_languages[0][0].lower() if request.accept_languages else ""
    if asked.startswith("en"):
        return "en"
    if asked.startswith(_TRADITIONAL):
        return "zh-Hant"
    return installation().default_locale


class Named(Protocol):
    """Whatever goes by a name of its own."""

    name: str
    name_en: str


def translate(message: str, **params: object) -> str:
    """The message in the reader's language, `{name}` filled in."""
    language = locale()
    if language == "en":
        message = english().get(message, message)
    elif language == "zh-Hant":
        message = traditional(message)
    return message.format(**params) if params else message


def pick(text: dict[str, str]) -> str:
    """A pack's text in the reader's language."""
    return choose(text, locale())


def own_name(named: Named) -> str:
    """The name of a firm or a bureau: in English where it has one and the reader reads English."""
    return pick({"zh-Hans": named.name, "en": named.name_en or named.name})


def city_time(at: str) -> str:
    """An ISO moment as the city's clock shows it, to the minute."""
    return dt.datetime.fromisoformat(at).astimezone(CITY).strftime("%Y-%m-%d %H:%M")


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(city_time=city_time, own_name=own_name)
    app.jinja_env.globals.update(_=translate, pick=pick, locale=locale, LOCALES=LOCALES, LANG_ATTRIBUTE=LANG_ATTRIBUTE)
