"""Owner and lawyer write to each other in the case: every message says whose turn it is and by when."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.correspondence.attachments import SealedFile, ShownFile, add_files, list_files
from checkup.correspondence.models import CaseMessage
from checkup.correspondence.unread import note_written
from checkup.desk.green_channel import end_call
from checkup.review.events import move_review
from checkup.review.locking import find_locked, get_locked
from checkup.review.models import Review
from checkup.review.service_deadlines import FIRM, NOBODY, OWNER
from checkup.review.states import LIFE
from tenants import audit, messages
from tenants.base import new_id
from tenants.clock import city_day
from tenants.errors import Conflict, NotFound
from tenants.models import Firm
from tenants.rows import get_one
from tenants.typed.words import check_words
from tenants.working_days import working_days_after

MOST_TEXT = 2_000
TALKING = ("submitted", "in_review", "signed")


@dataclass(frozen=True)
class Shown:
    """A message as its readers see it."""

    row: CaseMessage
    text: str
    files: tuple[ShownFile, ...]
    question: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for the other side."""
        return self.row.turn != NOBODY and self.row.settled_at is None


@dataclass(frozen=True)
class _Draft:
    """What all messages have in common before they are stored."""

    kind: str
    author: str
    author_id: uuid.UUID
    author_name: str
    turn: str = NOBODY
    due_on: dt.date | None = None
    risk: str | None = None
    replies_to: uuid.UUID | None = None


def ask_owner(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    risk: str | None,
    text: str,
    lawyer_id: uuid.UUID,
    lawyer_name: str,
    keys: Keyring,
    now: dt.datetime,
) -> CaseMessage:
    """The reviewing lawyer asks the owner one question, about a finding if `risk` names one; the review clock stops.

    The firm's log says that something was asked, not what.

    Raises: NotFound; Conflict `not_yours`, `not_now` when the case is not in review; Invalid `text`.
    """
    row = _reviewed_by(session, checkup_id, lawyer_id)
    if row.state != "in_review":
        raise Conflict("not_now")
    firm = session.get_one(Firm, row.firm_id)
    due = working_days_after(city_day(now), firm.answer_days).day
    draft = _Draft("question", FIRM, lawyer_id, lawyer_name, OWNER, due, risk)
    asked = _store(session, row, draft, _checked(text, ()), (), keys, now)
    _settle_notes(session, row, OWNER, now)
    review = get_locked(session, checkup_id=checkup_id, version=None)
    move_review(session, row, review, "ask", actor_id=lawyer_id, now=now)
    messages.tell_owner(session, "question_asked", row, now=now, firm=firm)
    by = audit.Actor(lawyer_id, lawyer_name)
    audit.note(session, firm_id=row.firm_id, act="question.asked", by=by, about_id=checkup_id, owner_id=row.owner_id)
    return asked


def answer_lawyer(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    question_id: uuid.UUID,
    text: str,
    files: Sequence[SealedFile],
    owner_id: uuid.UUID,
    keys: Keyring,
    now: dt.datetime,
    once: uuid.UUID | None = None,
) -> CaseMessage:
    """The owner answers; the clock goes on once no question is open. What was sent as this act already stands.

    Raises: NotFound, Conflict `not_now`, Invalid.
    """
    row = hold_case(session, checkup_id)
    if (sent := _find_sent(session, row, once)) is not None:
        return sent
    question = get_one(
        session,
        select(CaseMessage)
        .where(CaseMessage.checkup_id == checkup_id, CaseMessage.id == question_id, CaseMessage.kind == "question")
        .with_for_update(),
    )
    if question.settled_at is not None or row.state not in TALKING:
        raise Conflict("not_now")
    words = _checked(text, files)
    draft = _Draft("answer", OWNER, owner_id, "", replies_to=question.id)
    answered = _store(session, row, draft, words, files, keys, now, once)
    question.settled_at = now
    session.flush()
    _go_on(session, row, owner_id, now)
    note_written(session, row, now=now)
    return answered


def _go_on(session: Session, row: Checkup, owner_id: uuid.UUID, now: dt.datetime) -> None:
    """It is the lawyer's turn again once no question is open."""
    review = find_locked(session, row.id)
    if review is not None and LIFE.may(review.state, "answer") and not list_open_questions(session, row.id):
        move_review(session, row, review, "answer", actor_id=owner_id, now=now)


def write_to_lawyer(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    text: str,
    files: Sequence[SealedFile],
    owner_id: uuid.UUID,
    keys: Keyring,
    now: dt.datetime,
    once: uuid.UUID | None = None,
) -> CaseMessage:
    """A note from the owner, to be replied to in the firm's time. What was sent as this act already stands.

    Raises: NotFound, Conflict `not_now`, Invalid.
    """
    row = hold_case(session, checkup_id)
    if (sent := _find_sent(session, row, once)) is not None:
        return sent
    if row.state not in TALKING or not row.review_wanted:
        raise Conflict("not_now")
    days = session.get_one(Firm, row.firm_id).reply_days
    draft = _Draft("note", OWNER, owner_id, "", FIRM, working_days_after(city_day(now), days).day)
    note = _store(session, row, draft, _checked(text, files), files, keys, now, once)
    note_written(session, row, now=now, reply_by=draft.due_on)
    return note


