"""Four separate switches of the owner: each change is a receipt, and takes effect at once."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases import states
from checkup.cases.checkups import move
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.share_ending import end_links
from checkup.review import states as review_states
from checkup.review.events import move_review
from checkup.review.locking import find_locked
from tenants import audit, jobs
from tenants.businesses import CONSENT_PURPOSES, give_consent
from tenants.errors import Conflict, NotFound
from tenants.firms.reception import is_reception
from tenants.models import Business, Consent
from tenants.rows import get_one


@dataclass(frozen=True)
class Switch:
    """One purpose: whether it is on, and the receipt that says so."""

    purpose: str
    granted: bool
    text_version: str
    channel: str
    at: dt.datetime | None


def list_switches(session: Session, row: Checkup) -> tuple[Switch, ...]:
    """The four switches as their newest receipts have them."""
    query = (
        select(Consent)
        .where(Consent.firm_id == row.firm_id, Consent.business_id == row.business_id)
        .order_by(Consent.at, Consent.id)
    )
    newest = {consent.purpose: consent for consent in session.scalars(query)}
    return tuple(
        Switch(purpose, held.granted, held.text_version, held.channel, held.at)
        if (held := newest.get(purpose))
        else Switch(purpose, False, "", "", None)
        for purpose in CONSENT_PURPOSES
    )


def set_consent(
    session: Session, *, checkup_id: uuid.UUID, purpose: str, granted: bool, by: audit.Actor, now: dt.datetime
) -> None:
    """Turn one switch. Without `review` the lawyers lose sight of the case at once. Raises: NotFound, Conflict
    `no_firm` at the city's reception, and before a firm knows whose and where the business is: there is nobody yet to
    whom she could agree."""
    if purpose not in CONSENT_PURPOSES:
        raise NotFound
    row = hold_case(session, checkup_id)
    if is_reception(row.firm_id):
        raise Conflict("no_firm")
    if any(switch.purpose == purpose and switch.granted == granted for switch in list_switches(session, row)):
        return
    business = session.get_one(Business, (row.firm_id, row.business_id))
    if granted and not (business.name and business.district):
        raise Conflict("no_firm")
    give_consent(session, business=business, purpose=purpose, granted=granted, now=now)
    if purpose == "review":
        _switch_review(session, row, granted, by, now)
    if purpose in ("statistics", "cloud"):
        jobs.defer(session, "count_business", firm_id=row.firm_id, business_id=row.business_id)
    said = f"{purpose}:{'yes' if granted else 'no'}"
    audit.note(
        session, firm_id=row.firm_id, act="consent.changed", by=by, about_id=row.id, owner_id=row.owner_id, why=said
    )


def _switch_review(session: Session, row: Checkup, granted: bool, by: audit.Actor, now: dt.datetime) -> None:
    """The receipt is the business's: taken back, it holds for every checkup of it, and what was shared ends."""
    row.review_wanted = granted
    jobs.defer(session, "follow_review", firm_id=row.firm_id, checkup_id=row.id)
    if granted:
        return
    of_business = select(Checkup).where(Checkup.firm_id == row.firm_id, Checkup.business_id == row.business_id)
    for one in session.scalars(of_business):
        one.review_wanted = False
        end_links(session, firm_id=one.firm_id, checkup_id=one.id, now=now)
        _leave_lawyer(session, one, by, now)


def _leave_lawyer(session: Session, row: Checkup, by: audit.Actor, now: dt.datetime) -> None:
    """Nobody holds the case any more, nor is it offered to anybody."""
    review = find_locked(session, row.id)
    if review is not None and (review.state == "offered" or review.state in review_states.HELD):
        step = "pass" if review.state == "offered" else "return"
        move_review(session, row, review, step, actor_id=by.id, now=now, why="consent")
    if states.LIFE.may(row.state, "return"):
        move(session, row, "return", actor_id=by.id, now=now)


def get_by_number(session: Session, case_number: str) -> Checkup:
    """The row with this case number in the scope, whatever its spelling. Raises: NotFound."""
    plain = case_number.strip().upper()
    return get_one(session, select(Checkup).where(Checkup.case_number == plain))
