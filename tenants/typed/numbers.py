"""Numbers as people type them (full width, thousands, 万, units, 约): understood or refused, never guessed. Pure."""

import re
from decimal import Decimal

from tenants.errors import Unreadable
from tenants.typed.text import for_machines

_MOST_TYPED = 40
_BEFORE = re.compile(r"^(?:大约|大概|差不多|约|近|人民币|RMB|CNY|[¥￥$])\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:左右|上下|多)$")
_TIMES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "百万": 1_000_000, "千万": 10_000_000,
          "亿": 100_000_000, "億": 100_000_000}  # fmt: skip
_WRITTEN = re.compile(
    r"(?P<sign>[-−]?)\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:[.。](?P<part>\d*))?\s*"
    r"(?P<times>百万|千万|[百千万萬亿億]?)\s*"
    r"(?P<unit>元|块|塊|圆|人|个人|位|名|个|家|件|次|份|天|日|月|个月|年|小时|分钟|分|%)?",
    re.ASCII,
)
_YUAN = ("元", "块", "塊", "圆")


def number(raw: str, *, unit: int = 1) -> Decimal:
    """The number that was written. `unit` says in how many of the field's units money is asked (10,000 for 万元):
    there `80`, `80万` and `800000元` are the same. Raises: Unreadable `required`, `not_a_number`, `negative`.
    """
    typed = for_machines(raw[:_MOST_TYPED])
    if not typed:
        raise Unreadable("required")
    found = _WRITTEN.fullmatch(_AFTER.sub("", _BEFORE.sub("", typed))) if len(raw) <= _MOST_TYPED else None
    if found is None:
        raise Unreadable("not_a_number")
    value = Decimal(found["whole"].replace(",", "") + "." + (found["part"] or "0")) * _TIMES[found["times"]]
    if found["sign"] and value:
        raise Unreadable("negative")
    is_in_ones = found["times"] or found["unit"] in _YUAN
    return value / unit if is_in_ones else value


def whole(raw: str, *, least: int, most: int) -> int:
    """A whole number. Raises: Unreadable `required`, `not_a_whole_number`, `negative`, `not_between`."""
    try:
        value = number(raw)
    except Unreadable as refused:
        raise Unreadable("not_a_whole_number" if refused.code == "not_a_number" else refused.code) from None
    if value != int(value):
        raise Unreadable("not_a_whole_number")
    if not least <= value <= most:
        raise Unreadable("not_between", least=least, most=most)
    return int(value)


def whole_number(raw: str, *, least: int, most: int) -> int | None:
    """The whole number that was written, or None where it is none or outside its room."""
    try:
        return whole(raw, least=least, most=most)
    except Unreadable:
        return None


def fen(raw: str) -> int:
    """Money in yuan as whole fen. Raises: Unreadable `required`, `not_money`, `negative`, `fraction_of_a_fen`."""
    try:
        value = number(raw) * 100
    except Unreadable as refused:
        raise Unreadable("not_money" if refused.code == "not_a_number" else refused.code) from None
    if value != int(value):
        raise Unreadable("fraction_of_a_fen")
    return int(value)
