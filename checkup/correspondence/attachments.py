"""Files of a case: checked, sealed with the case's key, and only then written outside the database.

Slow work lies between units: `seal_files` and `write_sealed` first, then the message and its rows in one unit.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.sealing import CaseKey, Keyring
from checkup.correspondence.models import CaseFile, CaseMessage
from tenants.base import new_id
from tenants.files import Blocks, content_hash, write_blocks
from tenants.rows import get_one
from tenants.sealed_files import OpenFile
from tenants.uploads import CheckedFile


@dataclass(frozen=True)
class SealedFile:
    """A checked file under the case's key, with the path where its bytes belong."""

    id: uuid.UUID
    path: str
    sealed_name: bytes
    sealed: Blocks
    media_type: str
    size: int
    content_hash: str


@dataclass(frozen=True)
class ShownFile:
    """A file as its readers see it; `risk` is the finding whose question it answers."""

    id: uuid.UUID
    name: str
    media_type: str
    size: int
    at: dt.datetime
    risk: str | None

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


def seal_files(
    session: Session, *, checkup_id: uuid.UUID, files: Sequence[tuple[str, CheckedFile]], keys: Keyring
) -> tuple[SealedFile, ...]:
    """The files (name, content) under the case's key, for a checkup of the scope. Raises: NotFound."""
    row = get_checkup_row(session, checkup_id)
    case = open_case(session, row, keys)
    return tuple(_seal(case, f"cases/{row.firm_id}/{row.id}", name, file) for name, file in files)


def _seal(case: CaseKey, folder: str, name: str, file: CheckedFile) -> SealedFile:
    made = new_id()
    path = f"{folder}/{made}.sealed"
    return SealedFile(
        id=made,
        path=path,
        sealed_name=case.seal(name.encode()),
        sealed=case.seal_file(path, file.content),
        media_type=file.media_type,
        size=len(file.content),
        content_hash=content_hash(file.content),
    )


def write_sealed(files_url: str, files: Sequence[SealedFile]) -> None:
    """The sealed bytes to their place; outside any unit of work."""
    for file in files:
        write_blocks(files_url, file.path, file.sealed)


def add_files(session: Session, message: CaseMessage, files: Sequence[SealedFile]) -> None:
    """The rows of a message's files."""
    session.add_all(
        CaseFile(
            firm_id=message.firm_id,
            id=file.id,
            checkup_id=message.checkup_id,
            message_id=message.id,
            owner_id=message.owner_id,
            sealed_name=file.sealed_name,
            media_type=file.media_type,
            size=file.size,
            content_hash=file.content_hash,
            path=file.path,
            at=message.at,
        )
        for file in files
    )
    session.flush()


def list_files(session: Session, *, checkup_id: uuid.UUID, case: CaseKey) -> dict[uuid.UUID, tuple[ShownFile, ...]]:
    """The case's files by the id of their message, oldest first."""
    question = CaseMessage.__table__.alias("question")
    query = (
        select(CaseFile, question.c.risk)
        .select_from(CaseFile)
        .join(CaseMessage)
        .outerjoin(question, (question.c.firm_id == CaseMessage.firm_id) & (question.c.id == CaseMessage.replies_to))
        .where(CaseFile.checkup_id == checkup_id)
        .order_by(CaseFile.at, CaseFile.id)
    )
    found: dict[uuid.UUID, tuple[ShownFile, ...]] = {}
    for row, risk in session.execute(query):
        name = case.unseal(row.sealed_name).decode()
        shown = ShownFile(row.id, name, row.media_type, row.size, row.at, risk)
        found[row.message_id] = (*found.get(row.message_id, ()), shown)
    return found


def get_file(session: Session, *, checkup_id: uuid.UUID, file_id: uuid.UUID, keys: Keyring) -> tuple[CaseFile, CaseKey]:
    """One file of this checkup and the key that opens it. Raises: NotFound."""
    query = select(CaseFile).where(CaseFile.checkup_id == checkup_id, CaseFile.id == file_id)
    row = get_one(session, query)
    return row, open_case(session, get_checkup_row(session, checkup_id), keys)


def open_sealed(files_url: str, row: CaseFile, case: CaseKey) -> OpenFile:
    """The file's plain bytes; outside any unit of work."""
    return case.open_file(files_url, row.path)
