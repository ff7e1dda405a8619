"""A name taken apart, so that the same person or company is known however it is written. Pure.

Width and case, traditional characters, place, legal form and trade words, and how it sounds are told apart.
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

from checkup.conflicts import name_words as words
from tenants.lazy_imports import lazily

pypinyin = lazily("pypinyin")

_CJK = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_SPOKEN = 24  # readings of one name that are tried
_LONGEST_PERSON = 4
_LONG_PLACE = 5  # letters: shi and qu begin many names


@dataclass(frozen=True)
class Name:
    """One name: `full` without place and width, `core` the brand (字号) or the person's name, `trades` the trade words.

    `sounds` are the pinyin readings of the core, without tones; `spoken` those of core and trades together. A name in
    Latin letters has its words in `latin`.
    """

    is_person: bool
    full: str
    core: str
    trades: tuple[str, ...]
    places: frozenset[str]
    has_form: bool
    sounds: frozenset[str]
    spoken: frozenset[str]
    latin: tuple[str, ...] = ()


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def plain(text: str) -> str:
    """Half width, lower case, simplified characters; letters, digits and brackets alone."""
    folded = unicodedata.normalize("NFKC", text).lower()
    simple = str(_converter().convert(folded))
    return "".join(c if c.isalnum() or c in "()" else " " for c in simple)


@lru_cache(maxsize=20_000)
def take_apart(text: str) -> Name:
    """The name in its parts; whether it is a person's is told from its shape."""
    simple = plain(text)
    if not _CJK.search(simple):
        return _latin(simple)
    joined = simple.replace(" ", "")
    person = _strip_titles(joined)
    if _looks_like_person(person):
        sounds = person_sounds(person)
        return Name(True, person, person, (), frozenset(), False, sounds, sounds)
    return _organisation(joined)


def _strip_titles(name: str) -> str:
    """张伟先生, 房东张伟: the name alone; a surname with a title stays as it is."""
    for title in sorted(words.TITLES, key=len, reverse=True):
        if name.endswith(title) and len(name) > len(title) + 1:
            return name[: -len(title)]
        if name.startswith(title) and len(name) > len(title) + 1:
            return name[len(title) :]
    return name


def _looks_like_person(name: str) -> bool:
    if not 2 <= len(name) <= _LONGEST_PERSON or not all(map(_CJK.match, name)):
        return False
    if name[0] not in words.SURNAMES and name[:2] not in words.SURNAMES:
        return False
    ends = (*words.LEGAL_FORMS, *(trade for trade in words.TRADES if len(trade) > 1))
    return not any(name.endswith(word) for word in ends) and name[:2] not in words.PLACES


def _organisation(name: str) -> Name:
    rest, places = _strip_places(name)
    rest, has_form = _strip_forms(rest)
    full = rest
    core, trades = _strip_trades(rest)
    sounds = readings(core)
    spoken = readings(full) if trades else sounds
    return Name(False, full, core, trades, frozenset(places), has_form, sounds, spoken)


def _strip_places(name: str) -> tuple[str, set[str]]:
    """Places at the start, up to two (city and district), and in brackets."""
    places: set[str] = set()

    def bracket(match: re.Match[str]) -> str:
        inside = match[1].removesuffix("市").removesuffix("区")
        if inside in words.PLACES:
            places.add(inside)
            return ""
        return match[1]

    rest = re.sub(r"\(([^()]*)\)", bracket, name).replace("(", "").replace(")", "")
    for _ in range(2):
        place = next((one for one in words.PLACES if rest.startswith(one) and len(rest) > len(one) + 1), None)
        if place is None:
            break
        places.add(place)
        rest = re.sub(r"^(新区|市|省|区|县)(?=..)", "", rest[len(place) :])
    return re.sub(r"^\w{2,3}(镇|街道|乡)(?=..)", "", rest) if places else rest, places


def _strip_forms(name: str) -> tuple[str, bool]:
    rest, found = name, False
    while True:
        form = next((one for one in words.LEGAL_FORMS if rest.endswith(one) and len(rest) > len(one) + 1), None)
        if form is None:
            return rest, found
        rest, found = rest[: -len(form)], True


def _strip_trades(name: str) -> tuple[str, tuple[str, ...]]:
    """The brand and the trade words behind it; at least two characters of brand stay."""
    rest, trades = name, list[str]()
    while True:
        trade = max((one for one in words.TRADES if rest.endswith(one)), key=len, default=None)
        if trade is None or len(rest) - len(trade) < 2:  # noqa: PLR2004 - a brand has two characters
            return rest, tuple(reversed(trades))
        rest = rest[: -len(trade)]
        trades.append(trade)


def _latin(simple: str) -> Name:
    """A name in Latin letters: pinyin or English, a person's or a company's."""
    parts = tuple(re.sub(r"[()]", " ", simple).split())
    is_firm = any(part in words.LATIN_FORMS or part in words.LATIN_TRADES for part in parts)
    places = frozenset(part for part in parts if part in words.LATIN_PLACES)
    brand = tuple(p for p in parts if p not in words.LATIN_FORMS | words.LATIN_TRADES | words.LATIN_PLACES) or parts
    whole = tuple(p for p in parts if p not in words.LATIN_FORMS | words.LATIN_PLACES) or parts
    core = same_vowels(_after_place("".join(brand)))
    spoken = frozenset({core, same_vowels("".join(whole)), same_vowels("".join(reversed(brand)))})
    is_person = not is_firm and not places and 1 <= len(parts) <= 3  # noqa: PLR2004 - surname and given name
    return Name(is_person, "".join(parts), core, (), places, is_firm, frozenset({core}), spoken, brand)


def _after_place(joined: str) -> str:
    """Shang Hai written as two words is a place too."""
    place = next((one for one in sorted(words.LATIN_PLACES, key=len, reverse=True) if joined.startswith(one)), "")
    return joined[len(place) :] if len(place) >= _LONG_PLACE and len(joined) > len(place) else joined


def same_vowels(sound: str) -> str:
    """ü is written v, u or yu. Of whole names: Xinyue is xin and yue, and nobody sees where a syllable ends."""
    return sound.replace("ü", "u").replace("v", "u").replace("lyu", "lu").replace("nyu", "nu")


@lru_cache(maxsize=20_000)
def readings(text: str) -> frozenset[str]:
    """Every way to say it, without tones; at most so many."""
    choices = pypinyin.pinyin(text, style=pypinyin.Style.NORMAL, heteronym=True)
    usual = "".join(syllable[0] for syllable in pypinyin.pinyin(text, style=pypinyin.Style.NORMAL))
    every = ("".join(one) for one in itertools.islice(itertools.product(*choices), _SPOKEN))
    return frozenset(map(same_vowels, (usual, *every)))


def person_sounds(name: str) -> frozenset[str]:
    """A person's name said surname first, or last as abroad."""
    turned = (readings(name[at:] + name[:at]) for at in (1, 2) if at < len(name) and name[:at] in words.SURNAMES)
    return readings(name).union(*turned)


def toned(text: str) -> str:
    """How it sounds, with tones."""
    return " ".join(s[0] for s in pypinyin.pinyin(text, style=pypinyin.Style.TONE3, neutral_tone_with_five=True))
