"""Photos and papers that show a fix, sealed with the case's key; only their place is a row."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.sealing import Keyring
from checkup.fixes.models import Fix, FixProof
from tenants.base import new_id
from tenants.files import Blocks
from tenants.rows import get_one
from tenants.sealed_files import OpenFile
from tenants.uploads import CheckedFile


@dataclass(frozen=True)
class SealedFile:
    """A checked file, sealed while it is written; its bytes belong at `path` before its row is stored."""

    id: uuid.UUID
    path: str
    sealed: Blocks
    media_type: str
    size: int


def seal_proof(session: Session, *, checkup_id: uuid.UUID, file: CheckedFile, keys: Keyring) -> SealedFile:
    """Raises: NotFound."""
    row, proof_id = get_checkup_row(session, checkup_id), new_id()
    path = f"{row.firm_id}/{row.id}/proof-{proof_id}"
    sealed = open_case(session, row, keys).seal_file(path, file.content)
    return SealedFile(proof_id, path, sealed, file.media_type, len(file.content))


def store_proof(session: Session, *, fix: Fix, file: SealedFile, now: dt.datetime) -> FixProof:
    """The row of a file whose bytes are written."""
    proof = FixProof(
        firm_id=fix.firm_id,
        id=file.id,
        checkup_id=fix.checkup_id,
        risk=fix.risk,
        owner_id=fix.owner_id,
        media_type=file.media_type,
        size=file.size,
        path=file.path,
        at=now,
    )
    session.add(proof)
    return proof


def open_proof(
    session: Session, *, checkup_id: uuid.UUID, proof_id: uuid.UUID, keys: Keyring, files_url: str
) -> tuple[str, OpenFile]:
    """Media type and content, as it was given. Raises: NotFound."""
    query = select(FixProof).where(FixProof.checkup_id == checkup_id, FixProof.id == proof_id)
    proof = get_one(session, query)
    case = open_case(session, get_checkup_row(session, checkup_id), keys)
    return proof.media_type, case.open_file(files_url, proof.path)
