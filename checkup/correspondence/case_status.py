"""Where a case stands: whose turn, by when, which step of which; for its owner's pages and the public status page."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.calls.booking import find_booked
from checkup.calls.models import CallBack
from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.correspondence.models import CaseMessage
from checkup.desk.assignment import is_waiting
from checkup.desk.green_rules import DONE, Promise, promise_of
from checkup.desk.models import GreenCall
from checkup.letters.acceptance import find_in_force, get_standing
from checkup.letters.client_status import Standing
from checkup.review.models import Review
from checkup.review.service_deadlines import FIRM, CaseFacts, Pause, ServiceTimes, Turn, whose_turn
from tenants.clock import city_day
from tenants.models import Firm


@dataclass(frozen=True)
class CaseStatus:
    """Process only, no content: what the status page may show to whoever holds the code.

    `promise`: in an urgent case, by when she is spoken to; `is_stuck`: nobody of the firm may act;
    `call`: a lawyer's call that is agreed.
    """

    case_number: str
    firm_name: str
    firm_name_en: str
    firm_phone: str
    lawyer_name: str
    turn: Turn
    standing: Standing
    promise: Promise | None = None
    is_stuck: bool = False
    call: CallBack | None = None


def read_status(session: Session, *, checkup_id: uuid.UUID, now: dt.datetime) -> CaseStatus:
    """The case as it stands now. Raises: NotFound."""
    row = get_checkup_row(session, checkup_id)
    firm = session.get_one(Firm, row.firm_id)
    review = session.get(Review, (row.firm_id, row.id))
    return CaseStatus(
        case_number=row.case_number,
        firm_name=firm.name,
        firm_name_en=firm.name_en,
        firm_phone=firm.phone,
        lawyer_name=_name_holder(row, review),
        turn=get_turn(session, row, now),
        standing=get_standing(session, row, now),
        promise=_find_promise(session, row, now),
        is_stuck=row.state == "submitted" and row.review_wanted and review is not None and bool(review.stuck_since),
        call=find_booked(session, checkup_id),
    )


def _name_holder(row: Checkup, review: Review | None) -> str:
    is_held = row.state in ("in_review", "signed", "closed") and not is_waiting(row, review)
    return review.lawyer_name if review is not None and is_held else ""


def _find_promise(session: Session, row: Checkup, now: dt.datetime) -> Promise | None:
    """Until she was spoken to, or wants no lawyer any more."""
    call = session.get(GreenCall, (row.firm_id, row.id))
    if call is None or call.state == DONE or not row.review_wanted or row.state not in ("submitted", "in_review"):
        return None
    return promise_of(
        state=call.state,
        name=call.responsible_name,
        started_at=call.started_at,
        due_at=call.due_at,
        late_since=call.late_since,
        now=now,
    )


def get_turn(session: Session, row: Checkup, now: dt.datetime) -> Turn:
    """Whose turn it is in this case now."""
    firm = session.get_one(Firm, row.firm_id)
    times = ServiceTimes(firm.take_days, firm.review_days, firm.reply_days, firm.answer_days)
    review = session.get(Review, (row.firm_id, row.id)) if row.state == "in_review" else None
    waiting = select(CaseMessage).where(CaseMessage.firm_id == row.firm_id, CaseMessage.checkup_id == row.id)
    talk = session.scalars(waiting.order_by(CaseMessage.at)).all()
    questions = [one for one in talk if one.kind == "question"]
    facts = CaseFacts(
        state=row.state,
        is_review_wanted=row.review_wanted,
        has_letter=find_in_force(session, row) is not None,
        submitted_on=city_day(row.submitted_at) if row.submitted_at else None,
        taken_on=city_day(review.taken_at) if review and review.taken_at else None,
        pauses=tuple(
            Pause(city_day(one.at), city_day(one.settled_at) if one.settled_at else None)
            for one in questions
            if review is not None and review.taken_at is not None and one.at >= review.taken_at
        ),
        question_due=_earliest(questions),
        note_due=_earliest([one for one in talk if one.turn == FIRM]),
    )
    return whose_turn(facts, times, city_day(now))


def _earliest(messages: list[CaseMessage]) -> dt.date | None:
    """The first last day on which somebody is still waited for."""
    return min((one.due_on for one in messages if one.settled_at is None and one.due_on), default=None)
