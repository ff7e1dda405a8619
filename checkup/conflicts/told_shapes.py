"""What a piece of told text may be: a person, a firm, a role, or what it is about. Pure."""

import re
from collections.abc import Iterator

from checkup.conflicts import name_words as words
from checkup.conflicts.names import take_apart

HAN = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"
_CLEAN = re.compile(rf"[{HAN}]+(?:·[{HAN}]+)*|[{HAN}A-Za-z0-9().&·' -]*[{HAN}A-Za-z][{HAN}A-Za-z0-9().&·' -]*")
SAYING = re.compile("[某的了签我你他她它没不是在有去给欠要把被吗呢吧啊谁那这哪什怎]|很多|几个|知道|名字|同上")
_NICKNAME = re.compile(
    rf"(?:小|老|大|阿|姓)[{HAN}]|[{HAN}]{{1,2}}(?:老板娘?|总|姐|哥|叔|姨|师傅|经理|先生|女士|小姐|阿姨|律师|医生|老师|工)"
)
LONGEST_PERSON = 4
_LONGEST_NAME, _LONGEST_SHORT = 60, 12
ROLES = tuple(sorted({*words.ROLES, *words.TITLES}, key=len, reverse=True))
_ROLES_OF_FIRMS = {"公司", "单位", "银行", "平台", "保险公司", "物业", "中介", "厂家", "甲", "乙", "品牌方"}
_ROLES_OF_PEOPLE = tuple(set(words.ROLES) - _ROLES_OF_FIRMS)
_SPOKEN = {*ROLES, *words.ALIASES, *words.MATTERS} - {"合作"}
_MATTERS = tuple(sorted(words.MATTERS, key=len, reverse=True))


def is_role(label: str) -> bool:
    return label in words.ROLES or any(label.endswith(role) for role in _ROLES_OF_PEOPLE)


def is_brand(text: str, role: str) -> bool:
    """老板电器有限公司 is no 电器有限公司 of a boss: what is left has a brand of its own, or is a person."""
    rest = take_apart(text[len(role) :].strip())
    return not rest.is_person and not rest.places and take_apart(text).has_form and len(rest.core) <= 2  # noqa: PLR2004


def is_person(text: str) -> bool:
    is_called_so = "某" in text or text in words.ROLES or text in words.MATTERS or _NICKNAME.fullmatch(text)
    return len(text) > 1 and not is_called_so and take_apart(text).is_person


def is_whole_name(text: str) -> bool:
    """A person's name, or an organisation's with its form: what may stand alone beside 和."""
    if not is_name(text):
        return False
    parts = take_apart(text)
    return parts.is_person or parts.has_form or bool(parts.latin) or bool(parts.trades)


def is_name(text: str) -> bool:
    """Whether this can be compared as a name, whole."""
    if not 1 < len(text) <= _LONGEST_NAME or not _CLEAN.fullmatch(text):
        return False
    if (
        "某" in text
        or text in words.ROLES
        or text in words.MATTERS
        or text in words.PLACES
        or _NICKNAME.fullmatch(text)
    ):
        return False
    parts = take_apart(text)
    if parts.is_person or parts.has_form or parts.latin:
        return bool(parts.core)
    return len(text) <= _LONGEST_SHORT and not SAYING.search(text)


def is_firm(text: str) -> bool:
    parts = take_apart(text)
    return parts.has_form and bool(parts.core) and not SAYING.search(parts.core)


def place_before(text: str, end: int) -> int | None:
    """Where in a sentence a firm's name begins: at the place that it begins with."""
    found = [text.rfind(place, 0, end) for place in words.PLACES]
    return max((at for at in found if at >= 0 and end - at > 4), default=None)  # noqa: PLR2004


def _is_short_form(name: str) -> bool:
    """Neither a person's shape, nor a form, nor a trade: a brand, or words about somebody."""
    parts = take_apart(name)
    return not (parts.is_person or parts.has_form or parts.latin or parts.trades)


def people_within(name: str) -> Iterator[str]:
    """Persons at the ends of what may be a brand, a rare long name, or words that nobody could read: 胡斌三人."""
    is_rare = len(name) == LONGEST_PERSON and is_person(name) and name[:2] not in words.SURNAMES
    if is_rare or (len(name) > 2 and "·" not in name and _is_short_form(name)):  # noqa: PLR2004
        cuts = range(2, min(LONGEST_PERSON, len(name)))
        yield from (end for at in cuts for end in (name[:at], name[-at:]) if is_person(end))


def speaks_of_somebody(name: str) -> bool:
    """一个供货商, 张老师和李会计, 见合同: what somebody is or where she is named, and not how she is called."""
    return _is_short_form(name) and any(len(word) > 1 and word in name for word in _SPOKEN)


def is_matter(text: str) -> bool:
    """Made of nothing but the words with which people say what it is about."""
    rest = text.replace(" ", "")
    while rest:
        word = next(filter(rest.startswith, (*_MATTERS, *words.NOBODY)), None)
        if word is None:
            return False
        rest = rest[len(word) :]
    return True
