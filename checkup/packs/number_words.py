"""The numbers of a text, in digits or in words, so that both languages can be held to the same ones. Pure."""

import calendar
import re
from collections.abc import Iterator
from fractions import Fraction

from checkup.packs.values import Text

_WHOLE = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_DIGIT = {letter: Fraction(value) for letter, value in _WHOLE.items()} | {"半": Fraction(1, 2)}
_TENS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"": 1, "万": 10_000, "亿": 100_000_000}
_ZH = re.compile(
    r"(百|千|万)分之([零一二三四五六七八九十]+)|(?:(\d[\d,]*(?:\.\d+)?)|([零一二两三四五六七八九十百千半]+))(万|亿|千|百)?(成)?"
)
_EN_WORDS: dict[str, int | Fraction] = {
    "a": 1, "an": 1, "once": 1, "first": 1, "single": 1, "one": 1, "two": 2, "twice": 2, "double": 2, "doubled": 2,
    "second": 2, "three": 3, "third": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "half": Fraction(1, 2),
}  # fmt: skip
_MONTHS = {name: month for month, name in enumerate(calendar.month_name) if name}
_EN = re.compile(
    rf"(?<![\w.])(?:(\d[\d,]*(?:\.\d+)?)|({'|'.join(_EN_WORDS)}))(?:st|nd|rd|th)?(?!\w)"
    r"(?:[ -]?(hundred|thousand|million))?",
    re.IGNORECASE,
)
_SCALE = {"": 1, "hundred": 100, "thousand": 1_000, "million": 1_000_000}


def _chinese(word: str) -> Fraction:
    """五百 → 500, 两千 → 2000, 十五 → 15, 半 → ½."""
    whole, digit = Fraction(0), Fraction(0)
    for letter in word:
        if letter in _TENS:
            whole, digit = whole + (digit or 1) * _TENS[letter], Fraction(0)
        else:
            digit = _DIGIT[letter]
    return whole + digit


def _in_chinese(text: str) -> Iterator[tuple[Fraction, bool]]:
    for of, parts, digits, word, scale, tenth in _ZH.findall(text):
        if of:
            yield _chinese(parts) * 100 / (_MYRIADS | _TENS)[of], False
            continue
        value = Fraction(digits.replace(",", "")) if digits else _chinese(word)
        yield value * (_MYRIADS | _TENS)[scale] * (10 if tenth else 1), bool(digits)


def _in_english(text: str) -> Iterator[tuple[Fraction, bool]]:
    for digits, word, scale in _EN.findall(text):
        value = Fraction(digits.replace(",", "")) if digits else Fraction(_EN_WORDS[word.lower()])
        yield value * _SCALE[scale.lower()], bool(digits)
    for name, month in _MONTHS.items():
        if name in text:
            yield Fraction(month), False


def unlike(text: Text) -> tuple[str, ...]:
    """The numbers written in digits in one language that the other has neither in digits nor in words."""
    sides = {"zh-Hans": list(_in_chinese(text["zh-Hans"])), "en": list(_in_english(text["en"]))}
    has = {language: {value for value, _ in found} for language, found in sides.items()}
    return tuple(
        f"{float(value):g} stands in {language} alone"
        for language, other in (("zh-Hans", "en"), ("en", "zh-Hans"))
        for value in sorted({value for value, is_digits in sides[language] if is_digits} - has[other])
    )
