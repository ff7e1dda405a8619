"""Rendered reports: stored once under the hash of their content, found by checkup, kind and language."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup, Document
from checkup.cases.sealing import CaseKey
from tenants.sealed_files import OpenFile


def find_document(
    session: Session, *, checkup_id: uuid.UUID, kind: str, locale: str, edition: int | None = None
) -> Document | None:
    """The stored report of this kind (`automatic` or `signed`) in this language, the newest edition unless named."""
    query = select(Document).where(Document.checkup_id == checkup_id, Document.kind == kind, Document.locale == locale)
    if edition is not None:
        query = query.where(Document.edition == edition)
    return session.scalars(query.order_by(Document.edition.desc()).limit(1)).one_or_none()


def open_document(files_url: str, document: Document, case: CaseKey) -> OpenFile:
    """A stored report, which lies sealed by its case's key: where that is destroyed, every copy is."""
    return case.open_file(files_url, document.path)


def store_document(
    session: Session, *, row: Checkup, kind: str, locale: str, edition: int, digest: str, path: str, now: dt.datetime
) -> Document:
    """Remember where the report of this content lies. `edition` is 0 for an automatic report, where a newer one takes
    the place of the old; each signed edition keeps its own."""
    document = session.get(Document, (row.firm_id, row.id, kind, locale, edition))
    if document is None:
        document = Document(
            firm_id=row.firm_id, checkup_id=row.id, kind=kind, locale=locale, edition=edition, owner_id=row.owner_id
        )
        session.add(document)
    document.content_hash, document.path, document.rendered_at = digest, path, now
    session.flush()
    return document
