"""The owner's choice whether assessors of the blind sample may see her findings; off unless she says yes."""

import datetime as dt
import uuid

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bureau.hours.models import HourEntry
from bureau.quality.models import Assessment
from checkup.cases.checkups import get_checkup_row
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from tenants import audit, jobs
from tenants.businesses import give_consent
from tenants.models import Business, Consent

PURPOSE = "quality"


def get_choice(session: Session, row: Checkup) -> bool:
    """Whether the newest receipt says yes."""
    query = select(Consent.granted).where(
        Consent.firm_id == row.firm_id, Consent.business_id == row.business_id, Consent.purpose == PURPOSE
    )
    return bool(session.scalars(query.order_by(Consent.at.desc(), Consent.id.desc()).limit(1)).one_or_none())


def set_choice(session: Session, *, checkup_id: uuid.UUID, granted: bool, by: audit.Actor, now: dt.datetime) -> None:
    """A receipt. After a no the worker takes the findings out of every packet. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    if get_choice(session, row) == granted:
        return
    business = session.get_one(Business, (row.firm_id, row.business_id))
    give_consent(session, business=business, purpose=PURPOSE, granted=granted, now=now)
    said = f"{PURPOSE}:{'yes' if granted else 'no'}"
    audit.note(
        session, firm_id=row.firm_id, act="consent.changed", by=by, about_id=row.id, owner_id=row.owner_id, why=said
    )
    session.flush()
    if not granted:
        jobs.defer(session, "withdraw_findings", firm_id=row.firm_id, checkup_id=row.id)


def withdraw_findings(session: Session, checkup_id: uuid.UUID) -> None:
    """Take the findings out of every packet of the case, unless its owner has said yes again; under Scope(WORKER)."""
    row = get_checkup_row(session, checkup_id)
    if not get_choice(session, row):
        for packet in session.scalars(_packets_of(row)):
            packet.packet = {key: value for key, value in packet.packet.items() if key != "findings"}


def _packets_of(row: Checkup) -> Select[Assessment]:
    entries = select(HourEntry.id).where(HourEntry.firm_id == row.firm_id, HourEntry.checkup_id == row.id)
    return select(Assessment).where(Assessment.firm_id == row.firm_id, Assessment.entry_id.in_(entries))
