"""Where what is said of a business comes from, value by value, with its day."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from checkup.prefill.models import BusinessSource
from checkup.prefill.values import OF_BUSINESS
from tenants.models import Business


def list_sources(session: Session, business: Business) -> Mapping[str, BusinessSource]:
    """By field, as far as the value still stands: what she has typed over since is hers."""
    query = select(BusinessSource).filter_by(firm_id=business.firm_id, business_id=business.id)
    return {one.field: one for one in session.scalars(query) if is_current(one, business)}


def is_current(source: BusinessSource, business: Business) -> bool:
    return source.field not in OF_BUSINESS or (getattr(business, source.field) or "") == source.value


def note_source(
    session: Session, business: Business, *, field: str, value: str, was: str, source: str, now: dt.datetime
) -> None:
    """In the place of what was noted of the field before."""
    row = session.get(BusinessSource, (business.firm_id, business.id, field))
    if row is None:
        row = BusinessSource(
            firm_id=business.firm_id, business_id=business.id, field=field, owner_id=business.owner_id
        )  # fmt: skip
        session.add(row)
    row.value, row.was, row.source, row.at = value, was, source, now


def forget_sources(session: Session, *, firm_id: uuid.UUID, business_id: uuid.UUID) -> None:
    session.execute(delete(BusinessSource).filter_by(firm_id=firm_id, business_id=business_id))


def copy_sources(session: Session, business: Business) -> Sequence[BusinessSource]:
    """What goes along to another firm, not yet of any business."""
    return [
        BusinessSource(
            field=one.field, owner_id=one.owner_id, value=one.value, was=one.was, source=one.source, at=one.at
        )
        for one in list_sources(session, business).values()
    ]


def carry_sources(
    session: Session, sources: Sequence[BusinessSource], *, firm_id: uuid.UUID, business_id: uuid.UUID
) -> None:
    for one in sources:
        one.firm_id, one.business_id = firm_id, business_id
        session.add(one)
    session.flush()
