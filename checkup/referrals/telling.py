"""What follows a step: who is told that there is something, never what. Under the worker's scope of the firm."""

import datetime as dt
import uuid
from typing import NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.fixes.models import ReminderWish
from checkup.referrals.models import Referral, ReferralEvent
from checkup.referrals.states import LATE, OWNER, PROVIDER, WAITS_FOR
from checkup.review.models import Review
from tenants import jobs, messages
from tenants.login.models import ProviderPost
from tenants.login.officers import list_nearest
from tenants.models import Person, Provider
from tenants.translation.message_texts import name_in


class _Staff(NamedTuple):
    """As much of somebody as the worker's role may read to write to her."""

    email: str | None
    locale: str


class InHand(Protocol):
    """What a body has in hand, by its number and its last day: a referral, or a mediation."""

    firm_id: uuid.UUID
    provider_id: uuid.UUID
    number: str
    due_on: dt.date | None


def follow(session: Session, *, firm_id: uuid.UUID, event_id: uuid.UUID, public_url: str, now: dt.datetime) -> None:
    """Tell everybody whom a step concerns. Twice tells twice."""
    event = session.get(ReferralEvent, (firm_id, event_id))
    if event is None:
        return
    row = session.get_one(Referral, (firm_id, event.referral_id))
    case = session.get_one(Checkup, (firm_id, row.checkup_id))
    is_silent_body = event.step == LATE and WAITS_FOR.get(row.state) == PROVIDER
    if (event.side == PROVIDER or event.step == LATE) and case.state != "erased":
        tell_owner(session, case, f"{public_url}/checkup/{case.id}/help/{row.id}", now)
    if is_silent_body or (event.step == "decline" and event.was != "offered"):
        _tell_others(session, case, row, now)
    if event.side == OWNER or is_silent_body:
        _tell_body(session, row, event, now)


def tell_owner(session: Session, case: Checkup, link: str, now: dt.datetime) -> None:
    """By the way she chose for reminders, else on her page."""
    wish = session.get(ReminderWish, (case.firm_id, case.id))
    channel = wish.channel if wish and wish.channel in ("sms", "email") else "page"
    messages.tell_owner(session, "referral_moved", case, channel=channel, now=now, link=link)


def _tell_others(session: Session, case: Checkup, row: Referral, now: dt.datetime) -> None:
    """Her lawyer, and the bureau that answers for the body."""
    body = session.get_one(Provider, row.provider_id)
    lawyer_id = session.scalars(select(Review.lawyer_id).where(Review.checkup_id == case.id)).one_or_none()
    lawyers = select(Person.email, Person.locale).where(Person.id == lawyer_id)
    for email, locale in session.execute(lawyers).tuples() if case.review_wanted else ():
        _tell_stuck(session, row, body, _Staff(email, locale), now)
    tell_bureau(session, row, body, now)


def tell_bureau(session: Session, row: InHand, body: Provider, now: dt.datetime) -> None:
    """Whoever answers for the body, that it is stuck there."""
    if body.bureau_id is not None:
        for officer in list_nearest(session, body.bureau_id):
            _tell_stuck(session, row, body, officer, now)


def _tell_stuck(session: Session, row: InHand, body: Provider, to: messages.Addressee, now: dt.datetime) -> None:
    named = name_in(body, to.locale)
    messages.tell_staff(session, "referral_stuck", to, firm_id=row.firm_id, now=now, number=row.number, body=named)


def _tell_body(session: Session, row: Referral, event: ReferralEvent, now: dt.datetime) -> None:
    """Everybody who works with referrals there; where nobody does, a link goes to the body's own address."""
    if not tell_people_of(session, row, now):
        jobs.defer(session, "mail_referral_link", firm_id=row.firm_id, event_id=event.id)


def tell_people_of(session: Session, row: InHand, now: dt.datetime) -> int:
    """Everybody with an account at its body, that there is something and by when; returns how many they are."""
    query = select(Person.email, Person.locale).join(ProviderPost, ProviderPost.person_id == Person.id)
    people = session.execute(query.where(ProviderPost.provider_id == row.provider_id)).tuples().all()
    values = {"number": row.number, "until_day": row.due_on}
    for email, locale in people:
        messages.tell_staff(session, "referral_for_you", _Staff(email, locale), firm_id=row.firm_id, now=now, **values)
    return len(people)
