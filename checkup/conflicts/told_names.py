"""What people write into a field of names, read as a list of parties: split, labelled, freed of what is no name. Pure.

Whatever is not understood to its last sign stays as it was told and says so: a name that nobody could read must not
pass for one that matches nobody.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from checkup.conflicts import name_words as words
from checkup.conflicts.names import take_apart
from checkup.conflicts.told_shapes import (
    HAN,
    LONGEST_PERSON,
    ROLES,
    SAYING,
    is_brand,
    is_firm,
    is_matter,
    is_name,
    is_person,
    is_role,
    is_whole_name,
    people_within,
    place_before,
    speaks_of_somebody,
)
from tenants.errors import Unreadable
from tenants.typed.identifiers import credit_code
from tenants.typed.text import prose

_FOLDED = str.maketrans(
    "（【〔［｛{[<《〈「『）】〕］｝}]>》〉」』，､：；／｜＋＆．－•・‧＝―—–",
    "(" * 12 + ")" * 12 + ",,:;/|+&.-···=---",
    '“”‘’"＂＇',
)
_ARROWS = re.compile(r"[-=—－]+[>＞]|[→⇒~～]|…+|\.{3,}")
_CASE_NUMBERS = re.compile(rf"[(（〔]\d{{4}}[)）〕][{HAN}]{{1,2}}\d*[{HAN}]{{1,4}}\d+号(?:之[一二三四五六七八九十])?")
_LATIN_COMMA = re.compile(r"(?i)\b(co\.?|company|corp\.?|corporation)\s*,\s*(?=(?:ltd|limited|inc|llc|llp)\b)")
_STRONG = re.compile(rf"[\n,、;|/\\\t。！!？?]+|(?<=[{HAN})])\s*[+&]\s*(?=[{HAN}])|\s+and\s+", re.IGNORECASE)
_NUMBERING = re.compile(
    r"(?:^|(?<=[\s,、;。\n)]))(?:[(]?\d{1,2}[)]|\d{1,2}[.、:](?!\d)|[一二三四五六七八九十壹贰叁肆伍]{1,2}[、.]"
    r"|[A-Ha-h][.、]|[-*·]\s)\s*|[(][一二三四五六七八九十]{1,2}[)]"
    r"|[\u2460-\u2473\u3220-\u3229]"
)
_CODES = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])", re.ASCII)
_PHONES = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?(?:1\d{2}[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\+\d[\d -]{7,16}\d)(?!\d)", re.ASCII
)
_AMOUNTS = re.compile(
    r"[¥￥$]?\s*\d[\d,.]*\s*(?:百万|千万|[百千万亿])?多?\s*"
    r"(?:元|块钱|块|圆|RMB|人民币|万|年|个?月|天|日|号|%|个人|人|期|次)?(?![0-9A-Za-z])",
    re.ASCII,
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_LABEL = re.compile(rf"^\s*([{HAN}A-Za-z ]{{1,12}}?)\s*[:=]\s*")
_INNER_LABEL = re.compile(rf"(?<=\S)[\s]+(?=[{HAN}]{{1,8}}:)")
_NUMERAL = f"[{''.join(sorted(words.NUMERALS))}两几]"
_AND_OTHERS = re.compile(
    f"(?:等{_NUMERAL}?[个名位]?(?:人|家|员工|工人|股东)?|等等|{_NUMERAL}个?人|夫[妻妇](?:俩|两人|二人)?|[父母][子女]俩?"
    "|兄[弟妹]俩?|姐[妹弟]俩?|一家人?|他们|俩)$"
)
_BETWEEN_NAMES = re.compile("以及|及其|或者|或是|还有|加上|和|与|與|及|跟|同")
_ORDINAL = re.compile(rf"^[一二三四五六七八九十\d]{{1,2}}\s*(?=[{HAN}]{{2}})")
_ORDINAL_BEHIND = re.compile(r"[一二三四五六七八九十甲乙丙丁\d]{1,2}$")
_LEADS = re.compile(
    "^(?:还有|另有|另外|其中|主要是?|就是|包括|以前的?|原来的?|之前的?|楼[上下]的?|隔壁的?|对面的?|我们?的?|店里的?"
    "|他的?|她的?|其|前任?|原|现任?|新|旧|另一个)"
)
_CALLED = re.compile("^(?:名?叫做?|就?是|为)")
_BRANCH = re.compile(r"(?<=公司)(?:[^()]{1,12})?(?:分公司|分店|分行|支行|营业部|门店|项目部)$")


@dataclass(frozen=True)
class ToldName:
    """One party out of what was told: how it is called (every way, the likest first) and by which credit codes.

    `is_understood` is false where something was left that could be a name, or where no name was found; then `told`
    is what a person has to look at.
    """

    told: str
    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    is_understood: bool = True

    @property
    def shown(self) -> str:
        return self.names[0] if self.names and self.is_understood else self.told


@lru_cache(maxsize=20_000)
def read_told(told: str) -> tuple[ToldName, ...]:
    """Every party in what was told, each once, in the order in which they stand."""
    text = _ARROWS.sub(",", _CASE_NUMBERS.sub(" ", prose(told))).translate(_FOLDED)
    text = _LATIN_COMMA.sub(r"\1 ", text)
    found: list[ToldName] = []
    for entry in _entries(text):
        if not (found and found[-1].is_understood and _is_detail(entry)):
            found += _read_entry(entry)
    return _once(found)


def _once(found: Sequence[ToldName]) -> tuple[ToldName, ...]:
    kept: dict[tuple[str, ...], ToldName] = {}
    for one in found:
        key = one.names if one.is_understood else (one.told, "?")
        held = kept.get(key)
        codes = (*(held.codes if held else ()), *one.codes)
        kept[key] = ToldName(one.told, one.names, tuple(dict.fromkeys(codes)), one.is_understood)
    return tuple(kept.values())


def _entries(text: str) -> Iterator[str]:
    """The text cut at every strong separator that stands outside of brackets."""
    unnumbered = _NUMBERING.sub("\n", text)
    depth, cut = 0, list[str]()
    for one in unnumbered:
        depth = max(0, depth + (one == "(") - (one == ")"))
        cut.append("\x00" if depth and _STRONG.fullmatch(one) else one)
    for part in _STRONG.split("".join(cut)):
        for entry in _INNER_LABEL.split(part):
            if entry.strip(" .:-"):
                yield entry.replace("\x00", ",").strip(" .:-")


def _read_entry(entry: str) -> list[ToldName]:
    if entry.casefold() in words.NOBODY:
        return []
    rest, inner = _unwrap(entry)
    rest, codes = _take_codes(rest)
    label = _LABEL.match(rest)
    if label is not None and is_matter(label[1]) and _is_detail(rest):
        return []
    parts = _split_weakly(_unlabel(_free(rest)))
    found = [part for part in (_read_part(one, entry) for one in parts) if part is not None]
    inside = [one for text in inner for one in _read_inside(text)]
    codes += tuple(code for one in inside for code in one.codes)
    if not found and not inside:
        return [ToldName(entry, (), codes, is_understood=False)]
    if found and codes:
        found[0] = ToldName(found[0].told, found[0].names, codes, found[0].is_understood)
    return found + [one for one in inside if one.names or not one.is_understood]


def _is_detail(entry: str) -> bool:
    """Nothing but phones, amounts and what it is about: 电话：13800138000, 押金2万没退."""
    return is_matter(_free(entry).replace(":", ""))


def _unwrap(entry: str) -> tuple[str, list[str]]:
    """What stands in brackets, taken out, unless it belongs to the name: a place, a legal form, a group."""
    inner: list[str] = []

    def bracket(match: re.Match[str]) -> str:
        inside = match[1].strip()
        if inside.removesuffix("市").removesuffix("区") in words.PLACES or inside in words.LEGAL_FORMS or not inside:
            return match[0] if inside else ""
        inner.append(inside)
        return " "

    return _BRACKETS.sub(bracket, entry), inner


def _take_codes(text: str) -> tuple[str, tuple[str, ...]]:
    codes: list[str] = []

    def code(match: re.Match[str]) -> str:
        try:
            codes.append(credit_code(match[0]))
        except Unreadable:
            return match[0]
        return " "

    return _CODES.sub(code, text), tuple(codes)


def _free(text: str) -> str:
    """Without phones and, where no name is made of it, without amounts and dates."""
    bare = _PHONES.sub(" ", text)
    return _AMOUNTS.sub(lambda match: match[0] if _is_within_name(bare, match) else " ", bare).strip(" .:-")


def _is_within_name(text: str, match: re.Match[str]) -> bool:
    """58同城, 第3建筑公司: a bare number with the sign of a name right beside it, in a name of a firm."""
    bare = unicodedata.normalize("NFKC", match[0]).strip()
    behind = text[match.end() : match.end() + 1]
    is_bare = bool(re.fullmatch(r"\d{1,4}", bare, re.ASCII))
    return is_bare and bool(re.match(rf"[{HAN}]", behind)) and take_apart(text).has_form


def _unlabel(text: str) -> str:
    """Without the role in front: 被告二：, 前合伙人, 房东叫, 其股东."""
    label = _LABEL.match(text)
    if label is not None:
        said = _ORDINAL_BEHIND.sub("", label[1].strip())
        if is_role(said):
            return _unlabel(text[label.end() :])
        if len(said) <= LONGEST_PERSON + 2:
            return f"{said} {text[label.end() :]}"
    bare = text
    while bare:
        for role in filter(bare.startswith, ROLES):
            rest = _CALLED.sub("", _ORDINAL.sub("", bare[len(role) :].strip())).strip()
            if is_name(rest) and not is_brand(bare, role):
                return rest
        lead = _LEADS.match(bare)
        bare = bare[lead.end() :] if lead else ""
        if is_person(bare):
            return bare
    return text


def _split_weakly(text: str) -> list[str]:
    """At spaces and between-words, where names stand on both sides."""
    pieces = text.split()
    if len(pieces) > 1 and not re.search("[A-Za-z]", text):
        if all(len(one) == 1 for one in pieces) and len(pieces) <= LONGEST_PERSON:
            pieces = ["".join(pieces)]
        elif not _joins_to_firm(pieces):
            return [part for piece in pieces for part in _split_at_words(piece)]
        else:
            pieces = ["".join(pieces)]
    return _split_at_words(" ".join(pieces)) if pieces else []


def _joins_to_firm(pieces: Sequence[str]) -> bool:
    """上海 永兴 餐饮管理有限公司: pieces of one name, the legal form at its end alone."""
    forms = [take_apart(one).has_form for one in pieces]
    is_last_alone = forms[-1] and not any(forms[:-1])
    begins_anew = bool(take_apart(pieces[-1]).places)
    return is_last_alone and not begins_anew and not any(is_person(one) or is_role(one) for one in pieces[:-1])


def _split_at_words(text: str) -> list[str]:
    for match in _BETWEEN_NAMES.finditer(text):
        left, right = text[: match.start()].strip(), text[match.end() :].strip()
        if not left or not right:
            continue
        bare = _unlabel(right)
        if is_whole_name(_unlabel(left)) and (is_whole_name(bare) or len(_split_at_words(bare)) > 1):
            return [left, *_split_at_words(bare)]
    return [text]


def _read_part(part: str, entry: str) -> ToldName | None:
    """One name of the entry; None where the part only says what it is about."""
    bare = _unlabel(part).strip(" .:-")
    alone = _AND_OTHERS.sub("", bare)
    bare = alone if is_whole_name(alone) else bare
    if is_matter(bare) or bare in words.ROLES:
        return None
    if is_name(bare) and not _about(bare):
        hidden = tuple(people_within(bare))
        ways = tuple(dict.fromkeys((bare, *_other_ways(bare), *hidden)))
        return ToldName(entry, ways, is_understood=not hidden and not speaks_of_somebody(bare))
    names, is_whole = _names_in_a_sentence(bare)
    return ToldName(entry, names, is_understood=bool(names) and is_whole)


def _other_ways(name: str) -> Iterator[str]:
    """What else a firm's name may be: its parent's, or the end of it where it begins with other words or a name."""
    if not take_apart(name).has_form:
        return
    yield _BRANCH.sub("", name)
    place = place_before(name, len(name))
    if place:
        yield name[place:]
    for at in range(1, len(name) - 3):
        if is_matter(name[:at]) and is_firm(name[at:]):
            yield name[at:]
    for match in _BETWEEN_NAMES.finditer(name, 2):
        left, right = name[: match.start()], name[match.end() :]
        if is_whole_name(left) and is_firm(right):
            yield from (left, right)


def _about(name: str) -> str:
    """The longest end of this that only says what it is about: 欠款 of 张伟欠款; nothing where it is a firm's name."""
    parts = take_apart(name)
    if parts.has_form or parts.latin:
        return ""
    ends = (at for at in range(2, len(name)) if is_matter(name[at:]) and is_name(name[:at]))
    return next((name[at:] for at in ends if len(name) - at > 1 or is_person(name[:at])), "")


