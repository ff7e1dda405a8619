"""Who is concerned by a case, as its owner tells it. Pure."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from tenants.errors import FieldFault, Invalid

MOST_NAMES, MOST_LENGTH = 20, 100
_BETWEEN = re.compile(r"[\n、；;]+")
ROLES = ("business", "owner", "guarantor", "counterparty")


@dataclass(frozen=True)
class Party:
    """One name with its role in the case: business, owner, guarantor or counterparty."""

    role: str
    name: str


@dataclass(frozen=True)
class CaseNames:
    """What the owner told beside the business's own name; everything may be empty."""

    owner: str = ""
    guarantors: tuple[str, ...] = ()
    counterparties: tuple[str, ...] = ()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "CaseNames":
        document = json.loads(raw)
        return cls(document["owner"], tuple(document["guarantors"]), tuple(document["counterparties"]))

    def to_bytes(self) -> bytes:
        return json.dumps(vars(self), ensure_ascii=False, separators=(",", ":")).encode()

    def parties(self, business: str) -> tuple[Party, ...]:
        """Everybody by role, the business first."""
        owner = (Party("owner", self.owner),) if self.owner else ()
        return (
            Party("business", business),
            *owner,
            *(Party("guarantor", name) for name in self.guarantors),
            *(Party("counterparty", name) for name in self.counterparties),
        )


def parse_names(raw: Mapping[str, str]) -> CaseNames:
    """One name a line. Raises: Invalid: too_long, too_many, control_characters."""
    faults: list[FieldFault] = []
    owner = _lines(raw.get("owner", ""), "owner", faults)
    guarantors = _lines(raw.get("guarantors", ""), "guarantors", faults)
    counterparties = _lines(raw.get("counterparties", ""), "counterparties", faults)
    if faults:
        raise Invalid(tuple(faults))
    return CaseNames(" ".join(owner), guarantors, counterparties)


def _lines(raw: str, field: str, faults: list[FieldFault]) -> tuple[str, ...]:
    found = [" ".join(unicodedata.normalize("NFC", part).split()) for part in _BETWEEN.split(raw.replace("\r", ""))]
    names = tuple(dict.fromkeys(name for name in found if name))
    if len(names) > MOST_NAMES:
        faults.append(FieldFault(field, "too_many", {"most": MOST_NAMES}))
    elif any(len(name) > MOST_LENGTH for name in names):
        faults.append(FieldFault(field, "too_long", {"most": MOST_LENGTH}))
    elif not all(name.isprintable() for name in names):
        faults.append(FieldFault(field, "control_characters"))
    return names
