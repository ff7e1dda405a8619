"""Jobs of gatherings: who wishes it is told, the line moves up, hours are suggested, numbers are told.

Seats are forgotten with all else that is kept for a while (`webapp.tasks.keeping`).
"""

import datetime as dt
import uuid
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.gatherings import seats
from bureau.gatherings.hours import suggest_hours
from bureau.gatherings.making import close_over
from bureau.gatherings.models import Gathering, GatheringEvent, Seat, Speaker
from bureau.gatherings.reading import find_host
from bureau.gatherings.states import CANCELLED, HELD
from cloud.releases.gatherings import list_to_tell, tell_gathering
from tenants import jobs
from tenants.audit import SYSTEM
from tenants.clock import city_day, now, start_of
from tenants.database import Audience, Scope, unit_of_work
from tenants.translation import shown
from tenants.translation.message_texts import render_message
from webapp.outside.sms import send_text
from webapp.outside.text_caps import count_text
from webapp.settings import Settings
from webapp.tasks.every_firm import on_its_own

MOVED, CALLED_OFF, SOON, SEAT_FREE = "gathering_moved", "gathering_off", "gathering_soon", "gathering_seat"
_WORKER = Scope(Audience.WORKER)
_DAY = dt.timedelta(days=1)


def _follow_gathering(settings: Settings, *, event_id: str) -> None:
    """What a move leads to, once it is kept."""
    with unit_of_work(_WORKER) as session:
        event = session.get_one(GatheringEvent, uuid.UUID(event_id))
        row = session.get_one(Gathering, event.gathering_id)
        if event.became == CANCELLED:
            _tell_all(session, settings, row.id, CALLED_OFF, event_id)
        elif row.moved_at == event.at:
            _tell_all(session, settings, row.id, MOVED, event_id)
        speakers = session.scalars(select(Speaker).where(Speaker.gathering_id == row.id, Speaker.came.is_(True))).all()
        somebody_came = seats.count_seats(session, row.id)[1] > 0
    if event.became != HELD:
        _fill_seats(settings, gathering_id=str(row.id))
    elif somebody_came:
        for speaker in speakers:
            with unit_of_work(Scope(Audience.WORKER, firm_id=speaker.of_firm)) as session:
                suggest_hours(session, row, speaker, witness=_host_name(row), now=now())


def _host_name(row: Gathering) -> str:
    with unit_of_work(_WORKER) as session:
        host = find_host(session, row)
    return "" if host is None else host.name


def _tell_all(session: Session, settings: Settings, gathering_id: uuid.UUID, template: str, about: str) -> None:
    """A text of its own for each number that wishes one; the same `about` is the same text."""
    whose = ("held",) if template == SOON else ("held", "waiting")
    for seat in seats.list_to_tell(session, gathering_id, settings.master_key, states=whose):
        jobs.defer(session, "tell_seat", seat_id=seat.id, template=template, about=about)


def _tell_seat(settings: Settings, *, seat_id: str, template: str, about: str) -> None:
    """Raises: NotSent, and the worker tries again; nothing goes out once the number is forgotten."""
    with unit_of_work(_WORKER) as session:
        seat = session.get(Seat, uuid.UUID(seat_id))
        phone = "" if seat is None else seats.open_phone(seat, settings.master_key)
        if seat is None or not phone:
            return
        row = session.get_one(Gathering, seat.gathering_id)
    link = f"{settings.public_url}/events/{row.number}/seats/{seat.token}"
    values = {
        "gathering": row,
        "at": shown.appointment(row.begins_at, seat.locale, city_day(now())),
        "place": row.place,
        "link": link,
    }
    text = render_message(template, seat.locale, values).subject
    count_text(settings, phone)
    key = str(uuid.uuid5(seat.id, f"{template} {about}"))
    send_text(settings, phone, text, key=key, values={"firm": _host_name(row)})


def _fill_seats(settings: Settings, *, gathering_id: str) -> None:
    with unit_of_work(_WORKER) as session:
        for seat in seats.fill_up(session, uuid.UUID(gathering_id), now=now()):
            jobs.defer(session, "tell_seat", seat_id=seat.id, template=SEAT_FREE, about="")


def remind_seats(settings: Settings) -> int:
    """Whoever has a seat tomorrow and wished to be reminded; returns at how many gatherings."""
    tomorrow = city_day(now() + _DAY)
    with unit_of_work(_WORKER) as session:
        found = seats.list_to_remind(session, (start_of(tomorrow), start_of(tomorrow + _DAY)))
    for one in found:
        with on_its_own(f"gathering {one}"), unit_of_work(_WORKER) as session:
            _tell_all(session, settings, one, SOON, tomorrow.isoformat())
    return len(found)


def tell_gatherings(settings: Settings) -> int:
    """What is over and nobody closed is closed without hours; returns how many numbers are told."""
    told = 0
    with unit_of_work(_WORKER) as session:
        close_over(session, before=now() - seats.SEATS_KEPT + _DAY, by=SYSTEM, now=now())
        wanted = list_to_tell(session)
    for one in wanted:
        with on_its_own(f"gathering {one}"), unit_of_work(_WORKER) as session:
            told += tell_gathering(session, one, now=now())
    return told


TASKS: dict[str, Callable[..., object]] = {
    "follow_gathering": _follow_gathering,
    "tell_seat": _tell_seat,
    "fill_seats": _fill_seats,
}
# Name → (cron in UTC, what is done): at ten in the city; twice an hour, before the day's seats are forgotten.
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "remind_seats": ("0 2 * * *", remind_seats),
    "tell_gatherings": ("5,35 * * * *", tell_gatherings),
}
