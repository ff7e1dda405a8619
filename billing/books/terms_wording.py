"""A relief in plain words, Chinese and English; for pages, the certificate and the verification. Pure."""

from billing.books.fee_kinds import FEE_KINDS
from billing.books.money import Money

Text = dict[str, str]
RELIEFS: dict[str, Text] = {
    "waive": {"zh-Hans": "全免", "en": "Waived in full"},
    "reduce": {"zh-Hans": "减 {percent}%", "en": "{percent} % off"},
    "defer": {"zh-Hans": "晚 {months} 个月付", "en": "Paid {months} months later"},
    "instalments": {"zh-Hans": "分 {instalments} 个月付", "en": "Paid in {instalments} monthly parts"},
}
_CAP: dict[str, Text] = {
    "off": {"zh-Hans": "一共最多减 ¥{cap}", "en": "up to ¥{cap} in all"},
    "later": {"zh-Hans": "一共最多 ¥{cap} 可以这样付", "en": "for up to ¥{cap} in all"},
}
_JOIN = {"zh-Hans": "，", "en": ", "}


def relief_words(relief: str, *, basis_points: int = 0, months: int = 0, instalments: int = 0) -> Text:
    """The relief alone: 减 50%."""
    values = {"percent": f"{basis_points / 100:g}", "months": months, "instalments": instalments}
    return {language: text.format(**values) for language, text in RELIEFS[relief].items()}


def terms_words(
    relief: str, *, cap_minor: int | None, basis_points: int = 0, months: int = 0, instalments: int = 0
) -> Text:
    """The relief with its cap: 减 50%，一共最多减 ¥5,000.00."""
    words = relief_words(relief, basis_points=basis_points, months=months, instalments=instalments)
    if cap_minor is None:
        return words
    cap = _CAP["off" if relief in ("waive", "reduce") else "later"]
    amount = Money(cap_minor).written()
    return {language: words[language] + _JOIN[language] + cap[language].format(cap=amount) for language in words}


def kinds_words(fee_kinds: list[str] | tuple[str, ...]) -> Text:
    """The services it is good for, in the catalogue's order."""
    named = [name for kind, name in FEE_KINDS.items() if kind in fee_kinds]
    return {language: ("、" if language == "zh-Hans" else ", ").join(n[language] for n in named) for language in _JOIN}
