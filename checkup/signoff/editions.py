"""Issued editions: found, opened, compared. They are added by `checkup/signoff/signing.py` and never changed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import open_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import CaseKey, Keyring
from checkup.signoff.content import Content
from checkup.signoff.differences import Change, changes_between
from checkup.signoff.models import Edition


@dataclass(frozen=True)
class OpenEdition:
    """An edition unsealed: what it says, why it replaced the one before, and what changed from that one."""

    row: Edition
    content: Content
    why: str
    changes: tuple[Change, ...]


def list_editions(session: Session, checkup_id: uuid.UUID) -> Sequence[Edition]:
    """Every edition, the first one first."""
    return session.scalars(select(Edition).where(Edition.checkup_id == checkup_id).order_by(Edition.number)).all()


def find_edition(session: Session, checkup_id: uuid.UUID, number: int | None = None) -> Edition | None:
    """One edition, the newest unless a number is given."""
    query = select(Edition).where(Edition.checkup_id == checkup_id)
    query = query.order_by(Edition.number.desc()).limit(1) if number is None else query.where(Edition.number == number)
    return session.scalars(query).one_or_none()


def open_content(case: CaseKey, edition: Edition) -> Content:
    return Content.from_bytes(case.unseal(edition.sealed_content))


def open_edition(session: Session, *, row: Checkup, edition: Edition, keys: Keyring) -> OpenEdition:
    """The edition's content with what changed from the one before. Raises: NotFound when the case is erased."""
    case = open_case(session, row, keys)
    content, earlier = open_content(case, edition), find_edition(session, row.id, edition.number - 1)
    why = case.unseal(edition.sealed_why).decode() if edition.sealed_why else ""
    changes = () if earlier is None else changes_between(open_content(case, earlier), content)
    return OpenEdition(edition, content, why, changes)
