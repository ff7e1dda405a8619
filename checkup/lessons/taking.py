"""Lessons of a case: chosen for it, done by its owner, given by its lawyer."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import list_findings
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.lessons.choosing import Chosen, choose_lessons
from checkup.lessons.loading import list_lessons
from checkup.lessons.models import LessonTaken
from checkup.lessons.values import Lesson
from checkup.packs.catalogue import get_pack
from tenants import messages
from tenants.audit import Actor
from tenants.clock import city_day
from tenants.errors import Conflict, NotFound

_RESULTS = ("submitted", "in_review", "signed", "closed")  # states in which there is a result to learn from


def list_taken(session: Session, checkup_id: uuid.UUID) -> dict[str, LessonTaken]:
    """Lesson → what is known of it in this case."""
    rows = session.scalars(select(LessonTaken).where(LessonTaken.checkup_id == checkup_id))
    return {row.lesson: row for row in rows}


def lessons_of(session: Session, row: Checkup, *, now: dt.datetime) -> Chosen:
    """What this checkup calls for, with the law of today. `row`: of the scope."""
    taken = list_taken(session, row.id)
    return choose_lessons(
        list_lessons(row.pack_id),
        get_pack(row.pack_id),
        found=[one.risk for one in list_findings(session, checkup_id=row.id) if one.stands],
        given={name for name, one in taken.items() if one.given_at},
        done={name for name, one in taken.items() if one.done_at},
        day=city_day(now),
    )


def get_lesson(row: Checkup, lesson_id: str, *, now: dt.datetime) -> Lesson:
    """Raises: NotFound for one that is unknown, or whose law is not in force."""
    pack = get_pack(row.pack_id)
    for lesson in list_lessons(row.pack_id):
        if lesson.id == lesson_id and lesson.basis_on(pack, city_day(now)):
            return lesson
    raise NotFound


def do_lesson(
    session: Session, *, checkup_id: uuid.UUID, lesson_id: str, answers: Sequence[bool], now: dt.datetime
) -> LessonTaken:
    """The owner has answered its questions; done again, the newer answers hold.

    Raises: NotFound; Conflict `not_now` before there is a result.
    """
    row = _held(session, checkup_id)
    lesson = get_lesson(row, lesson_id, now=now)
    taken = _get(session, row, lesson)
    taken.done_at, taken.answered_right = now, lesson.count_right(answers)
    session.flush()
    return taken


def give_lesson(session: Session, *, checkup_id: uuid.UUID, lesson_id: str, by: Actor, now: dt.datetime) -> None:
    """A lawyer gives it; the owner is told that there is something, once.

    Raises: NotFound where she wants no lawyer; Conflict `not_now` before there is a result.
    """
    row = _held(session, checkup_id)
    if not row.review_wanted:
        raise NotFound
    taken = _get(session, row, get_lesson(row, lesson_id, now=now))
    if taken.given_at is None:
        taken.given_by, taken.given_at = by.name, now
        messages.tell_owner(session, "lesson_given", row, now=now)
    session.flush()


def _held(session: Session, checkup_id: uuid.UUID) -> Checkup:
    row = hold_case(session, checkup_id)
    if row.state not in _RESULTS:
        raise Conflict("not_now")
    return row


def _get(session: Session, row: Checkup, lesson: Lesson) -> LessonTaken:
    taken = list_taken(session, row.id).get(lesson.id)
    if taken is None:
        taken = LessonTaken(firm_id=row.firm_id, checkup_id=row.id, owner_id=row.owner_id, lesson=lesson.id)
        session.add(taken)
    return taken
