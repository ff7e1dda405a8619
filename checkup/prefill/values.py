"""What was found of a business elsewhere, before its owner has looked at it. Pure."""

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tenants.districts import DISTRICTS

LICENCE, REGISTER, OWNER = "licence", "register", "owner"
ELSEWHERE = (LICENCE, REGISTER)
SOURCES = (*ELSEWHERE, OWNER)
OF_BUSINESS = ("name", "credit_code", "form", "district")  # what a business is told by anyway
FIELDS = (*OF_BUSINESS, "address", "registered_on")
MOST_ADDRESS = 200
_DAY = re.compile(r"(\d{4})[年\-/.](\d{1,2})[月\-/.](\d{1,2})")
# Words of the licence's own 类型, the surer ones first: a company may be 自然人独资 too.
_FORMS = (
    ("个体", "individual"),
    ("个人独资企业", "sole"),
    ("公司", "company"),
    ("有限责任", "company"),
    ("合伙", "partnership"),
)


@dataclass(frozen=True)
class EarlierCheck:
    """What somebody else has looked at (园区自查、市监局体检): who, on which day (ISO), and question → answer as it was
    told: no pack has read it yet."""

    by: str
    on: str
    answers: Mapping[str, str | list[str]]

    @property
    def day(self) -> dt.date:
        return dt.date.fromisoformat(self.on)


@dataclass(frozen=True)
class Found:
    """Field by field, "" for what was not found; `registered_on` as ISO. `doubtful_code`: seen, with a wrong check
    sign; `checks`: what others have looked at."""

    name: str = ""
    credit_code: str = ""
    form: str = ""
    district: str = ""
    address: str = ""
    registered_on: str = ""
    doubtful_code: str = ""
    checks: tuple[EarlierCheck, ...] = ()

    def to_bytes(self) -> bytes:
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Found":
        told = json.loads(stored)
        checks = tuple(EarlierCheck(**one) for one in told.pop("checks", ()))
        return cls(**told, checks=checks)

    @property
    def day(self) -> dt.date | None:
        return dt.date.fromisoformat(self.registered_on) if self.registered_on else None

    def fields(self) -> Mapping[str, str]:
        """What was found, by the name of its field."""
        return {name: value for name in FIELDS if (value := getattr(self, name))}


def form_of(kind: str, credit_code: str) -> str:
    """The legal form by the words of its register, else by the code's own first signs; "" where neither says it."""
    by_words = next((form for words, form in _FORMS if words in kind), "")
    return by_words or ("individual" if credit_code.startswith("92") else "")


def district_in(address: str) -> str:
    """The city's district that an address names, "" for none."""
    return next((id_ for id_, name in DISTRICTS.items() if name["zh-Hans"] in address), "")


def iso_day(text: str) -> str:
    """A day as papers write it, in ISO; "" for none."""
    if (seen := _DAY.search(text)) is None:
        return ""
    try:
        return dt.date(*(int(part) for part in seen.groups())).isoformat()
    except ValueError:
        return ""
