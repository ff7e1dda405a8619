"""What waits for a lawyer of the firm: process and names, no fact."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, asc, desc, func, select, tuple_
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.conflicts.models import CaseParties
from checkup.conflicts.parties import list_parties
from checkup.desk.filters import Filters
from checkup.desk.green_rules import DONE
from checkup.desk.models import GreenCall, QueueView
from checkup.desk.queue_order import Clock, Times, clock_of, reply_clock, sort_key
from checkup.review.models import Review
from checkup.review.pauses import list_pauses
from checkup.review.service_deadlines import Pause
from checkup.review.states import FREE, HELD, WORKING
from tenants.clock import CITY, city_day
from tenants.errors import FieldFault, Invalid
from tenants.models import Business, Firm
from tenants.rows import get_one
from tenants.typed.words import check_line

FINISHED = ("signed", "closed")
_CORRECTING = Checkup.state.in_(FINISHED) & (Review.edition > 1) & Review.signed_at.is_(None)
# A message on a signed case waits for its lawyer like any other work.
_WRITTEN = Checkup.state.in_(FINISHED) & (Review.unread_at.is_not(None) | Review.reply_by.is_not(None))
_OPEN = Checkup.state.in_(("submitted", "in_review")) | _CORRECTING | _WRITTEN
_STATES = {
    "waiting": (Checkup.state == "submitted") | (_CORRECTING & Review.state.in_((*FREE, "offered"))),
    "sign": Review.first_signed_at.is_not(None) & Review.state.in_(WORKING),
    "done": Checkup.state.in_(FINISHED),
}
_DONE_AT = func.coalesce(Checkup.signed_at, Checkup.submitted_at, Checkup.started_at)
_DONE_ORDER = {
    "press": (_DONE_AT, desc),
    "newest": (_DONE_AT, desc),
    "oldest": (_DONE_AT, asc),
    "name": (Business.name, asc),
}
PAGE, MOST_NAMED = 50, 1_000
_MOST_VIEWS, _MOST_NAME = 12, 40


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
        return self.checkup.state in FINISHED and not self.is_correction and not self.is_written

    @property
    def is_written(self) -> bool:
        """The report is signed, and the owner wrote since."""
        return (
            self.checkup.state in FINISHED
            and self.review is not None
            and (self.review.unread_at is not None or self.review.reply_by is not None)
        )

    @property
    def waits_for_partner(self) -> bool:
        review = self.review
        return review is not None and review.first_signed_at is not None and review.state in WORKING

    @property
    def was_sent_back(self) -> bool:
        return self.review is not None and self.review.sent_back_at is not None

    def is_held_by(self, person_id: uuid.UUID) -> bool:
        return self.review is not None and self.review.lawyer_id == person_id

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


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue. `after` names the case that the next page begins behind; None on the last."""

    entries: Sequence[QueueEntry]
    after: uuid.UUID | None


def list_queue(
    session: Session,
    *,
    firm_id: uuid.UUID,
    person_id: uuid.UUID,
    filters: Filters,
    now: dt.datetime,
    signs: bool = False,
) -> list[QueueEntry]:
    """The firm's open cases whose owners want a lawyer, as filtered and sorted: by press what waits for this partner's
    signature (`signs`) first, then urgent ones, then by clock. What is done: the newest page."""
    if filters.state == "done":
        return list(read_page(session, firm_id=firm_id, person_id=person_id, filters=filters, now=now).entries)
    entries = _entries(session, firm_id, _query(firm_id, person_id, filters), now)
    if filters.sort == "name":
        return sorted(entries, key=lambda one: (one.business.name, one.checkup.id))
    if filters.sort != "press":
        return sorted(entries, key=lambda one: _submitted(one, now), reverse=filters.sort == "newest")

    def press(one: QueueEntry) -> tuple[object, ...]:
        key = sort_key(
            is_done=one.is_done,
            legal_on=_legal_on(one.checkup),
            urgent_count=one.checkup.urgent_count,
            clock=one.clock,
            submitted_at=one.checkup.submitted_at or now,
            today=city_day(now),
        )
        return (not (signs and one.waits_for_partner and not one.is_held_by(person_id)), *key)

    return sorted(entries, key=press)


