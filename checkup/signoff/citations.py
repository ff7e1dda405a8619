"""Which laws a text cites, and whether they still hold on a day. Pure.

A citation is a title in《》, then perhaps articles (第四十七条、第48条). Titles are matched to the pack's laws and to
the list of repealed laws, with or without 中华人民共和国 in front. For facts of its time a former law still counts: it
is cited as 原《…》 or 当时的《…》.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checkup.packs.values import Law, Pack

_NUMBER = "[0-9〇零一二三四五六七八九十百千]+"
_CITED = re.compile(
    rf"(原|当时的|旧)?《([^《》]{{2,80}})》((?:[（(][^）)]{{0,40}}[）)])?(?:[、，和及与]?第{_NUMBER}条(?:之[一二三四五六七八九十])?)*)"
)
_ARTICLE = re.compile(rf"第({_NUMBER})条(?:之([一二三四五六七八九十]))?")
_STATE = "中华人民共和国"
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class Citation:
    """A law as a text names it, and the articles: "47", "133-1". `is_past`: cited as the former law (原《合同法》)."""

    title: str
    articles: tuple[str, ...]
    is_past: bool = False


@dataclass(frozen=True)
class Ended:
    """A cited law or article that is no longer in force since `since`; `successor` takes its place, if one is known."""

    title: str
    article: str | None
    since: dt.date
    successor: str | None


@dataclass(frozen=True)
class Repealed:
    """A law that lost force on a day, known beside the pack's own."""

    title: str
    since: dt.date
    successor: str | None


def cited(text: str) -> tuple[Citation, ...]:
    """The citations of a text, in reading order."""
    return tuple(
        Citation(title, tuple(_article(number, part) for number, part in _ARTICLE.findall(articles)), bool(past))
        for past, title, articles in _CITED.findall(text)
    )


def _article(number: str, part: str) -> str:
    return f"{to_number(number)}-{to_number(part)}" if part else str(to_number(number))


def to_number(written: str) -> int:
    """一百三十三 → 133, 一〇二 → 102, 47 → 47."""
    if written.isdecimal():
        return int(written)
    if not set(written) & set(_UNITS):
        return int("".join(str(_DIGITS[c]) for c in written))
    total, digit = 0, 0
    for c in written:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit


def ended(
    text: str, pack: Pack, today: dt.date, *, repealed: Iterable[Repealed], changed: Mapping[tuple[str, str], dt.date]
) -> tuple[Ended, ...]:
    """What the text cites although it no longer holds today; former law that is called so (原《合同法》) may be cited.

    `changed`: (law id of the pack, article) → the day its wording changed after the text was written.
    """
    known = {plain_title(law.title["zh-Hans"]): (law_id, law) for law_id, law in pack.laws.items()}
    gone = {plain_title(one.title): one for one in repealed if one.since <= today}
    found: list[Ended] = []
    for citation in cited(text):
        title = plain_title(citation.title)
        if citation.is_past:
            continue
        if title in known:
            found += _ended_in_pack(citation, *known[title], today, changed)
        elif title in gone:
            found.append(Ended(citation.title, None, gone[title].since, gone[title].successor))
    return tuple(dict.fromkeys(found))


def _ended_in_pack(
    citation: Citation, law_id: str, law: Law, today: dt.date, changed: Mapping[tuple[str, str], dt.date]
) -> Iterator[Ended]:
    if law.until is not None and today > law.until:
        since = law.until + dt.timedelta(days=1)
        yield Ended(citation.title, None, since, law.successor["zh-Hans"] if law.successor else None)
        return
    for article in citation.articles:
        day = changed.get((law_id, article))
        if day is not None and day <= today:
            yield Ended(citation.title, article, day, None)


def plain_title(title: str) -> str:
    """The title as people write it: without 中华人民共和国 and without the year of an amendment in brackets."""
    return re.sub(r"[（(](?:\d{4}|[^）)]*(?:修正|修订|年))[^）)]*[）)]", "", title.strip()).removeprefix(_STATE)


def ended_basis(
    pack: Pack, risk_id: str, today: dt.date, changed: Mapping[tuple[str, str], dt.date]
) -> tuple[Ended, ...]:
    """The articles on which a finding rests that no longer hold today in the version the pack cites."""
    found: list[Ended] = []
    for basis in pack.risk(risk_id).basis:
        law = pack.laws[basis.law]
        later = {article: day for article, day in changed.items() if day > basis.version_on}
        found += _ended_in_pack(Citation(law.title["zh-Hans"], basis.articles), basis.law, law, today, later)
    return tuple(found)
