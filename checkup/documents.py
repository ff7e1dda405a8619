"""Rendered reports: stored once under the hash of their content, found by checkup, kind and language."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.models import Checkup, Document
from tenants.files import read_file


def find_document(session: Session, *, checkup_id: uuid.UUID, kind: str, locale: str) -> Document | None:
    """The stored report of this kind (`automatic` or `signed`) in this language."""
    query = select(Document).where(Document.checkup_id == checkup_id, Document.kind == kind, Document.locale == locale)
    return session.scalars(query).one_or_none()


def read_document(files_url: str, document: Document) -> bytes:
    """The bytes of a stored report."""
    return read_file(files_url, document.path)


def store_document(
    session: Session, *, row: Checkup, kind: str, locale: str, digest: str, path: str, now: dt.datetime
) -> Document:
    """Remember where the report of this content lies; a newer one of the same kind takes its place."""
    document = find_document(session, checkup_id=row.id, kind=kind, locale=locale)
    if document is None:
        document = Document(firm_id=row.firm_id, checkup_id=row.id, kind=kind, locale=locale, owner_id=row.owner_id)
        session.add(document)
    document.content_hash, document.path, document.rendered_at = digest, path, now
    session.flush()
    return document
