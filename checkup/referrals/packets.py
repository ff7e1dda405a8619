"""What an owner lets go with a referral: one sealed document, made the same way for the page that asks her."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from checkup.cases.models import FindingRow
from checkup.packs.values import Pack
from checkup.ways.values import Dispute
from tenants.errors import NotFound
from tenants.providers.kinds import KINDS, MEDIATION, SERVICES

MATTER, CONTACT, FILES = "matter", "contact", "files"
LEVELS = (MATTER, CONTACT, FILES)
WAY, RISK, OWN = "way", "risk", "own"
Text = Mapping[str, str]


@dataclass(frozen=True)
class Subject:
    """What it is about: `topic` as `Referral.topic`; `until`: the nearest day that runs, ISO or empty.

    `kind` and `service`: of the bodies that take it, empty for any.
    """

    topic: str
    title: Text
    until: str
    kind: str
    service: str


@dataclass(frozen=True)
class Packet:
    """`words`: hers. `name` to `phone` are empty at the level of the matter alone."""

    title: Text
    until: str
    words: str
    district: str
    trade: str
    languages: tuple[str, ...]
    certificate: str
    name: str
    person: str
    phone: str

    @property
    def until_on(self) -> dt.date | None:
        return dt.date.fromisoformat(self.until) if self.until else None

    def at_level(self, level: str) -> "Packet":
        """No more than this level lets go."""
        return replace(self, name="", person="", phone="") if level == MATTER else self

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Packet":
        told: dict[str, Any] = json.loads(raw)
        return cls(**told | {"languages": tuple(told["languages"])})


def subject_of(topic: str, *, pack: Pack, disputes: Sequence[Dispute], found: Sequence[FindingRow]) -> Subject:
    """Raises: NotFound for a topic that is none in this checkup."""
    kind, _colon, code = topic.partition(":")
    if kind == WAY:
        for one in disputes:
            if one.id == code:
                return Subject(topic, one.title, _until(found, one.risks), MEDIATION, one.service)
    if kind == RISK and any(one.risk == code for one in found):
        risk = pack.risk(code)
        if risk.provider in KINDS:
            return Subject(topic, dict(risk.title), _until(found, (code,)), risk.provider, "")
    if kind == OWN and code in SERVICES:
        return Subject(topic, SERVICES[code], "", "", code)
    raise NotFound


def _until(found: Sequence[FindingRow], risks: Sequence[str]) -> str:
    days = [one.due_on for one in found if one.risk in risks and one.due_on]
    return min(days).isoformat() if days else ""
