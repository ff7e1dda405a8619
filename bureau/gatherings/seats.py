"""Seats of a gathering: taken, given back, come to; by whoever holds the token, under Scope(PUBLIC, token=…).

The worker moves the line up and forgets phones and seats, under Scope(WORKER).
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from bureau.gatherings.models import Gathering, Seat
from bureau.gatherings.states import ANNOUNCED, FULL, OPEN, SEAT_LIFE
from tenants.base import new_id
from tenants.errors import Conflict
from tenants.numbers import random_letters
from tenants.one_at_a_time import one_at_a_time
from tenants.sealing import seal, unseal

LONG = 12
PHONES_KEPT, SEATS_KEPT = dt.timedelta(days=1), dt.timedelta(days=7)


def new_token() -> str:
    """Of a seat that is about to be taken."""
    return random_letters(LONG)


def room_of(session: Session, gathering_id: uuid.UUID) -> str:
    """Whether there is a seat (`open`, `full`), or why there is none (`over`, `cancelled`)."""
    return str(session.scalars(select(func.app_gathering_room(gathering_id))).one())


def take_seat(
    session: Session, row: Gathering, *, token: str, phone: str, master: bytes, locale: str, now: dt.datetime
) -> Seat:
    """A seat, or the last place in the line where all are taken. Raises: Conflict `over`, `cancelled`."""
    room = session.scalars(select(func.app_take_seat(row.id))).one()
    if room not in (OPEN, FULL):
        raise Conflict(room)
    seat_id = new_id()
    sealed = seal(master, phone.encode(), seat_id.bytes) if phone else None
    state = "held" if room == OPEN else "waiting"
    return _add(session, row, seat_id, token, state=state, sealed_phone=sealed, locale=locale, made_at=now)


def _add(session: Session, row: Gathering, seat_id: uuid.UUID, token: str, **given: object) -> Seat:
    seat = Seat(id=seat_id, gathering_id=row.id, token=token, **given)
    session.add(seat)
    session.flush()
    return seat


def find_seat(session: Session, gathering_id: uuid.UUID, *, lock: bool = False) -> Seat | None:
    """The seat whose token the scope holds, at this gathering."""
    query = select(Seat).where(Seat.gathering_id == gathering_id)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def leave(session: Session, seat: Seat) -> None:
    """The seat is the next one's (`tenants.access.statements.gathering_functions`), its phone forgotten.

    Raises: Conflict `not_now`.
    """
    seat.state, seat.sealed_phone = SEAT_LIFE.after(seat.state, "leave"), None
    session.flush()


def come(session: Session, row: Gathering, *, token: str, locale: str, now: dt.datetime) -> tuple[Seat, bool]:
    """Somebody is at the door with today's code, by her seat or without one; (seat, whether she had come already)."""
    seat = find_seat(session, row.id, lock=True)
    if seat is None:
        return _add(session, row, new_id(), token, state="walked", locale=locale, made_at=now, came_at=now), False
    if seat.came_at is not None:
        return seat, True
    if SEAT_LIFE.may(seat.state, "come"):
        seat.state = SEAT_LIFE.after(seat.state, "come")
    seat.came_at = now
    session.flush()
    return seat, False


def fill_up(session: Session, gathering_id: uuid.UUID, *, now: dt.datetime) -> Sequence[Seat]:
    """Who has waited longest gets what is free; returns those who did."""
    one_at_a_time(session, "gathering", gathering_id)  # as whoever takes a seat (`app_take_seat`)
    row = session.get_one(Gathering, gathering_id)
    if row.state != ANNOUNCED or now >= row.ends_at:
        return ()
    of_it = select(Seat).where(Seat.gathering_id == gathering_id)
    taken = session.scalar(select(func.count()).select_from(of_it.where(Seat.state == "held").subquery())) or 0
    line = of_it.where(Seat.state == "waiting").order_by(Seat.made_at, Seat.id)
    moved = session.scalars(line.limit(max(row.seats - taken, 0)).with_for_update(skip_locked=True)).all()
    for seat in moved:
        seat.state = SEAT_LIFE.after(seat.state, "move_up")
    session.flush()
    return moved


def open_phone(seat: Seat, master: bytes) -> str:
    """ "" where none is wished, or none is kept any more."""
    return "" if seat.sealed_phone is None else unseal(master, seat.sealed_phone, seat.id.bytes).decode()


def list_to_tell(
    session: Session, gathering_id: uuid.UUID, master: bytes, *, states: Sequence[str] = ("held", "waiting")
) -> list[Seat]:
    """The seats in these states whose holders wish to be told, one for each number."""
    query = select(Seat).where(
        Seat.gathering_id == gathering_id, Seat.state.in_(states), Seat.sealed_phone.is_not(None)
    )
    seats = session.scalars(query.order_by(Seat.made_at, Seat.id)).all()
    return list({open_phone(seat, master): seat for seat in reversed(seats)}.values())


def list_to_remind(session: Session, begins: tuple[dt.datetime, dt.datetime]) -> Sequence[uuid.UUID]:
    """The gatherings that begin between these moments."""
    query = select(Gathering.id).where(Gathering.state == ANNOUNCED, Gathering.begins_at >= begins[0])
    return session.scalars(query.where(Gathering.begins_at < begins[1]).order_by(Gathering.id)).all()


def count_seats(session: Session, gathering_id: uuid.UUID) -> tuple[int, int]:
    """How many wanted to come, and how many came."""
    wanted = func.count().filter(Seat.state != "left")
    came = func.count().filter(Seat.came_at.is_not(None))
    return session.execute(select(wanted, came).where(Seat.gathering_id == gathering_id)).tuples().one()


def forget_seats(session: Session, *, now: dt.datetime) -> int:
    """Phones the day after a gathering, seats a week after it; returns how many rows were changed or removed."""

    def over_since(kept: dt.timedelta) -> ColumnElement[bool]:
        return Seat.gathering_id.in_(select(Gathering.id).where(Gathering.ends_at < now - kept))

    with_phone = Seat.sealed_phone.is_not(None) & over_since(PHONES_KEPT)
    phones = session.scalars(update(Seat).where(with_phone).values(sealed_phone=None).returning(Seat.id)).all()
    gone = session.scalars(delete(Seat).where(over_since(SEATS_KEPT)).returning(Seat.id)).all()
    return len(phones) + len(gone)
