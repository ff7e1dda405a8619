"""A station's queue of the day: numbers taken by phone (Scope(PUBLIC, token=code of the queue)) or given by a helper
(Scope(HELPER)), called, and gone with the day."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tenants.errors import Conflict, NotFound
from tenants.models import Station
from tenants.numbers import random_letters
from tenants.one_at_a_time import one_at_a_time
from tenants.rows import get_locked
from tenants.stations import queue_rules as rules
from tenants.stations.models import VenueNumber, VenueQueue
from tenants.stations.states import SERVING

LENGTH = 6


class Venue(NamedTuple):
    """A station and its queue."""

    station: Station
    queue: VenueQueue


@dataclass(frozen=True)
class Line:
    """All numbers of today, the lowest first."""

    numbers: tuple[VenueNumber, ...]

    def in_state(self, state: str) -> list[VenueNumber]:
        return [one for one in self.numbers if one.state == state]

    @property
    def last_called(self) -> VenueNumber | None:
        called = [one for one in self.numbers if one.called_at is not None]
        return max(called, key=lambda one: one.called_at or one.taken_at, default=None)

    def count_before(self, number: int) -> int:
        """How many wait and come before this number."""
        return sum(one.number < number for one in self.in_state(rules.WAITING))

    def minutes_before(self, number: int) -> int | None:
        """About how long until this number is called; None while today does not tell."""
        served = [
            rules.Served(one.called_at, one.ended_at, one.state == rules.DONE)
            for one in self.numbers
            if one.called_at is not None
        ]
        return rules.minutes_to_wait(self.count_before(number), served)


def get_venue(session: Session) -> Venue:
    """Where the square leads whose code the scope holds. Raises: NotFound."""
    found = select(Station, VenueQueue).join(VenueQueue, VenueQueue.station_id == Station.id)
    row = session.execute(found).one_or_none()
    if row is None:
        raise NotFound
    return Venue(*row)


def find_queue(session: Session, station_id: UUID) -> VenueQueue | None:
    """None where the station has never opened one."""
    found = select(VenueQueue).where(VenueQueue.station_id == station_id)
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def read_line(session: Session, station_id: UUID, today: dt.date) -> Line:
    found = select(VenueNumber).where(VenueNumber.station_id == station_id, VenueNumber.day == today)
    return Line(tuple(session.scalars(found.order_by(VenueNumber.number))))


def open_queue(session: Session, station_id: UUID, today: dt.date) -> None:
    """Numbers are given until it is closed, or the day of the city is over. Under Scope(HELPER)."""
    _hold(session, station_id)
    queue = find_queue(session, station_id)
    if queue is None:
        session.add(VenueQueue(station_id=station_id, code=random_letters(LENGTH), open_on=today))
    else:
        queue.open_on = today
    session.flush()


def close_queue(session: Session, station_id: UUID) -> None:
    """No more numbers; whoever has one is still called. Under Scope(HELPER)."""
    _hold(session, station_id)
    queue = find_queue(session, station_id)
    if queue is not None:
        queue.open_on = None
        session.flush()


def find_held(session: Session, station_id: UUID, *, today: dt.date, holder: str) -> VenueNumber | None:
    """The number that this browser took last today, in whatever state. Under Scope(PUBLIC)."""
    return next(reversed(_list_held(session, station_id, today, holder)), None)


def _list_held(session: Session, station_id: UUID, today: dt.date, holder: str) -> list[VenueNumber]:
    found = select(VenueNumber).where(
        VenueNumber.station_id == station_id, VenueNumber.day == today, VenueNumber.holder == holder
    )
    return list(session.scalars(found.order_by(VenueNumber.number)))


def take_number(session: Session, venue: Venue, *, holder: str, today: dt.date, now: dt.datetime) -> VenueNumber:
    """The next number for this browser, or the one that it has and that is not over. Under Scope(PUBLIC).

    Raises: Conflict `rests`, `closed`, `full`, or `enough` where it has taken as many as one may.
    """
    station_id = venue.station.id
    if venue.station.state != SERVING:
        raise Conflict(rules.RESTS)
    _hold(session, station_id)
    held = _list_held(session, station_id, today, holder)
    if held and held[-1].state != rules.DONE:
        return held[-1]
    if len(held) >= rules.MOST_BY_BROWSER:
        raise Conflict(rules.ENOUGH)
    return _mint(session, station_id, holder=holder, today=today, now=now)


def give_number(session: Session, station_id: UUID, *, today: dt.date, now: dt.datetime) -> VenueNumber:
    """The next number for somebody without a phone. Under Scope(HELPER). Raises: Conflict `closed`, `full`."""
    _hold(session, station_id)
    return _mint(session, station_id, holder=None, today=today, now=now)


def move_number(
    session: Session, station_id: UUID, number: int, *, step: str, today: dt.date, now: dt.datetime
) -> None:
    """`call` it, or say of one that was called that it is `done` or that nobody came (`absent`). Under Scope(HELPER).

    Of two helpers who call the same number the slower is refused. Raises: NotFound, also for a number of another day
    or station; Conflict `not_now`.
    """
    found = select(VenueNumber).where(
        VenueNumber.station_id == station_id, VenueNumber.day == today, VenueNumber.number == number
    )
    row = get_locked(session, found)
    row.state = rules.LIFE.after(row.state, step)
    row.called_at, row.ended_at = (now, None) if row.state == rules.CALLED else (row.called_at, now)
    session.flush()


def forget_numbers(session: Session, *, today: dt.date) -> None:
    """Those of days that are over. Under Scope(WORKER)."""
    session.execute(delete(VenueNumber).where(VenueNumber.day < today))


def _hold(session: Session, station_id: UUID) -> None:
    """Whoever else takes a number here, opens or closes waits; phones have no pen to hold the queue's row with."""
    one_at_a_time(session, "venue queue", station_id)


def _mint(session: Session, station_id: UUID, *, holder: str | None, today: dt.date, now: dt.datetime) -> VenueNumber:
    of_today = VenueNumber.station_id == station_id, VenueNumber.day == today
    given = session.scalar(select(func.max(VenueNumber.number)).where(*of_today)) or 0
    queue = find_queue(session, station_id)
    is_open = queue is not None and queue.open_on == today
    why = rules.refused(is_open=is_open, by_phone=holder is not None, given=given)
    if why:
        raise Conflict(why)
    row = VenueNumber(station_id=station_id, day=today, number=given + 1, holder=holder, taken_at=now)
    session.add(row)
    session.flush()
    return row
