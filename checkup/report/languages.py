"""Texts in the reader's language: zh-Hans and en are written, zh-Hant is derived. Pure."""

from collections.abc import Mapping
from functools import cache

from opencc import OpenCC

LOCALES = ("zh-Hans", "zh-Hant", "en")


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def traditional(text: str) -> str:
    """Simplified to traditional characters."""
    return str(_converter().convert(text))


def choose(text: Mapping[str, str], locale: str) -> str:
    """The text in this locale."""
    if locale == "en":
        return text["en"]
    return traditional(text["zh-Hans"]) if locale == "zh-Hant" else text["zh-Hans"]
