"""Words on the screen by Flask-Babel: written in zh-Hans, English from the catalogue, zh-Hant made of them at set-up.

A placeholder is `{name}`: Chinese texts are full of percent signs, and a text must not break when it gains a value.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Protocol

import flask_babel
from babel.support import NullTranslations
from flask import Flask, g, request
from flask_babel.speaklater import LazyString

from tenants.clock import CITY
from tenants.languages import LANG_ATTRIBUTE, choose
from tenants.translation import catalogues, shown
from webapp.edge.installation import installation

LOCALES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
COOKIE = "lang"
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")  # what browsers call it


def locale() -> str:
    """The reader's choice, else what the browser asks for, else the installation's default."""
    try:
        return str(g.locale)
    except AttributeError:  # asked hundreds of times a page: it is there but for the first
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

    @property
    def name(self) -> str: ...

    @property
    def name_en(self) -> str: ...


def _words() -> NullTranslations:
    """Flask-Babel's catalogue for this request, found once: a page has hundreds of words."""
    try:
        words: NullTranslations = g.words
    except AttributeError:
        words = g.words = flask_babel.get_translations()
    except RuntimeError:  # nobody reads yet: a form's label outside a request
        return NullTranslations()
    return words


def translate(message: str, **params: object) -> str:
    """The message in the reader's language, `{name}` filled in."""
    found: str = _words().gettext(message)
    return found.format(**_shown(params)) if params else found


def translate_counted(message: str, n: int, **params: object) -> str:
    """A message that counts `{n}` things: Chinese has one form, English may have two."""
    found: str = _words().ngettext(message, message, n)
    return found.format(n=n, **_shown(params))


def show(value: object) -> object:
    """What a page prints of a value: days and moments as the reader writes them."""
    return shown.show(value, locale()) if isinstance(value, dt.date) else value


def _shown(params: Mapping[str, object]) -> dict[str, object]:
    return {name: show(value) for name, value in params.items()}


def lazy_gettext(message: str, **params: object) -> LazyString:
    """For what is written before anybody reads it: a form's label. Translated when it is shown."""
    return LazyString(translate, message, **params)


def pick(text: Mapping[str, str]) -> str:
    """A pack's text in the reader's language."""
    return choose(text, locale())


def lazy_ngettext(message: str, n: int, **params: object) -> LazyString:
    """As `lazy_gettext`, for a message that counts."""
    return LazyString(translate_counted, message, n, **params)


def lazy_pick(text: Mapping[str, str]) -> LazyString:
    """A pack's text on a form."""
    return LazyString(pick, text)


def names_of(words: Mapping[str, str]) -> Callable[[str], str]:
    """A filter of templates: a code by its words in the reader's language, one without words as it is."""
    return lambda code: translate(words.get(code, code))


def own_name(named: Named) -> str:
    """The name of a firm or a bureau: in English where it has one and the reader reads English."""
    return pick({"zh-Hans": named.name, "en": named.name_en or named.name})


def day(iso: str) -> str:
    """A day that was kept as ISO, as the reader writes it."""
    return shown.day(dt.date.fromisoformat(iso), locale())


def moment(at: str) -> str:
    """A moment that was kept as ISO, as the reader writes it, to the minute of the city."""
    return shown.moment(dt.datetime.fromisoformat(at), locale())


def short(value: dt.date | None) -> str:
    """A day or a moment for a table, a dash where there is none."""
    return shown.show_short(value, locale())


def number(value: float, places: int = 0) -> str:
    return shown.number(value, locale(), places)


def init_app(app: Flask) -> None:
    catalogues.compile_if_changed()
    babel = flask_babel.Babel(configure_jinja=False)
    babel.init_app(
        app,
        default_locale="zh_Hans",
        default_timezone=str(CITY),
        default_translation_directories=str(catalogues.FOLDER),
        locale_selector=lambda: locale().replace("-", "_"),
    )
    app.jinja_env.finalize = show
    app.jinja_env.filters.update(own_name=own_name, say=show, day=day, moment=moment, short=short, number=number)
    app.jinja_env.globals.update(_=translate, _n=translate_counted)
    app.jinja_env.globals.update(pick=pick, locale=locale, LOCALES=LOCALES, LANG_ATTRIBUTE=LANG_ATTRIBUTE)
