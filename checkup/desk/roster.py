"""Who is on call: planned by the firm's admin day by day, filled in turn if asked."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from checkup.desk.models import OnCall
from checkup.review.colleagues import Colleague, list_colleagues
from tenants.errors import FieldFault, Invalid

PLACES = (1, 2)
DAYS_AHEAD = 14


@dataclass(frozen=True)
class RosterDay:
    """One day: who is called by place; a place may be empty."""

    day: dt.date
    people: Mapping[int, uuid.UUID]


def list_days(session: Session, *, firm_id: uuid.UUID, today: dt.date) -> list[RosterDay]:
    """Today and the two weeks ahead."""
    days = [today + dt.timedelta(days=offset) for offset in range(DAYS_AHEAD)]
    query = select(OnCall).where(OnCall.firm_id == firm_id, OnCall.day >= days[0], OnCall.day <= days[-1])
    held = {(row.day, row.place): row.person_id for row in session.scalars(query)}
    return [RosterDay(day, {p: held[day, p] for p in PLACES if (day, p) in held}) for day in days]


def plan_day(session: Session, *, firm_id: uuid.UUID, day: dt.date, people: Mapping[int, uuid.UUID | None]) -> None:
    """Who is on call on a day, anew. Raises: Invalid for somebody who is no lawyer of the firm, or named twice."""
    known = {one.id: one for one in list_colleagues(session, firm_id=firm_id) if one.reviews}
    named = {place: person for place, person in people.items() if person is not None}
    if not set(named.values()) <= known.keys() or len(set(named.values())) < len(named):
        raise Invalid((FieldFault("people", "unknown_option"),))
    session.execute(delete(OnCall).where(OnCall.firm_id == firm_id, OnCall.day == day))
    for place, person_id in named.items():
        name = known[person_id].name
        session.add(OnCall(firm_id=firm_id, day=day, place=place, person_id=person_id, person_name=name))
    session.flush()


def count_days(session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, today: dt.date) -> int:
    """On how many days from today this person is planned."""
    query = select(OnCall.day).where(OnCall.firm_id == firm_id, OnCall.person_id == person_id, OnCall.day >= today)
    return len(set(session.scalars(query)))


def leave_roster(session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, today: dt.date) -> None:
    """From today on somebody is called no more; the places are empty."""
    hers = delete(OnCall).where(OnCall.firm_id == firm_id, OnCall.person_id == person_id)
    session.execute(hers.where(OnCall.day >= today))


def fill_in_turn(session: Session, *, firm_id: uuid.UUID, today: dt.date) -> None:
    """Every empty day gets two lawyers, each in turn."""
    lawyers = [one for one in list_colleagues(session, firm_id=firm_id) if one.reviews]
    if not lawyers:
        return
    for day in list_days(session, firm_id=firm_id, today=today):
        if not day.people:
            turn = day.day.toordinal()
            first, second = lawyers[turn % len(lawyers)], lawyers[(turn + 1) % len(lawyers)]
            people = {1: first.id, 2: second.id if second.id != first.id else None}
            plan_day(session, firm_id=firm_id, day=day.day, people=people)


def order_to_ring(session: Session, *, firm_id: uuid.UUID, day: dt.date) -> Sequence[Colleague]:
    """Whom to call on this day: the roster, then partners and admins who are lawyers; nobody who has left."""
    everybody = list_colleagues(session, firm_id=firm_id)
    known = {one.id: one for one in everybody if one.reviews}
    query = select(OnCall.person_id).where(OnCall.firm_id == firm_id, OnCall.day == day).order_by(OnCall.place)
    planned = [known[person_id] for person_id in session.scalars(query) if person_id in known]
    behind = [one for one in everybody if one.role != "lawyer" and one.reviews] or list(everybody)
    return list(dict.fromkeys((*planned, *behind)))
