"""What waits for a lawyer of the firm: process and names, no fact."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.desk.filters import Filters
from checkup.desk.green_rules import DONE
from checkup.desk.models import GreenCall, QueueView
from checkup.desk.queue_order import Clock, Times, clock_of, sort_key
from checkup.review.models import Review
from checkup.review.pauses import list_pauses
from checkup.review.service_deadlines import Pause
from checkup.review.states import FREE, HELD
from tenants.clock import CITY, city_day
from tenants.errors import FieldFault, Invalid
from tenants.models import Business, Firm
from tenants.rows import get_one

FINISHED = ("signed", "closed")
_CORRECTING = Checkup.state.in_(FINISHED) & (Review.edition > 1) & Review.signed_at.is_(None)
_OPEN = Checkup.state.in_(("submitted", "in_review")) | _CORRECTING
_STATES = {
    "waiting": (Checkup.state == "submitted") | (_CORRECTING & Review.state.in_((*FREE, "offered"))),
    "done": Checkup.state.in_(FINISHED),
}
_MOST, _MOST_VIEWS, _MOST_NAME = 500, 12, 40


@dataclass(frozen=True)
class QueueEntry:
    """One row of the queue. `green` is the running call of an urgent case."""

    checkup: Checkup
    business: Business
    review: Review | None
    green: GreenCall | None
    clock: Clock
    waiting_days: int

    @property
    def is_offered(self) -> bool:
        return self.review is not None and self.review.state == "offered"

    @property
    def is_correction(self) -> bool:
        """A signed report of which the next edition is in work."""
        return self.review is not None and self.review.is_correction

    @property
    def is_done(self) -> bool:
        return self.checkup.state in FINISHED and not self.is_correction

    @property
    def has_news(self) -> bool:
        """The owner wrote something that the case's lawyer has not opened."""
        return self.review is not None and self.review.unread_at is not None

    @property
    def is_stuck(self) -> bool:
        """Nobody of the firm may act."""
        return self.review is not None and self.review.stuck_since is not None

    @property
    def holder(self) -> str:
        """Who has it in hand."""
        return self.review.lawyer_name if self.review is not None and self.review.state not in FREE else ""


def list_queue(
    session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, filters: Filters, now: dt.datetime
) -> list[QueueEntry]:
    """The firm's cases whose owners want a lawyer, as filtered, in the order of `sort_key`."""
    firm = session.get_one(Firm, firm_id)
    times = Times(firm.take_days, firm.review_days)
    today = city_day(now)
    found = session.execute(_query(firm_id, person_id, filters, today)).all()
    pauses = list_pauses(session, firm_id=firm_id, checkup_ids=[row[0].id for row in found])
    entries = [_entry(*row, pauses.get(row[0].id, ()), times, now) for row in found]
    return sorted(
        entries,
        key=lambda one: sort_key(
            is_done=one.is_done,
            legal_on=_legal_on(one.checkup),
            urgent_count=one.checkup.urgent_count,
            clock=one.clock,
            submitted_at=one.checkup.submitted_at or now,
            today=today,
        ),
    )


def _legal_on(checkup: Checkup) -> dt.date | None:
    """The legal day that the firm still looks after: none once the report is signed."""
    return checkup.next_due if checkup.state not in FINISHED else None


def _query(
    firm_id: uuid.UUID, person_id: uuid.UUID, filters: Filters, today: dt.date
) -> Select[Checkup, Business, Review, GreenCall]:
    running = case((Checkup.next_due >= today, Checkup.next_due))
    query = (
        select(Checkup, Business, Review, GreenCall)
        .join(Business)
        .outerjoin(Review)
        .outerjoin(GreenCall)
        .where(Checkup.firm_id == firm_id, Checkup.review_wanted.is_(True))
        .where(_STATES.get(filters.state, _OPEN))
        .order_by(running.nulls_last(), Checkup.urgent_count == 0, Checkup.submitted_at)
        .limit(_MOST)
    )
    if filters.state == "mine":
        query = query.where(Review.lawyer_id == person_id, Review.state.in_(HELD))
    if filters.state == "offered":
        query = query.where(Review.lawyer_id == person_id, Review.state == "offered")
    columns = {"district": Business.district, "size": Business.size, "mode": Checkup.mode}
    for name, column in columns.items():
        if getattr(filters, name):
            query = query.where(column == getattr(filters, name))
    if filters.urgent:
        query = query.where(Checkup.urgent_count > 0)
    if filters.language:
        query = query.where(Checkup.locale.startswith(filters.language, autoescape=True))
    if filters.domain:
        spaced = " " + Checkup.domains + " "
        query = query.where(spaced.contains(f" {filters.domain} ", autoescape=True))
    return query


def _entry(
    checkup: Checkup,
    business: Business,
    review: Review | None,
    green: GreenCall | None,
    pauses: Sequence[Pause],
    times: Times,
    now: dt.datetime,
) -> QueueEntry:
    running = green if green is not None and green.state != DONE else None
    submitted_on = city_day(checkup.submitted_at or now)
    clock = clock_of(
        submitted_on=submitted_on,
        taken_on=_taken_on(review),
        pauses=pauses,
        is_asked=review is not None and review.state == "asked",
        legal_on=_legal_on(checkup),
        green_on=running.due_at.astimezone(CITY).date() if running else None,
        times=times,
        today=city_day(now),
    )
    return QueueEntry(checkup, business, review, running, clock, (city_day(now) - submitted_on).days)


def _taken_on(review: Review | None) -> dt.date | None:
    """From when the days of the review count; those of a correction from the last thing done about it."""
    if review is not None and review.is_correction:
        return city_day(review.touched_at)
    is_held = review is not None and review.state in HELD
    return city_day(review.taken_at) if is_held and review is not None and review.taken_at else None


def list_views(session: Session, *, person_id: uuid.UUID) -> Sequence[QueueView]:
    """The lawyer's own saved views."""
    query = select(QueueView).where(QueueView.person_id == person_id).order_by(QueueView.id)
    return session.scalars(query).all()


def save_view(session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, name: str, filters: Filters) -> QueueView:
    """Keep these filters under a name; the same name again replaces. Raises: Invalid on `name`."""
    title = " ".join(name.split())
    held = list_views(session, person_id=person_id)
    if not title:
        raise Invalid((FieldFault("name", "required"),))
    if len(title) > _MOST_NAME:
        raise Invalid((FieldFault("name", "too_long", {"most": _MOST_NAME}),))
    same = next((view for view in held if view.name == title), None)
    if same is None and len(held) >= _MOST_VIEWS:
        raise Invalid((FieldFault("name", "too_many", {"most": _MOST_VIEWS}),))
    view = same or QueueView(firm_id=firm_id, person_id=person_id, name=title)
    view.filters = filters.query()
    session.add(view)
    session.flush()
    return view


def drop_view(session: Session, *, view_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Raises: NotFound for what is not one's own."""
    query = select(QueueView).where(QueueView.id == view_id, QueueView.person_id == person_id)
    view = get_one(session, query)
    session.delete(view)
