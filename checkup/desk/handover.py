"""Somebody leaves the firm: what she has in hand goes to a colleague or to the pool, and nobody waits for her."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.conflicts.checks import list_recused
from checkup.conflicts.models import ConflictCheck
from checkup.desk.assignment import get_wanted, give_back, new_review, succeed
from checkup.desk.green_channel import find_call, ring_next
from checkup.desk.green_rules import DONE
from checkup.desk.models import GreenCall
from checkup.desk.offers import offer_to
from checkup.desk.roster import count_days
from checkup.desk.stuck import tell_unheard
from checkup.review.colleagues import Colleague, find_colleague
from checkup.review.locking import check_serving, find_locked
from checkup.review.models import Review
from checkup.review.staff_mail import tell
from checkup.review.states import HELD
from tenants import jobs
from tenants.errors import Conflict, FieldFault, Invalid, NotFound

IN_HAND = (*HELD, "offered")


@dataclass(frozen=True)
class Duties:
    """What somebody has in hand at a firm. `cases`: numbers in review, being corrected or offered; `unsigned` of them
    wait for a partner's signature, which falls; `signed`: whose owners may still write; `calls`: urgent ones that she
    answers for; `days`: on the roster, from today."""

    cases: Sequence[str]
    unsigned: Sequence[str]
    signed: int
    calls: int
    days: int

    @property
    def is_free(self) -> bool:
        return not (self.cases or self.signed or self.calls or self.days)


def read_duties(session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, today: dt.date) -> Duties:
    """As it is now, for whoever decides that she leaves."""
    held = select(Checkup.case_number, Review.first_signed_at).join(Review).where(_in_hand(firm_id, person_id))
    rows = session.execute(held.order_by(Checkup.submitted_at, Checkup.id)).all()
    calls = select(func.count()).select_from(GreenCall).where(_her_calls(firm_id, person_id))
    signed = select(func.count()).select_from(Review).where(_signed_by(firm_id, person_id))
    return Duties(
        cases=[number for number, _ in rows],
        unsigned=[number for number, signed_at in rows if signed_at is not None],
        signed=session.scalar(signed) or 0,
        calls=session.scalar(calls) or 0,
        days=count_days(session, firm_id=firm_id, person_id=person_id, today=today),
    )


def _in_hand(firm_id: uuid.UUID, person_id: uuid.UUID) -> ColumnElement[bool]:
    return (Review.firm_id == firm_id) & (Review.lawyer_id == person_id) & Review.state.in_(IN_HAND)


def _signed_by(firm_id: uuid.UUID, person_id: uuid.UUID) -> ColumnElement[bool]:
    return (Review.firm_id == firm_id) & (Review.lawyer_id == person_id) & (Review.state == "signed")


def _her_calls(firm_id: uuid.UUID, person_id: uuid.UUID) -> ColumnElement[bool]:
    return (GreenCall.firm_id == firm_id) & (GreenCall.responsible_id == person_id) & (GreenCall.state != DONE)


def hand_over(
    session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, heir_id: uuid.UUID | None, now: dt.datetime
) -> None:
    """After she has left: every case in hand is offered to the heir, or lies in the pool; signed ones get the heir, or
    whoever takes them; her calls ring on; nothing that she had found opens anything any more. Whoever asked a partner
    and has none left to answer is told. Twice changes nothing.
    """
    heir = find_colleague(session, firm_id=firm_id, person_id=heir_id)
    held = session.scalars(select(Review.checkup_id).where(_in_hand(firm_id, person_id))).all()
    for checkup_id in held:
        _pass_on(session, checkup_id, person_id, heir, by=None, reason="successor", now=now)
    for checkup_id in session.scalars(select(Review.checkup_id).where(_signed_by(firm_id, person_id))).all():
        review = find_locked(session, checkup_id)
        row = session.get_one(Checkup, (firm_id, checkup_id))
        takes = heir is not None and heir.reviews and heir.id not in list_recused(session, row)
        if review is not None and review.lawyer_id == person_id:
            succeed(session, row, review, (heir.id, heir.name) if heir and takes else None, by=None, now=now)
            if review.reply_by is not None or review.unread_at is not None:
                review.told_at = None
                jobs.defer(session, "tell_lawyer", firm_id=firm_id, checkup_id=checkup_id)
    for checkup_id in session.scalars(select(GreenCall.checkup_id).where(_her_calls(firm_id, person_id))).all():
        row = session.get_one(Checkup, (firm_id, checkup_id))
        call = find_call(session, row)
        if call is not None and row.state == "submitted":
            ring_next(session, row, call, now)
    hers = update(ConflictCheck).where(ConflictCheck.firm_id == firm_id, ConflictCheck.person_id == person_id)
    session.execute(hers.where(ConflictCheck.outcome.in_(("clear", "ask_partner"))).values(outcome="released"))
    asked = select(ConflictCheck.checkup_id).where(
        ConflictCheck.firm_id == firm_id, ConflictCheck.outcome == "ask_partner"
    )
    for checkup_id in session.scalars(asked.distinct()).all():
        row = session.get_one(Checkup, (firm_id, checkup_id))
        if row.review_wanted:
            tell_unheard(session, row, now=now)
            jobs.defer(session, "follow_review", firm_id=firm_id, checkup_id=checkup_id)


def reassign(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    to_id: uuid.UUID | None,
    version: int,
    by: uuid.UUID,
    now: dt.datetime,
) -> Checkup:
    """The firm's admin takes a case from whoever has it and asks a colleague, or nobody: then it lies in the pool.

    Raises: NotFound; Invalid on `to` for somebody who is no lawyer of the firm or has recused herself; Conflict `stale`
    when the case has moved since, `signed`, `suspended`, `not_now` where there is nothing to do.
    """
    review = find_locked(session, checkup_id)
    row = get_wanted(session, checkup_id, lock=True)
    check_serving(session, row.firm_id)
    if (review.version if review else 0) != version:
        raise Conflict("stale")
    to = find_colleague(session, firm_id=row.firm_id, person_id=to_id)
    if to_id is not None and (to is None or not to.reviews or to.id in list_recused(session, row)):
        raise Invalid((FieldFault("to", "unknown_option"),))
    if review is not None and review.signed_at is not None:
        raise Conflict("signed")
    holder = review.lawyer_id if review is not None and review.state in IN_HAND else None
    if to_id == holder:
        raise Conflict("not_now")
    if review is not None and holder is not None:
        was = find_colleague(session, firm_id=row.firm_id, person_id=holder)
        _pass_on(session, checkup_id, holder, to, by=by, reason="admin", now=now)
        tell(session, row, was, "relieved", now=now)
    elif to is not None:
        waiting = review or new_review(session, row, now)
        offer_to(session, row, waiting, to.id, to.name, reasons=("admin",), by=by, now=now)
    return row


def _pass_on(
    session: Session,
    checkup_id: uuid.UUID,
    holder_id: uuid.UUID,
    to: Colleague | None,
    *,
    by: uuid.UUID | None,
    reason: str,
    now: dt.datetime,
) -> None:
    review = find_locked(session, checkup_id)
    if review is None or review.lawyer_id != holder_id or review.state not in IN_HAND:
        return
    row = session.get(Checkup, (review.firm_id, checkup_id), with_for_update={"key_share": True})
    if row is None:
        raise NotFound
    give_back(session, row, review, "leave", actor_id=by, now=now, why=reason)
    if to is not None and to.reviews and row.review_wanted and to.id not in list_recused(session, row):
        offer_to(session, row, review, to.id, to.name, reasons=(reason,), by=by, now=now)