def write_to_owner(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    text: str,
    files: Sequence[SealedFile],
    lawyer_id: uuid.UUID,
    lawyer_name: str,
    keys: Keyring,
    now: dt.datetime,
) -> CaseMessage:
    """A note from the case's lawyer; what the owner wrote before counts as replied to. Raises: as `ask_owner`."""
    row = _reviewed_by(session, checkup_id, lawyer_id)
    if row.state not in TALKING:
        raise Conflict("not_now")
    draft = _Draft("note", FIRM, lawyer_id, lawyer_name)
    note = _store(session, row, draft, _checked(text, files), files, keys, now)
    _settle_notes(session, row, OWNER, now)
    end_call(session, row, now=now, why="spoken")
    firm = session.get_one(Firm, row.firm_id)
    messages.tell_owner(session, "lawyer_wrote", row, now=now, firm=firm)
    return note


def leave_unanswered(session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, now: dt.datetime) -> None:
    """The lawyer has read what the owner wrote; it needs no reply. Raises: NotFound, Conflict `not_yours`."""
    _settle_notes(session, _reviewed_by(session, checkup_id, lawyer_id), OWNER, now)


def list_messages(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> tuple[Shown, ...]:
    """The whole correspondence, oldest first. Raises: NotFound."""
    row = get_checkup_row(session, checkup_id)
    case = open_case(session, row, keys)
    files = list_files(session, checkup_id=checkup_id, case=case)
    query = select(CaseMessage).where(CaseMessage.checkup_id == checkup_id).order_by(CaseMessage.at, CaseMessage.id)
    found = session.scalars(query).all()
    texts = {one.id: case.unseal(one.sealed_text).decode() for one in found}
    return tuple(
        Shown(one, texts[one.id], files.get(one.id, ()), texts.get(one.replies_to, "") if one.replies_to else "")
        for one in found
    )


def list_open_questions(session: Session, checkup_id: uuid.UUID) -> Sequence[CaseMessage]:
    """What the owner was asked and has not answered, oldest first; locked."""
    query = select(CaseMessage).where(
        CaseMessage.checkup_id == checkup_id, CaseMessage.kind == "question", CaseMessage.settled_at.is_(None)
    )
    return session.scalars(query.order_by(CaseMessage.at, CaseMessage.id).with_for_update()).all()


def close_questions(session: Session, checkup_id: uuid.UUID, now: dt.datetime) -> None:
    """Nobody waits any more for what was asked: the report is signed without it."""
    for question in list_open_questions(session, checkup_id):
        question.settled_at = now
    session.flush()


def _reviewed_by(session: Session, checkup_id: uuid.UUID, lawyer_id: uuid.UUID) -> Checkup:
    """The case that this lawyer reviews, held. Raises: NotFound, Conflict `not_yours`."""
    row = hold_case(session, checkup_id)
    review = session.get(Review, (row.firm_id, row.id))
    if review is None or not row.review_wanted:
        raise NotFound
    if review.lawyer_id != lawyer_id:
        raise Conflict("not_yours")
    return row


def _checked(text: str, files: Sequence[SealedFile]) -> str:
    return check_words(text, "text", most=MOST_TEXT, needed=not files)


def _find_sent(session: Session, row: Checkup, once: uuid.UUID | None) -> CaseMessage | None:
    """What this very act has written: a second tap finds it."""
    return None if once is None else session.scalars(select(CaseMessage).filter_by(checkup_id=row.id, id=once)).first()


def _store(
    session: Session,
    row: Checkup,
    draft: _Draft,
    words: str,
    files: Sequence[SealedFile],
    keys: Keyring,
    now: dt.datetime,
    once: uuid.UUID | None = None,
) -> CaseMessage:
    message = CaseMessage(
        firm_id=row.firm_id,
        id=once or new_id(),
        checkup_id=row.id,
        owner_id=row.owner_id,
        sealed_text=open_case(session, row, keys).seal(words.encode()),
        at=now,
        **vars(draft),
    )
    session.add(message)
    session.flush()
    add_files(session, message, files)
    return message


def _settle_notes(session: Session, row: Checkup, author: str, now: dt.datetime) -> None:
    """Nobody waits any more for what this side wrote before."""
    query = select(CaseMessage).where(
        CaseMessage.checkup_id == row.id,
        CaseMessage.kind == "note",
        CaseMessage.author == author,
        CaseMessage.settled_at.is_(None),
    )
    for note in session.scalars(query):
        note.settled_at = now
    review = find_locked(session, row.id)
    if review is not None and author == OWNER:
        review.reply_by = None
    session.flush()
