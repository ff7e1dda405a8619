"""What an owner says about her business, refused at the edge when it cannot be true. Pure."""

import math
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from tenants.districts import DISTRICTS
from tenants.errors import FieldFault, Invalid
from tenants.sizes import SECTIONS, TRADES, size_class

FORMS: dict[str, dict[str, str]] = {
    "individual": {"zh-Hans": "个体工商户", "en": "Individual business"},
    "company": {"zh-Hans": "公司", "en": "Company"},
    "sole": {"zh-Hans": "个人独资企业", "en": "Sole proprietorship"},
    "partnership": {"zh-Hans": "合伙企业", "en": "Partnership"},
    "other": {"zh-Hans": "其他 / 还没登记", "en": "Other / not registered yet"},
}
NAME_LENGTH = 200
MOST_STAFF, MOST_MONEY = 100_000, 100_000_000
PROFILE_FIELDS = ("form", "section", "trade", "staff", "revenue", "assets", "district", "size")
T = TypeVar("T")


@dataclass(frozen=True)
class BusinessDetails:
    """A business as its owner describes it. Money in 万元; `size` follows from the official table."""

    name: str
    credit_code: str | None
    form: str
    section: str
    trade: str
    staff: int
    revenue: float
    assets: float
    district: str
    size: str

    def profile(self) -> dict[str, str | float]:
        """The pack's profile fields, as scoring reads them."""
        return {field: getattr(self, field) for field in PROFILE_FIELDS}


class _Refused(Exception):
    def __init__(self, code: str, **params: object) -> None:
        self.code, self.params = code, params


def clean_line(text: str, most: int = NAME_LENGTH) -> str:
    """One line of text: trimmed, NFC, no control characters. Raises: ValueError with a code."""
    text = unicodedata.normalize("NFC", text).strip()
    if len(text) > most:
        raise _Refused("too_long", most=most)
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in text):
        raise _Refused("control_characters")
    return text


def _name(raw: str) -> str:
    text = clean_line(raw)
    if not text:
        raise _Refused("required")
    return text


def _credit_code(raw: str) -> str | None:
    text = unicodedata.normalize("NFKC", raw).strip()
    if not text:
        return None
    if len(text) > 40:
        raise _Refused("wrong_check_digit")
    try:
        return str(uscc.validate(text.upper()))
    except ValidationError:
        raise _Refused("wrong_check_digit") from None


def _one_of(options: Mapping[str, object] | tuple[str, ...]) -> Callable[[str], str]:
    def check(raw: str) -> str:
        if not raw:
            raise _Refused("required")
        if raw not in options:
            raise _Refused("unknown_option")
        return raw

    return check


def _number(most: float) -> Callable[[str], float]:
    def check(raw: str) -> float:
        text = unicodedata.normalize("NFKC", raw).strip().replace(",", "")
        if not text:
            raise _Refused("required")
        try:
            value = float(text[:40])
        except ValueError:
            raise _Refused("not_a_number") from None
        if not math.isfinite(value):
            raise _Refused("not_a_number")
        if value < 0:
            raise _Refused("negative")
        if value > most:
            raise _Refused("too_large", most=f"{most:,.0f}")
        return value

    return check


def _staff(raw: str) -> int:
    value = _number(MOST_STAFF)(raw)
    if value != int(value):
        raise _Refused("not_a_whole_number")
    return int(value)


def parse_business(raw: Mapping[str, str]) -> BusinessDetails:
    """The details, or every fault at once. `section` follows from the trade when it is not given.

    Raises: Invalid, codes required, too_long, control_characters, wrong_check_digit, not_a_number,
    not_a_whole_number, negative, too_large, unknown_option.
    """
    faults: list[FieldFault] = []

    def read(field: str, check: Callable[[str], T], fallback: T) -> T:
        try:
            return check(raw.get(field) or "")
        except _Refused as refused:
            faults.append(FieldFault(field, refused.code, refused.params))
            return fallback

    name = read("name", _name, "")
    credit_code = read("credit_code", _credit_code, None)
    form = read("form", _one_of(FORMS), "")
    trade = read("trade", _one_of(TRADES), "other")
    section = read("section", _one_of(SECTIONS), "") if raw.get("section") else TRADES[trade].section
    staff = read("staff", _staff, 0)
    revenue = read("revenue", _number(MOST_MONEY), 0.0)
    assets = read("assets", _number(MOST_MONEY), 0.0)
    district = read("district", _one_of(DISTRICTS), "")
    if faults:
        raise Invalid(tuple(faults))
    size = size_class(trade, staff, revenue, assets)
    return BusinessDetails(name, credit_code, form, section, trade, staff, revenue, assets, district, size)
