"""How alike two names are, and why. Pure.

A hit (score ≥ `HIT`) stands between a lawyer and the facts; from `SAME` on only a partner may clear it. What lies
between `RELATED` and `HIT` is shown as a hint: the same brand in another trade or town, a shop that bears a name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from checkup.conflicts.name_words import NUMERALS, PLACE_SHORT
from checkup.conflicts.names import Name, plain, take_apart, toned

SAME, HIT, RELATED = 0.9, 0.75, 0.6
_LONG_CORE, _NEARLY = 4, 85.0


@dataclass(frozen=True)
class Likeness:
    """A score in [0, 1] and the code of its reason."""

    score: float
    reason: str


NOTHING = Likeness(0.0, "different")


@lru_cache(maxsize=50_000)
def compare(one: str, other: str) -> Likeness:
    """How alike two names are; the order does not matter."""
    a, b = take_apart(one), take_apart(other)
    if not a.core or not b.core:
        return NOTHING
    if a.full == b.full and a.is_person == b.is_person and _places_agree(a, b):
        return Likeness(1.0, "same_name")
    if a.latin or b.latin:
        return _compare_latin(a, b)
    if a.is_person and b.is_person:
        return _compare_people(a, b)
    if a.is_person or b.is_person:
        return _compare_mixed(*((a, b) if a.is_person else (b, a)))
    return _compare_firms(a, b)


def _places_agree(a: Name, b: Name) -> bool:
    return not a.places or not b.places or bool(a.places & b.places)


def _compare_latin(a: Name, b: Name) -> Likeness:
    """At least one is in Latin letters: what counts is the sound, in any order of surname and given name."""
    if a.latin and b.latin:
        is_same = sorted(a.latin) == sorted(b.latin) or bool(a.spoken & b.spoken)
        return Likeness(0.95, "same_name") if is_same and _places_agree(a, b) else NOTHING
    latin, chinese = (a, b) if a.latin else (b, a)
    if latin.spoken & (chinese.sounds | chinese.spoken):
        return Likeness(0.9, "pinyin")
    return NOTHING


def _compare_people(a: Name, b: Name) -> Likeness:
    if a.core == b.core:
        return Likeness(1.0, "same_name")
    is_near = len(a.core) == len(b.core) and a.core[0] == b.core[0]
    if is_near and toned(a.core) == toned(b.core):
        return Likeness(0.78, "sounds_same")
    return NOTHING


def _compare_mixed(person: Name, firm: Name) -> Likeness:
    """A person, and a shop or a short form of a company's name."""
    if person.core == firm.core:
        return Likeness(0.8, "bears_name")
    if firm.core.startswith(person.core):
        return Likeness(0.65, "bears_name")
    return _abbreviated(person, firm)


def _compare_firms(a: Name, b: Name) -> Likeness:
    if a.core == b.core:
        return _same_brand(a, b)
    short = max((_abbreviated(a, b), _abbreviated(b, a)), key=lambda likeness: likeness.score)
    if short.score:
        return short
    if _numerals(a.full) != _numerals(b.full) or not _places_agree(a, b):
        return NOTHING
    if len(a.core) == len(b.core) and toned(a.core) == toned(b.core) and _trades_agree(a, b):
        return Likeness(0.78, "sounds_same")
    is_long = min(len(a.core), len(b.core)) >= _LONG_CORE
    if is_long and fuzz.ratio(a.core, b.core) >= _NEARLY and _trades_agree(a, b):
        return Likeness(0.78, "nearly_same")
    return NOTHING


def _same_brand(a: Name, b: Name) -> Likeness:
    if not _places_agree(a, b):
        return Likeness(0.7, "other_place")
    if a.trades == b.trades:
        return Likeness(0.97, "same_brand")
    if not a.trades or not b.trades:
        return Likeness(0.9, "short_form")
    if _trades_agree(a, b):
        return Likeness(0.9, "same_brand")
    return Likeness(0.65, "other_trade")


def _trades_agree(a: Name, b: Name) -> bool:
    """One says nothing, or the trades share a word: 餐饮 and 餐饮管理."""
    one, other = "".join(a.trades), "".join(b.trades)
    if not one or not other:
        return True
    return one in other or other in one or fuzz.ratio(one, other) >= 60  # noqa: PLR2004 - more than half alike


def _numerals(text: str) -> str:
    return "".join(c for c in text if c in NUMERALS)


def _abbreviated(short: Name, long: Name) -> Likeness:
    """中石化 for 中国石油化工: first characters of the long name's words, in order, the brand's among them."""
    text = short.full
    if short.has_form or short.places or not 2 <= len(text) <= 4 or not long.has_form:  # noqa: PLR2004
        return NOTHING
    for place in long.places or {""}:
        marks = {place[:1], *(mark for mark, full in PLACE_SHORT.items() if full == place)} if place else {""}
        initials = "".join(chunk[0] for chunk in _chunks(long))
        for mark in marks:
            if text[0] == long.core[0] and _is_within(text, initials):
                return Likeness(0.78, "abbreviation")
            if mark and text[0] == mark and text[1] == long.core[0] and _is_within(text[1:], initials):
                return Likeness(0.78, "abbreviation")
            if mark and text == mark + long.core:
                return Likeness(0.9, "short_form")
    return NOTHING


def _chunks(name: Name) -> Iterable[str]:
    """The words of a name: two characters each."""
    for part in (name.core, *name.trades):
        yield from (part[i : i + 2] for i in range(0, len(part), 2))


def _is_within(text: str, initials: str) -> bool:
    return any("".join(chosen) == text for chosen in combinations(initials, len(text)))


def find_within(told: str, name: str) -> Likeness:
    """Whether a text that nobody could read as names bears this one: whole, or its brand."""
    text, sought = plain(told).replace(" ", ""), take_apart(name)
    whole = plain(name).replace(" ", "")
    if len(whole) > 1 and whole in text:
        return Likeness(SAME if sought.has_form else 0.8, "named_within")
    if len(sought.core) > 1 and not sought.latin and sought.core in text:
        return Likeness(0.78, "named_within")
    return NOTHING


def is_same_code(one: str | None, other: str | None) -> bool:
    """The same unified social credit code."""
    return bool(one) and bool(other) and (one or "").strip().upper() == (other or "").strip().upper()
