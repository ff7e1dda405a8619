"""Rendered reports: stored once under the hash of their content, found by checkup, kind and language."""

import datetime as dt
import hashlib
import uuid

import fsspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.models import Checkup, Document


def find_document(session: Session, *, checkup_id: uuid.UUID, kind: str, locale: str) -> Document | None:
    """The stored report of this kind (`automatic` or `signed`) in this language."""
    query = select(Document).where(Document.checkup_id == checkup_id, Document.kind == kind, Document.locale == locale)
    return session.scalars(query).one_or_none()


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _address(files_url: str, path: str) -> str:
    return f"{files_url.rstrip('/')}/{path}"


def read_document(files_url: str, document: Document) -> bytes:
    """The bytes of a stored report."""
    with fsspec.open(_address(files_url, document.path), "rb") as file:
        return bytes(file.read())


def write_file(files_url: str, path: str, content: bytes) -> None:
    """Write the bytes, unless the path (which names the content) already holds them."""
    address = _address(files_url, path)
    filesystem, bare = fsspec.core.url_to_fs(address)
    if filesystem.exists(bare):
        return
    filesystem.makedirs(bare.rpartition("/")[0], exist_ok=True)
    with filesystem.open(bare, "wb") as file:
        file.write(content)


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