def read_page(
    session: Session,
    *,
    firm_id: uuid.UUID,
    person_id: uuid.UUID,
    filters: Filters,
    now: dt.datetime,
    signs: bool = False,
    after: uuid.UUID | None = None,
) -> QueuePage:
    """The page behind a case; the first where none is named, or where it stands in the list no more."""
    if filters.state != "done":
        entries = list_queue(
            session, firm_id=firm_id, person_id=person_id, filters=filters, now=now, signs=signs
        )  # the clocks are counted, not stored: what is open is few
        begins = next((place + 1 for place, one in enumerate(entries) if one.checkup.id == after), 0)
        entries = entries[begins:]
    else:
        query = _query(firm_id, person_id, filters)
        column, order = _DONE_ORDER[filters.sort]
        key = tuple_(column, Checkup.id)
        if after is not None:
            held = session.execute(query.where(Checkup.id == after).with_only_columns(column, Checkup.id)).one_or_none()
            if held is not None:
                query = query.where(key > tuple_(*held) if order is asc else key < tuple_(*held))
        entries = _entries(session, firm_id, query.order_by(order(column), order(Checkup.id)).limit(PAGE + 1), now)
    shown = entries[:PAGE]
    return QueuePage(shown, shown[-1].checkup.id if len(entries) > PAGE else None)


def search_cases(
    session: Session, *, firm_id: uuid.UUID, words: str, keys: Keyring | None, now: dt.datetime
) -> Sequence[QueueEntry]:
    """Cases of the firm by number, business, or (with `keys`) a name that their owner told, the newest first, at most a
    page. Names lie sealed: they are read for the newest cases only (`MOST_NAMED`).
    """
    sought = " ".join(words.split())
    if not sought:
        return ()
    base = _joined(firm_id)
    spoken = Checkup.case_number.icontains(sought, autoescape=True) | Business.name.icontains(sought, autoescape=True)
    newest = (Checkup.submitted_at.desc(), Checkup.id.desc())
    found = _entries(session, firm_id, base.where(spoken).order_by(*newest).limit(PAGE), now)
    named = base.join(CaseParties, CaseParties.checkup_id == Checkup.id).order_by(*newest).limit(MOST_NAMED)
    known = {one.checkup.id for one in found}
    rows = session.scalars(named.with_only_columns(Checkup)).all() if keys is not None else ()
    by_party = [row.id for row in rows if keys and row.id not in known and _names(session, row, keys, sought)]
    more = _entries(session, firm_id, base.where(Checkup.id.in_(by_party)), now) if by_party else []
    every = sorted([*found, *more], key=lambda one: (_submitted(one, now), one.checkup.id), reverse=True)
    return every[:PAGE]


def _names(session: Session, row: Checkup, keys: Keyring, sought: str) -> bool:
    parties, _ = list_parties(session, row, keys)
    return any(sought.casefold() in party.name.casefold() for party in parties)


def _submitted(entry: QueueEntry, now: dt.datetime) -> dt.datetime:
    return entry.checkup.submitted_at or now


def _entries(
    session: Session, firm_id: uuid.UUID, query: Select[Checkup, Business, Review, GreenCall], now: dt.datetime
) -> list[QueueEntry]:
    firm = session.get_one(Firm, firm_id)
    times = Times(firm.take_days, firm.review_days)
    found = session.execute(query).all()
    pauses = list_pauses(session, firm_id=firm_id, checkup_ids=[row[0].id for row in found])
    return [_entry(*row, pauses.get(row[0].id, ()), times, now) for row in found]


def _legal_on(checkup: Checkup) -> dt.date | None:
    """The legal day that the firm still looks after: none once the report is signed."""
    return checkup.next_due if checkup.state not in FINISHED else None


def _joined(firm_id: uuid.UUID) -> Select[Checkup, Business, Review, GreenCall]:
    return (
        select(Checkup, Business, Review, GreenCall)
        .join(Business)
        .outerjoin(Review)
        .outerjoin(GreenCall)
        .where(Checkup.firm_id == firm_id, Checkup.review_wanted.is_(True))
    )


def _query(firm_id: uuid.UUID, person_id: uuid.UUID, filters: Filters) -> Select[Checkup, Business, Review, GreenCall]:
    query = _joined(firm_id).where(_STATES.get(filters.state, _OPEN))
    if filters.state == "mine":
        query = query.where(Review.lawyer_id == person_id, Review.state.in_((*HELD, "signed")))
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
    waiting_days = (city_day(now) - submitted_on).days
    if checkup.state in FINISHED and review is not None and not review.is_correction:
        read_by = review.reply_by or (city_day(review.unread_at) if review.unread_at else None)
        if read_by is not None:
            clock = reply_clock(read_by, city_day(now))
            return QueueEntry(checkup, business, review, running, clock, waiting_days)
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
    return QueueEntry(checkup, business, review, running, clock, waiting_days)


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
    title, held = check_line(name, "name", most=_MOST_NAME), list_views(session, person_id=person_id)
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
