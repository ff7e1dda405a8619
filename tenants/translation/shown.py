"""Dates, moments and numbers as a reader of a language writes them; machines get ISO. Pure."""

import datetime as dt
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from tenants.clock import CITY, city_day

_BABEL = {"zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_HK", "en": "en_GB"}
_WITHIN_MONTHS, _NEAR = {"zh-Hans": "M月d日", "zh-Hant": "M月d日", "en": "d MMM"}, dt.timedelta(days=200)
_SHORT = {"zh-Hans": "y/M/d", "zh-Hant": "y/M/d", "en": "d MMM y"}


@lru_cache(maxsize=5_000)
def day(value: dt.date, locale: str) -> str:
    """2026年11月30日, 30 November 2026."""
    return format_date(value, format="long", locale=_BABEL[locale])


@lru_cache(maxsize=5_000)
def short_day(value: dt.date, locale: str) -> str:
    """For a table: 2026/11/30, 30 Nov 2026."""
    return format_date(value, format=_SHORT[locale], locale=_BABEL[locale])


def near_day(value: dt.date, locale: str, since: dt.date) -> str:
    """Without its year where only a day of the months around `since` can be meant: 11月30日, 30 Nov."""
    if abs(value - since) > _NEAR:
        return short_day(value, locale)
    return format_date(value, format=_WITHIN_MONTHS[locale], locale=_BABEL[locale])


def moment(at: dt.datetime, locale: str) -> str:
    """To the minute of the city: 2026年11月30日 14:05, 30 November 2026 14:05."""
    return f"{day(city_day(at), locale)} {at.astimezone(CITY):%H:%M}"


def appointment(at: dt.datetime, locale: str, since: dt.date) -> str:
    """What somebody comes to, with its weekday: 12月5日（周六）14:00, Sat 5 Dec 14:00; the day as `near_day`."""
    on, hour = city_day(at), f"{at.astimezone(CITY):%H:%M}"
    said, weekday = near_day(on, locale, since), format_date(on, format="EEE", locale=_BABEL[locale])
    return f"{weekday} {said} {hour}" if locale == "en" else f"{said}（{weekday}）{hour}"


def short_moment(at: dt.datetime, locale: str) -> str:
    """For a table: 2026/11/30 14:05, 30 Nov 2026 14:05."""
    return f"{short_day(city_day(at), locale)} {at.astimezone(CITY):%H:%M}"


def number(value: float, locale: str, places: int = 0) -> str:
    """With this many places, in groups of three: 12,345.0."""
    return format_decimal(value, format=f"#,##0.{'0' * places}" if places else "#,##0", locale=_BABEL[locale])


def show(value: object, locale: str) -> object:
    """What is printed where a value stands: days and moments as its reader writes them, the rest as it is."""
    if isinstance(value, dt.datetime):
        return moment(value, locale)
    return day(value, locale) if isinstance(value, dt.date) else value


def show_short(value: dt.date | None, locale: str) -> str:
    """A date or a moment for a table, a dash where there is none."""
    if isinstance(value, dt.datetime):
        return short_moment(value, locale)
    return "–" if value is None else short_day(value, locale)
