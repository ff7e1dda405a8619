"""Texts in the reader's language: zh-Hans and en are written, zh-Hant is derived, with phrases. Pure.

The law of the place stays in its own words (合同, 信息), only in other characters: so Hong Kong's conversion, which
knows phrases but changes no vocabulary, and our own words where it does not know the law's, or a sign few write.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from opencc import OpenCC

LOCALES = ("zh-Hans", "zh-Hant", "en")
# What a page says of itself, by which browsers and PDF choose how characters are drawn and read out.
LANG_ATTRIBUTE = {"zh-Hans": "zh-Hans-CN", "zh-Hant": "zh-Hant", "en": "en"}
_OWN = {
    "复核": "覆核", "复议": "復議", "答复": "答覆", "回复": "回覆", "批复": "批覆", "反复": "反覆", "写明了": "寫明了",
    "借资质": "借資質", "胡同": "胡同", "周浦": "周浦", "周家": "周家",
}  # fmt: skip
_OWN_WORDS = re.compile(f"({'|'.join(_OWN)})")
_COMMON_SIGNS = str.maketrans("麪羣説税脱衞啓閲悦户鋭册裏兑枱", "麵群說稅脫衛啟閱悅戶銳冊裡兌檯")


@cache
def _converter() -> OpenCC:
    return OpenCC("s2hk")


@lru_cache(maxsize=20_000)
def traditional(text: str) -> str:
    """Simplified to traditional characters."""
    return "".join(_OWN.get(part) or _convert(part) for part in _OWN_WORDS.split(text))


def _convert(text: str) -> str:
    return str(_converter().convert(text)).translate(_COMMON_SIGNS)


def choose(text: Mapping[str, str], locale: str) -> str:
    """The text in this locale."""
    if locale == "en":
        return text["en"]
    return traditional(text["zh-Hans"]) if locale == "zh-Hant" else text["zh-Hans"]
