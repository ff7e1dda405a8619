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
from tenants.errors import Unreadable
from tenants.typed.identifiers import credit_code
from tenants.typed.text import prose

_HAN = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"
_FOLDED = str.maketrans(
    "（【〔［｛{[<《〈「『）】〕］｝}]>》〉」』，､：；／｜＋＆．－•・‧＝―—–",
    "(" * 12 + ")" * 12 + ",,:;/|+&.-···=---",
    '“”‘’"＂＇',
)
_LATIN_COMMA = re.compile(r"(?i)\b(co\.?|company|corp\.?|corporation)\s*,\s*(?=(?:ltd|limited|inc|llc|llp)\b)")
_STRONG = re.compile(rf"[\n,、;|/\\\t。！!？?]+|(?<=[{_HAN})])\s*\+\s*(?=[{_HAN}])|\s+and\s+", re.IGNORECASE)
_NUMBERING = re.compile(
    r"(?:^|(?<=[\s,、;。\n)]))(?:[(]?\d{1,2}[)]|\d{1,2}[.、:](?!\d)|[一二三四五六七八九十]{1,2}[、.]|[-*·]\s)\s*"
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
_LABEL = re.compile(rf"^\s*([{_HAN}A-Za-z ]{{1,12}}?)\s*:\s*")
_INNER_LABEL = re.compile(rf"(?<=\S)[\s]+(?=[{_HAN}]{{1,8}}:)")
_AND_OTHERS = re.compile(f"等[{''.join(sorted(words.NUMERALS))}两几]?[人家位]?$|等等$")
_BETWEEN_NAMES = re.compile("以及|及其|和|与|與|及|跟|同")
_CLEAN = re.compile(rf"[{_HAN}]+(?:·[{_HAN}]+)*|[{_HAN}A-Za-z0-9().&·' -]*[{_HAN}A-Za-z][{_HAN}A-Za-z0-9().&·' -]*")
_SAYING = re.compile("[的了我你他她它没不是在有去给欠要把被吗呢吧啊谁那这哪什怎]|很多|几个|知道|名字")
_NICKNAME = re.compile(
    rf"(?:小|老|大|阿)[{_HAN}]|[{_HAN}]{{1,2}}(?:老板娘?|总|姐|哥|叔|姨|师傅|经理|先生|女士|小姐|阿姨|律师|医生|老师|工)"
)
_LONGEST_NAME, _LONGEST_SHORT, _LONGEST_PERSON = 60, 12, 4
_ROLES = tuple(sorted({*words.ROLES, *words.TITLES}, key=len, reverse=True))
_ROLES_OF_FIRMS = {"公司", "单位", "银行", "平台", "保险公司", "物业", "中介", "厂家", "甲", "乙", "品牌方"}
_ROLES_OF_PEOPLE = tuple(set(words.ROLES) - _ROLES_OF_FIRMS)
_BRANCH = re.compile(r"(?<=公司)(?:[^()]{1,12})?(?:分公司|分店|分行|支行|营业部|门店|项目部)$")
_MATTERS = tuple(sorted(words.MATTERS, key=len, reverse=True))


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
    text = prose(told).translate(_FOLDED)
    text = _LATIN_COMMA.sub(r"\1 ", text)
    found: list[ToldName] = []
    for entry in _entries(text):
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
    rest, has_label = _unlabel(_free(rest))
    parts = _split_weakly(rest)
    found = [part for part in (_read_part(one, entry) for one in parts) if part is not None]
    inside = [one for text in inner for one in _read_inside(text)]
    codes += tuple(code for one in inside for code in one.codes)
    if not found and not inside:
        return [ToldName(entry, (), codes, is_understood=False)]
    if found and codes:
        found[0] = ToldName(found[0].told, found[0].names, codes, found[0].is_understood)
    if not found and has_label:
        found = []
    return found + [one for one in inside if one.names or not one.is_understood]


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
    return is_bare and bool(re.match(rf"[{_HAN}]", behind)) and take_apart(text).has_form


def _unlabel(text: str) -> tuple[str, bool]:
    """Without the role in front, with a colon or without."""
    label = _LABEL.match(text)
    if label is not None and (_is_role(label[1].strip()) or len(label[1].strip()) <= _LONGEST_PERSON + 2):
        rest = text[label.end() :]
        if _is_role(label[1].strip()):
            return _unlabel(rest)[0], True
        return f"{label[1].strip()} {rest}", False
    for role in _ROLES:
        if text.startswith(role) and _is_name(text[len(role) :].strip()) and not _is_brand(text, role):
            return text[len(role) :].strip(), True
    return text, False


def _is_role(label: str) -> bool:
    return label in words.ROLES or any(label.endswith(role) for role in _ROLES_OF_PEOPLE)


def _is_brand(text: str, role: str) -> bool:
    """老板电器有限公司 is no 电器有限公司 of a boss: what is left has a brand of its own, or is a person."""
    rest = take_apart(text[len(role) :].strip())
    return not rest.is_person and not rest.places and take_apart(text).has_form and len(rest.core) <= 2  # noqa: PLR2004


def _split_weakly(text: str) -> list[str]:
    """At spaces and between-words, where names stand on both sides."""
    pieces = text.split()
    if len(pieces) > 1 and not re.search("[A-Za-z]", text):
        if all(len(one) == 1 for one in pieces) and len(pieces) <= _LONGEST_PERSON:
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
    return is_last_alone and not any(_is_person(one) or _is_role(one) for one in pieces[:-1])


def _split_at_words(text: str) -> list[str]:
    for match in _BETWEEN_NAMES.finditer(text):
        left, right = text[: match.start()].strip(), text[match.end() :].strip()
        if not left or not right:
            continue
        bare = _unlabel(right.removeprefix("他的").removeprefix("她的").removeprefix("他").removeprefix("她"))[0]
        if _is_whole_name(_unlabel(left)[0]) and (_is_whole_name(bare) or len(_split_at_words(bare)) > 1):
            return [left, *_split_at_words(bare)]
    return [text]


def _is_person(text: str) -> bool:
    is_called_so = text in words.ROLES or text in words.MATTERS or _NICKNAME.fullmatch(text)
    return len(text) > 1 and not is_called_so and take_apart(text).is_person


def _is_whole_name(text: str) -> bool:
    """A person's name, or an organisation's with its form: what may stand alone beside 和."""
    if not _is_name(text):
        return False
    parts = take_apart(text)
    return parts.is_person or parts.has_form or bool(parts.latin) or bool(parts.trades)


def _is_name(text: str) -> bool:
    """Whether this can be compared as a name, whole."""
    if not 1 < len(text) <= _LONGEST_NAME or not _CLEAN.fullmatch(text):
        return False
    if text in words.ROLES or text in words.MATTERS or text in words.PLACES or _NICKNAME.fullmatch(text):
        return False
    parts = take_apart(text)
    if parts.is_person or parts.has_form or parts.latin:
        return bool(parts.core)
    return len(text) <= _LONGEST_SHORT and not _SAYING.search(text)


def _read_part(part: str, entry: str) -> ToldName | None:
    """One name of the entry; None where the part only says what it is about."""
    bare = _unlabel(part)[0].strip(" .:-")
    bare = _AND_OTHERS.sub("", bare) if len(bare) > 2 else bare  # noqa: PLR2004
    if _is_matter(bare):
        return None
    if _is_name(bare) and not _about(bare):
        return ToldName(entry, tuple(dict.fromkeys((bare, *_other_ways(bare)))))
    names, is_whole = _names_in_a_sentence(bare)
    return ToldName(entry, names, is_understood=bool(names) and is_whole)


def _other_ways(name: str) -> Iterator[str]:
    """What else a firm's name may be: its parent's, or the end of it where it begins with other words or a name."""
    if not take_apart(name).has_form:
        return
    yield _BRANCH.sub("", name)
    for at in range(1, len(name) - 3):
        if _is_matter(name[:at]) and _is_firm(name[at:]):
            yield name[at:]
    for match in _BETWEEN_NAMES.finditer(name, 2):
        if _is_firm(name[match.end() :]):
            yield from (name[: match.start()], name[match.end() :])


def _about(name: str) -> str:
    """The longest end of this that only says what it is about: 欠款 of 张伟欠款; nothing where it is a firm's name."""
    parts = take_apart(name)
    if parts.has_form or parts.latin:
        return ""
    return next((name[at:] for at in range(2, len(name)) if _is_matter(name[at:]) and _is_name(name[:at])), "")


def _is_matter(text: str) -> bool:
    """Made of nothing but the words with which people say what it is about."""
    rest = text.replace(" ", "")
    while rest:
        word = next((one for one in (*_MATTERS, *words.NOBODY) if rest.startswith(one)), None)
        if word is None:
            return False
        rest = rest[len(word) :]
    return True


def _names_in_a_sentence(text: str) -> tuple[tuple[str, ...], bool]:
    """What may be the name between words that say what it is about, and whether nothing else is left.

    The longest firm with its legal form, else every person that has such words, or nothing, on both sides.
    """
    joined = text.replace(" ", "")
    for end in range(len(joined), 3, -1):
        if not joined[:end].endswith(words.LEGAL_FORMS):
            continue
        heads = [at for at in range(end - 3) if _is_matter(joined[:at]) or _is_role(joined[:at])]
        at = max((one for one in heads if _is_firm(joined[one:end])), default=None)
        if at is not None:
            return (joined[at:end],), _is_matter(joined[end:])
        place = _place_before(joined, end)
        return ((joined[end - 12 if end > 12 else 0 : end],) if place is None else (joined[place:end],)), False  # noqa: PLR2004
    people = [
        (start, end)
        for start in range(len(joined))
        for end in range(min(len(joined), start + _LONGEST_PERSON), start + 1, -1)
        if _is_person(joined[start:end]) and not _SAYING.search(joined[start:end])
    ]
    whole = [(a, b) for a, b in people if _is_matter(joined[:a]) and _is_matter(joined[b:])]
    return tuple(joined[a:b] for a, b in whole or people), bool(whole)


def _is_firm(text: str) -> bool:
    parts = take_apart(text)
    return parts.has_form and bool(parts.core) and not _SAYING.search(parts.core)


def _place_before(text: str, end: int) -> int | None:
    """Where in a sentence a firm's name begins: at the place that it begins with."""
    found = [text.rfind(place, 0, end) for place in words.PLACES]
    return max((at for at in found if at >= 0 and end - at > 4), default=None)  # noqa: PLR2004


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
        if not rest or _is_role(rest) or _is_matter(rest):
            found += [ToldName(entry, (), codes)] if codes else []
        else:
            read = _read_entry(rest)
            found += [ToldName(one.told, one.names, (*codes, *one.codes), one.is_understood) for one in read]
    return found
