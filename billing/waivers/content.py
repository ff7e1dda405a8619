"""The sealed document of one waiver: what the owner said of her trouble, and every word that was exchanged about it."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.hardship.facts import Fact, HardshipFacts
from billing.waivers.models import Waiver, WaiverContent
from checkup.cases.part_keys import open_part
from checkup.cases.sealing import CaseKey, Keyring
from tenants.rows import get_by_key, get_locked, get_one

MOST_WORDS = 1000


@dataclass(frozen=True)
class Said:
    """One thing that was said: `move` is what it was said for (apply, ask, answer, recommend, grant, …)."""

    at: str
    by: str
    role: str
    move: str
    text: str


@dataclass(frozen=True)
class Content:
    """`facts`: as `HardshipFacts`. `signed_name`: under the declaration, of the text `declaration_version`."""

    facts: Mapping[str, Fact]
    business_name: str
    signed_name: str = ""
    declaration_version: str = ""
    said: tuple[Said, ...] = field(default=())

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Content":
        document: dict[str, Any] = json.loads(raw)
        facts = {name: tuple(v) if isinstance(v, list) else v for name, v in document["facts"].items()}
        said = tuple(Said(**one) for one in document["said"])
        return cls(**{**document, "facts": facts, "said": said})

    def to_bytes(self) -> bytes:
        document = {**self.__dict__, "facts": dict(self.facts), "said": [one.__dict__ for one in self.said]}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    def with_said(self, *, at: dt.datetime, by: str, role: str, move: str, text: str) -> "Content":
        """The document with one more thing said; nothing said changes nothing."""
        if not text:
            return self
        return replace(self, said=(*self.said, Said(at.isoformat(timespec="seconds"), by, role, move, text)))

    def last(self, *moves: str) -> str:
        """The newest words for one of these moves, or nothing."""
        return next((one.text for one in reversed(self.said) if one.move in moves), "")

    @property
    def hardship(self) -> HardshipFacts:
        return HardshipFacts(self.facts)


@dataclass(frozen=True)
class OpenWaiver:
    """A waiver with its content unsealed, as whoever has to read it sees it."""

    row: Waiver
    content: Content
    key: CaseKey


def get_waiver(session: Session, waiver_id: uuid.UUID, *, lock: bool = False) -> Waiver:
    """The row alone. Raises: NotFound for an id that is unknown or not within the scope."""
    return (get_locked if lock else get_one)(session, select(Waiver).where(Waiver.id == waiver_id))


def open_waiver(session: Session, *, waiver_id: uuid.UUID, keys: Keyring, lock: bool = False) -> OpenWaiver:
    """The waiver with its content. Raises: NotFound, also when the content is closed to the scope or erased."""
    row = get_waiver(session, waiver_id, lock=lock)
    sealed = get_by_key(session, WaiverContent, (row.firm_id, row.id))
    key = open_part(session, firm_id=row.firm_id, part_id=row.id, keys=keys)
    return OpenWaiver(row, Content.from_bytes(key.unseal(sealed.sealed)), key)


def store_content(session: Session, opened: OpenWaiver, content: Content) -> None:
    """Seal the changed document; before the state moves, because a decided waiver is closed to the bureau."""
    sealed = session.get_one(WaiverContent, (opened.row.firm_id, opened.row.id))
    sealed.sealed = opened.key.seal(content.to_bytes())
    session.flush()