def _names_in_a_sentence(text: str) -> tuple[tuple[str, ...], bool]:
    """What may be the name between words that say what it is about, and whether nothing else is left.

    The longest firm with its legal form, else every person that has such words, or nothing, on both sides.
    """
    joined = text.replace(" ", "")
    for end in range(len(joined), 3, -1):
        if not joined[:end].endswith(words.LEGAL_FORMS):
            continue
        heads = [at for at in range(end - 3) if is_matter(joined[:at]) or is_role(joined[:at])]
        at = max((one for one in heads if is_firm(joined[one:end])), default=None)
        if at is not None:
            return (joined[at:end],), is_matter(joined[end:])
        place = place_before(joined, end)
        return ((joined[end - 12 if end > 12 else 0 : end],) if place is None else (joined[place:end],)), False  # noqa: PLR2004
    people = [
        (start, end)
        for start in range(len(joined))
        for end in range(min(len(joined), start + LONGEST_PERSON), start + 1, -1)
        if is_person(joined[start:end]) and not SAYING.search(joined[start:end])
    ]
    whole = [(a, b) for a, b in people if is_matter(joined[:a]) and is_matter(joined[b:])]
    return tuple(joined[a:b] for a, b in whole or people), bool(whole)


def _read_inside(inside: str) -> list[ToldName]:
    """What stood in brackets: nobody for a role, an amount or a phone; else parties of their own."""
    found: list[ToldName] = []
    for entry in _STRONG.split(inside):
        rest, codes = _take_codes(entry)
        rest = _free(rest)
        for alias in sorted(words.ALIASES, key=len, reverse=True):
            if rest.startswith(alias) and len(rest) > len(alias) + 1:
                rest = rest[len(alias) :].lstrip(" :")
                break
        rest = rest.strip(" .:-")
        if not rest or is_role(rest) or is_matter(rest):
            found += [ToldName(entry, (), codes)] if codes else []
        else:
            read = _read_entry(rest)
            found += [ToldName(one.told, one.names, (*codes, *one.codes), one.is_understood) for one in read]
    return found
