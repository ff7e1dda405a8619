"""Jobs of accounts: a member of staff is told, at her own address, that the way she comes in was changed, or gets the
link to set a new password."""

import datetime as dt
import uuid
from collections.abc import Callable

from sqlalchemy import select

from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Person
from tenants.translation.message_texts import render_message
from webapp.edge.record_links import LASTS, MINUTES, POST_DAYS, make_reset_link
from webapp.outside.message_delivery import write_to_person
from webapp.settings import Settings


def _tell_person(settings: Settings, *, person_id: str, template: str, what: str, at: str) -> None:
    """Raises: NotSent, and the worker tries again."""
    with unit_of_work(Scope(Audience.WORKER, person_id=uuid.UUID(person_id))) as session:
        query = select(Person.email, Person.locale).where(Person.id == uuid.UUID(person_id))
        found = session.execute(query).one_or_none()
    if found is None or found.email is None:
        return
    text = render_message(template, found.locale, {"what": what, "at": dt.datetime.fromisoformat(at)})
    write_to_person(settings, to=found.email, text=text, key=uuid.uuid5(uuid.UUID(person_id), at))


def _send_reset(settings: Settings, *, person_id: str, stamp: str, template: str, at: str) -> None:
    """To whoever this is; an id that is nobody's is a stranger who asked. Raises: NotSent."""
    asked = uuid.UUID(person_id)
    with unit_of_work(Scope(Audience.WORKER, person_id=asked)) as session:
        found = session.execute(select(Person.email, Person.locale).where(Person.id == asked)).one_or_none()
    if found is None or found.email is None:
        return
    link = make_reset_link(settings, asked, stamp, asked_at=dt.datetime.fromisoformat(at), lasts=LASTS[template])
    text = render_message(template, found.locale, {"link": link, "minutes": MINUTES, "days": POST_DAYS})
    write_to_person(settings, to=found.email, text=text, key=uuid.uuid5(asked, f"reset {at}"))


TASKS: dict[str, Callable[..., object]] = {"tell_person": _tell_person, "send_reset": _send_reset}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {}
