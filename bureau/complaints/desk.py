"""The bureau's desk: complaints about its firms and bodies, what they wrote, and the clock. Nothing of the case.

Every query names its columns: the bureau's role has no grant on the others.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, case, distinct, func, select, update
from sqlalchemy.orm import Session

from bureau.complaints import states
from bureau.complaints.complaints import MOST_WORDS, complaint_key, unsealed
from bureau.complaints.models import Complaint, ComplaintEvent
from checkup.cases.sealing import Keyring
from tenants import jobs
from tenants.audit import Actor
from tenants.clock import city_day
from tenants.errors import Conflict, NotFound
from tenants.models import Firm, Provider
from tenants.typed.words import check_words

MOST_SHOWN = 200
_SHOWN = ("firm_id", "name", "name_en", "is_body", "id", "state", "wants_call", "opened_at", "due_on", "settled_at")
_LINE = (
    Complaint.firm_id, Complaint.id, Complaint.state, Complaint.wants_call, Complaint.opened_at, Complaint.due_on,
    Complaint.settled_at,
)  # fmt: skip

_ABOUT = (
    func.coalesce(Provider.name, Firm.name).label("name"),
    func.coalesce(Provider.name_en, Firm.name_en).label("name_en"),
    Complaint.provider_id.is_not(None).label("is_body"),
)  # fmt: skip


@dataclass(frozen=True)
class DeskLine:
    """One complaint in the bureau's list, by the firm or, where `is_body`, the body that it is about."""

    firm_id: uuid.UUID
    name: str
    name_en: str
    is_body: bool
    id: uuid.UUID
    state: str
    wants_call: bool
    opened_at: dt.datetime
    due_on: dt.date
    settled_at: dt.datetime | None
    is_late: bool


@dataclass(frozen=True)
class DeskEntry:
    """One complaint opened: the owner's words, a phone number if she left one, the outcome, and every step."""

    line: DeskLine
    words: str
    phone: str
    outcome: str
    events: Sequence[ComplaintEvent]


def list_complaints(session: Session, *, now: dt.datetime) -> Sequence[DeskLine]:
    """Everything in the bureau's part of the tree: running ones by their clock, then the settled, newest first."""
    running = Complaint.state.in_(states.RUNNING)
    query = (
        select(*_LINE, *_ABOUT)
        .join(Firm, Firm.id == Complaint.firm_id)
        .outerjoin(Provider, Provider.id == Complaint.provider_id)
        .order_by(case((running, 0), else_=1), case((running, Complaint.due_on)), Complaint.opened_at.desc())
        .limit(MOST_SHOWN)
    )
    return [_line(row, now) for row in session.execute(query).mappings()]


def _line(row: RowMapping, now: dt.datetime) -> DeskLine:
    return DeskLine(
        **{field: row[field] for field in _SHOWN},
        is_late=states.is_late(row["state"], row["due_on"], city_day(now)),
    )


def open_entry(session: Session, *, complaint_id: uuid.UUID, keys: Keyring, now: dt.datetime) -> DeskEntry:
    """Raises: NotFound, also for a firm outside the bureau's part."""
    query = (
        select(
            *_LINE,
            Complaint.sealed_words,
            Complaint.sealed_phone,
            Complaint.sealed_outcome,
            *_ABOUT,
        )
        .join(Firm, Firm.id == Complaint.firm_id)
        .outerjoin(Provider, Provider.id == Complaint.provider_id)
        .where(Complaint.id == complaint_id)
    )
    row = session.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound
    firm_id, seals = row["firm_id"], (row["sealed_words"], row["sealed_phone"], row["sealed_outcome"])
    words, phone, outcome = unsealed(session, firm_id, complaint_id, keys, *seals)
    events = select(ComplaintEvent).where(
        ComplaintEvent.firm_id == firm_id, ComplaintEvent.complaint_id == complaint_id
    )
    steps = session.scalars(events.order_by(ComplaintEvent.at, ComplaintEvent.id)).all()
    return DeskEntry(_line(row, now), words, phone, outcome, steps)


def count_in_hand(session: Session, person_id: uuid.UUID) -> int:
    """How many complaints this officer has said she looks after, and are not answered yet."""
    query = (
        select(func.count(distinct(Complaint.id)))
        .join(ComplaintEvent, ComplaintEvent.complaint_id == Complaint.id)
        .where(Complaint.state == "in_hand", ComplaintEvent.became == "in_hand", ComplaintEvent.actor_id == person_id)
    )
    return session.scalar(query) or 0


def take(session: Session, *, complaint_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """An officer is on it. Raises: NotFound, Conflict `not_now`."""
    firm_id, was = _lock(session, complaint_id)
    _move(session, firm_id, complaint_id, was, "take", {}, by, now)


def settle(
    session: Session, *, complaint_id: uuid.UUID, outcome: str, by: Actor, keys: Keyring, now: dt.datetime
) -> None:
    """The outcome in words for the owner, who is told. Raises: NotFound, Conflict `not_now`, Invalid `outcome`."""
    text = check_words(outcome, "outcome", most=MOST_WORDS)
    firm_id, was = _lock(session, complaint_id)
    states.LIFE.after(was, "settle")
    sealed = complaint_key(session, firm_id, complaint_id, keys).seal(text.encode())
    values = {"sealed_outcome": sealed, "settled_at": now}
    _move(session, firm_id, complaint_id, was, "settle", values, by, now)
    jobs.defer(session, "tell_complaint_outcome", firm_id=firm_id, complaint_id=complaint_id)


def _lock(session: Session, complaint_id: uuid.UUID) -> tuple[uuid.UUID, str]:
    query = select(Complaint.firm_id, Complaint.state).where(Complaint.id == complaint_id).with_for_update()
    row = session.execute(query).tuples().one_or_none()
    if row is None:
        raise NotFound
    return row


def _move(
    session: Session,
    firm_id: uuid.UUID,
    complaint_id: uuid.UUID,
    was: str,
    step: str,
    values: dict[str, object],
    by: Actor,
    now: dt.datetime,
) -> None:
    became = states.LIFE.after(was, step)
    statement = (
        update(Complaint)
        .where(Complaint.firm_id == firm_id, Complaint.id == complaint_id, Complaint.state == was)
        .values(state=became, **values)
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]  # the result of a write counts its rows
        raise Conflict("not_now")
    session.add(
        ComplaintEvent(
            firm_id=firm_id,
            complaint_id=complaint_id,
            actor_id=by.id,
            actor_name=by.name,
            was=was,
            became=became,
            at=now,
        )
    )
    session.flush()
