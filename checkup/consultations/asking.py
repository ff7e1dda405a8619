"""A body asks about a case that is not its own to name; under Scope(PROVIDER)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.sealing import Keyring
from checkup.consultations.models import Consultation
from checkup.consultations.trace_rules import names_somebody
from checkup.referrals.reading import list_of_body, open_referral
from tenants.base import new_id
from tenants.clock import city_day
from tenants.errors import FieldFault, Invalid
from tenants.numbers import mint
from tenants.typed.words import check_words
from tenants.working_days import working_days_after

MOST_QUESTION, ANSWER_DAYS = 600, 3


def ask(
    session: Session,
    *,
    provider_id: uuid.UUID,
    topic: str,
    topics: Sequence[str],
    question: str,
    by: uuid.UUID,
    keys: Keyring,
    now: dt.datetime,
) -> Consultation:
    """Raises: Invalid on `topic`, or on `question` where somebody is named in it."""
    if topic not in topics:
        raise Invalid((FieldFault("topic", "unknown_option" if topic else "required"),))
    words = check_words(question, "question", most=MOST_QUESTION)
    if names_somebody(words, _names_in_hand(session, keys)):
        raise Invalid((FieldFault("question", "names_somebody"),))
    row = Consultation(
        id=new_id(),
        provider_id=provider_id,
        number=mint("ZX", at=now),
        topic=topic,
        question=words,
        asked_by=by,
        asked_at=now,
        due_on=working_days_after(city_day(now), ANSWER_DAYS).day,
    )
    session.add(row)
    session.flush()
    return row


def _names_in_hand(session: Session, keys: Keyring) -> set[str]:
    """Of whoever the body has a packet of."""
    names = set[str]()
    for row in list_of_body(session):
        told = open_referral(session, row, keys).packet if row.is_running else None
        names |= {told.name, told.person} if told else set()
    return names


def list_own(session: Session, *, most: int = 50) -> Sequence[Consultation]:
    """Newest first."""
    return session.scalars(select(Consultation).order_by(Consultation.asked_at.desc()).limit(most)).all()
