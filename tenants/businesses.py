"""Register a business with its consents; correct later what was said of it."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.business_details import BusinessDetails
from tenants.models import Business, BusinessChange, Consent

CONSENT_PURPOSES = ("review", "statistics", "cloud", "follow_up")
CONSENT_TEXT_VERSION = "2026-11"
WEB = "web"


def register_business(
    session: Session,
    *,
    firm_id: uuid.UUID,
    owner_id: uuid.UUID,
    details: BusinessDetails,
    consents: Mapping[str, bool],
    now: dt.datetime,
    said_by: str = WEB,
) -> Business:
    """A new business; each of the four purposes gets a receipt, also where the answer was no.

    `said_by`: the channel.
    """
    business = Business(firm_id=firm_id, owner_id=owner_id, **dataclasses.asdict(details))
    session.add(business)
    session.flush()
    for purpose in CONSENT_PURPOSES:
        granted = consents.get(purpose, False)
        give_consent(session, business=business, purpose=purpose, granted=granted, now=now, channel=said_by)
    session.flush()
    return business


def details_of(business: Business) -> BusinessDetails:
    """What is said of a business now."""
    return BusinessDetails(
        **{field.name: getattr(business, field.name) for field in dataclasses.fields(BusinessDetails)}
    )


def details_at(session: Session, business: Business, at: dt.datetime) -> BusinessDetails:
    """What was said of a business at a moment: a paper of that day stands on it, whatever was corrected later."""
    query = select(BusinessChange).filter_by(firm_id=business.firm_id, business_id=business.id)
    after = query.where(BusinessChange.at > at).order_by(BusinessChange.at, BusinessChange.id).limit(1)
    change = session.scalars(after).one_or_none()
    return details_of(business) if change is None else BusinessDetails(**change.was)


def correct_business(session: Session, *, business: Business, details: BusinessDetails, now: dt.datetime) -> bool:
    """The business as it is told now; what stood before is kept beside it. Returns whether anything is different."""
    before = details_of(business)
    if before == details:
        return False
    session.add(
        BusinessChange(
            firm_id=business.firm_id,
            business_id=business.id,
            owner_id=business.owner_id,
            was=dataclasses.asdict(before),
            at=now,
        )
    )
    write_details(business, details)
    session.flush()
    return True


def write_details(business: Business, details: BusinessDetails) -> None:
    """The row as it is told now, with nothing kept of what stood before."""
    for name, value in dataclasses.asdict(details).items():
        setattr(business, name, value)


def list_changes(session: Session, business: Business) -> Sequence[BusinessChange]:
    """Every correction, the newest first."""
    query = select(BusinessChange).filter_by(firm_id=business.firm_id, business_id=business.id)
    return session.scalars(query.order_by(BusinessChange.at.desc(), BusinessChange.id.desc())).all()


def give_consent(
    session: Session,
    *,
    business: Business,
    purpose: str,
    granted: bool,
    now: dt.datetime,
    channel: str = WEB,
    text_version: str = CONSENT_TEXT_VERSION,
) -> None:
    """One receipt. The newest receipt of a purpose is what holds."""
    session.add(
        Consent(
            firm_id=business.firm_id,
            business_id=business.id,
            owner_id=business.owner_id,
            purpose=purpose,
            granted=granted,
            text_version=text_version,
            channel=channel,
            at=now,
        )
    )
