"""Who is concerned by a case, as its owner tells it. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from checkup.conflicts.told_names import read_told
from tenants.errors import FieldFault, Invalid
from tenants.typed.identifiers import holds_id_card
from tenants.typed.text import prose

MOST_NAMES, MOST_LENGTH, MOST_LINE = 20, 100, 500
ROLES = ("business", "owner", "guarantor", "counterparty")


@dataclass(frozen=True)
class Party:
    """One of the concerned with the role in the case: business, owner, guarantor or counterparty.

    `ways` are the names to compare, `codes` the credit codes that were told with them. Where `is_understood` is
    false, `name` is what was told, and a person has to look.
    """

    role: str
    name: str
    ways: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    is_understood: bool = True


@dataclass(frozen=True)
class CaseNames:
    """What the owner told beside the business's own name, line by line as she wrote it; everything may be empty."""

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
        """Everybody by role, the business first; each line is read for all whom it names."""
        return (
            Party("business", business, tuple(way for one in read_told(business) for way in one.names)),
            *_read("owner", (self.owner,)),
            *_read("guarantor", self.guarantors),
            *_read("counterparty", self.counterparties),
        )


def _read(role: str, lines: tuple[str, ...]) -> tuple[Party, ...]:
    told = (one for line in lines for one in read_told(line))
    return tuple(dict.fromkeys(Party(role, one.shown, one.names, one.codes, one.is_understood) for one in told))


def parse_names(raw: Mapping[str, str]) -> CaseNames:
    """What was written, line by line. Raises: Invalid: too_long, too_many, id_card."""
    faults: list[FieldFault] = []
    owner = _lines(raw.get("owner", ""), "owner", faults)
    guarantors = _lines(raw.get("guarantors", ""), "guarantors", faults)
    counterparties = _lines(raw.get("counterparties", ""), "counterparties", faults)
    if faults:
        raise Invalid(tuple(faults))
    return CaseNames(" ".join(owner), guarantors, counterparties)


def _lines(raw: str, field: str, faults: list[FieldFault]) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(line.strip() for line in prose(raw).split("\n") if line.strip()))
    names = [one.shown for line in lines for one in read_told(line[:MOST_LINE])]
    if holds_id_card(raw):
        faults.append(FieldFault(field, "id_card"))
    elif len(names) > MOST_NAMES:
        faults.append(FieldFault(field, "too_many", {"most": MOST_NAMES}))
    elif any(len(line) > MOST_LINE for line in lines) or any(len(name) > MOST_LENGTH for name in names):
        faults.append(FieldFault(field, "too_long", {"most": MOST_LENGTH}))
    return lines
