"""Papers that prove hardship: checked by content, drawn anew without EXIF, sealed before they are stored."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.waivers.models import Waiver, WaiverEvidence
from checkup.cases.part_keys import open_part
from checkup.cases.sealing import CaseKey, Keyring
from tenants.base import new_id
from tenants.errors import FieldFault, Invalid, NotFound
from tenants.files import write_with
from tenants.sealed_files import OpenFile
from tenants.uploads import CheckedFile

MOST_PAPERS = 20


@dataclass(frozen=True)
class GivenPaper:
    """One checked file and which paper of `PAPERS` it is."""

    paper: str
    file: CheckedFile


def store_papers(
    session: Session, *, row: Waiver, key: CaseKey, papers: Sequence[GivenPaper], files_url: str, now: dt.datetime
) -> None:
    """Seal the bytes under the waiver's key and remember them; they go if the unit of work does not end well.

    Raises: Invalid `number_of_files`.
    """
    if papers and len(list_papers(session, row.id)) + len(papers) > MOST_PAPERS:
        raise Invalid((FieldFault("files", "number_of_files", {"most": MOST_PAPERS}),))
    for paper in papers:
        evidence = WaiverEvidence(
            firm_id=row.firm_id,
            id=new_id(),
            waiver_id=row.id,
            owner_id=row.owner_id,
            paper=paper.paper,
            media_type=paper.file.media_type,
            size=len(paper.file.content),
            path="",
            at=now,
        )
        evidence.path = f"waivers/{row.firm_id}/{row.id}/{evidence.id}.sealed"
        write_with(session, files_url, evidence.path, key.seal_file(evidence.path, paper.file.content))
        session.add(evidence)
    session.flush()


def list_papers(session: Session, waiver_id: uuid.UUID) -> Sequence[WaiverEvidence]:
    """Every paper of a waiver that the scope may see, in the order they came."""
    query = select(WaiverEvidence).where(WaiverEvidence.waiver_id == waiver_id).order_by(WaiverEvidence.id)
    return session.scalars(query).all()


def open_paper(
    session: Session, *, waiver_id: uuid.UUID, paper_id: uuid.UUID, keys: Keyring, files_url: str
) -> tuple[str, OpenFile]:
    """Media type and content of one paper. Raises: NotFound when it is not, or no longer, within the scope."""
    row = next((one for one in list_papers(session, waiver_id) if one.id == paper_id), None)
    if row is None:
        raise NotFound
    key = open_part(session, firm_id=row.firm_id, part_id=waiver_id, keys=keys)
    return row.media_type, key.open_file(files_url, row.path)
