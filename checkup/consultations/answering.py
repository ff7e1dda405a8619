"""A lawyer on her firm's roster answers; whoever is first has answered. Under Scope(FIRM), and the worker's."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checkup.consultations.models import Consultation
from checkup.consultations.trace_rules import names_somebody
from checkup.desk.models import OnCall
from checkup.desk.roster import count_days
from tenants import jobs, messages
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.models import Person
from tenants.rows import get_one
from tenants.typed.words import check_words

MOST_ANSWER = 1000


def list_waiting(session: Session) -> Sequence[Consultation]:
    """What nobody has answered, the nearest day first."""
    query = select(Consultation).where(Consultation.state == "asked")
    return session.scalars(query.order_by(Consultation.due_on, Consultation.id)).all()


def list_answered(session: Session, *, most: int = 20) -> Sequence[Consultation]:
    """What the firm has answered, newest first."""
    query = select(Consultation).where(Consultation.state == "answered")
    return session.scalars(query.order_by(Consultation.answered_at.desc()).limit(most)).all()


def answer(
    session: Session,
    consultation_id: uuid.UUID,
    *,
    firm_id: uuid.UUID,
    person_id: uuid.UUID,
    name: str,
    words: str,
    is_lesson: bool,
    now: dt.datetime,
) -> None:
    """Whoever asked is told so. Raises: NotFound; Invalid on `answer`; Conflict `not_on_call`, `not_now` once somebody
    was faster."""
    row = get_one(session, select(Consultation).where(Consultation.id == consultation_id))
    if not count_days(session, firm_id=firm_id, person_id=person_id, today=city_day(now)):
        raise Conflict("not_on_call")
    _lock(session, row)
    said = check_words(words, "answer", most=MOST_ANSWER)
    if names_somebody(said):
        raise Invalid((FieldFault("answer", "names_somebody"),))
    row.state, row.answer, row.answered_at, row.is_lesson = "answered", said, now, is_lesson
    row.firm_id, row.lawyer_name = firm_id, name
    session.flush()
    jobs.defer(session, "tell_asker", firm_id=firm_id, consultation_id=row.id)


def _lock(session: Session, row: Consultation) -> None:
    """What was answered meanwhile is nobody's to change any more. Raises: Conflict `not_now`."""
    query = select(Consultation).where(Consultation.id == row.id, Consultation.state == "asked")
    if session.scalars(query.with_for_update().execution_options(populate_existing=True)).one_or_none() is None:
        raise Conflict("not_now")


def tell_asker(session: Session, *, firm_id: uuid.UUID, consultation_id: uuid.UUID, now: dt.datetime) -> None:
    """Under Scope(WORKER, firm): that there is an answer."""
    row = session.get_one(Consultation, consultation_id)
    person = session.execute(select(Person.email, Person.locale).where(Person.id == row.asked_by)).one()
    messages.tell_staff(session, "question_answered", person, firm_id=firm_id, now=now, number=row.number)


def remind(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> int:
    """Under Scope(WORKER, firm), each morning: whoever is on call today, while anything waits. Returns how many."""
    count = session.scalar(select(func.count()).select_from(Consultation).where(Consultation.state == "asked")) or 0
    query = select(Person.email, Person.locale).join(OnCall, OnCall.person_id == Person.id)
    people = session.execute(query.where(OnCall.firm_id == firm_id, OnCall.day == city_day(now))).all() if count else ()
    for person in people:
        messages.tell_staff(session, "questions_wait", person, firm_id=firm_id, now=now, count=count)
    return len(people)
