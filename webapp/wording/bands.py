"""Bands of people and money, in words."""

from flask import Flask

from tenants.bands import MOST, Band, band_told, bands_of
from tenants.business_details import BusinessDetails
from tenants.models import Business
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.i18n import translate_counted as _n

UNSAID = "unsaid"


def band_options(field: str, trade: str) -> list[tuple[str, str]]:
    """Every band of `staff`, `revenue` or `assets` for a trade; for money also that she would rather not say."""
    words = [(band.id, band_words(field, band)) for band in bands_of(field, trade)]
    return words if field == "staff" else [*words, (UNSAID, _("不想说"))]


def band_words(field: str, band: Band) -> str:
    """One band as people say it."""
    is_last = band.high == MOST[field]
    if field == "staff":
        return _people(int(band.low), int(band.high) - 1, is_last=is_last)
    if band.low == 0:
        return _("{amount}以下", amount=_money(band.high))
    if is_last:
        return _("{amount}以上", amount=_money(band.low))
    return _("{low}到{high}", low=_money(band.low), high=_money(band.high))


def told_words(told: Business | BusinessDetails, field: str) -> str:
    """What was told of `staff`, `revenue` or `assets`: a band, a figure, or nothing."""
    value, upper = getattr(told, field), getattr(told, f"{field}_to")
    if value is None:
        return _("不想说") if field in told.unsaid.split() else "—"
    if upper is None:
        return _n("{n}个人", value) if field == "staff" else _("{n}万元", n=f"{value:g}")
    return band_words(field, band_told(field, value, upper))


def init_app(app: Flask) -> None:
    app.jinja_env.filters["told_words"] = told_words


def _people(low: int, high: int, *, is_last: bool) -> str:
    if high == 0:
        return _("没有别人，就我自己")
    if is_last:
        return _("{n}个人以上", n=low)
    return _n("{n}个人", low) if low == high else _("{n}到{m}个人", n=low, m=high)


def _money(ten_thousands: float) -> str:
    """As people count it, in 万 or in single yuan; an edge just above a limit is told as the limit."""
    whole = int(ten_thousands)
    return f"{whole * 10_000:,} yuan" if locale() == "en" else str(_("{n}万元", n=whole))
