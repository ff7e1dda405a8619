"""Requests from other doors of the city: one number, one clock, a firm that answers; every move is told back."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bureau.parameters.in_force import get_value
from checkup.owner.open_firms import takes_owners
from cloud.partners import ticket_states
from cloud.partners.models import Notice, Subscriber, Ticket, TicketEvent, TicketMessage, TicketReference
from cloud.partners.ticket_forms import TicketForm
from tenants.base import new_id
from tenants.clock import city_day
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.models import Bureau, Firm
from tenants.numbers import mint
from tenants.one_at_a_time import one_at_a_time
from tenants.rows import get_one
from tenants.sealing import seal, unseal
from tenants.typed.words import check_line

KEPT_DAYS = 30  # what was asked is kept so long after the end, then its text goes
MOST_WHY = 500


def remember_message(session: Session, *, party: Subscriber, message_id: str, body: bytes, now: dt.datetime) -> bool:
    """False when the very same call was taken before. The party's other calls wait until this one is done.

    Raises: Conflict `replayed` for the same id with another body.
    """
    one_at_a_time(session, "calls of a party", party.id)
    digest = hashlib.sha256(body).hexdigest()
    held = session.get(TicketMessage, (party.id, message_id))
    if held is not None and held.body_hash != digest:
        raise Conflict("replayed")
    if held is None:
        session.add(TicketMessage(subscriber_id=party.id, message_id=message_id, body_hash=digest, at=now))
        session.flush()
    return held is None


def receive_ticket(
    session: Session, *, party: Subscriber, form: TicketForm, master: bytes, now: dt.datetime
) -> tuple[Ticket, bool]:
    """The ticket of this reference, and whether it is new: to the firm it names, else to the bureau of its district.

    A ticket that another door has already (`number`) gets one more reference and stays one. Under Scope(CLIENT).
    Raises: Invalid for a `number` or `firm` that is not known.
    """
    known = session.get(TicketReference, (party.id, form.reference))
    if known is not None:
        return get_ticket(session, known.ticket_id), False
    if form.number:
        return _join_ticket(session, party, form, now), False
    firm = _find_firm(session, form.firm)
    bureau_id = firm.bureau_id if firm else _get_bureau(session, form.district)
    days = get_value(session, bureau_id=bureau_id, key="ticket_days", on=city_day(now))
    row = Ticket(
        id=new_id(),
        number=mint("T", at=now),
        source=party.source,
        wish=form.wish,
        topic=form.topic,
        district=form.district,
        bureau_id=bureau_id,
        firm_id=firm.id if firm else None,
        state="routed" if firm else "received",
        is_hard=False,
        received_at=now,
        due_on=ticket_states.due_day(city_day(now), is_hard=False, plain_days=days),
        ended_at=None,
    )
    said = json.dumps({"name": form.name, "phone": form.phone, "note": form.note}, ensure_ascii=False)
    row.sealed = seal(master, said.encode(), row.id.bytes)
    session.add(row)
    session.flush()
    session.add(TicketReference(subscriber_id=party.id, reference=form.reference, ticket_id=row.id))
    session.add(TicketEvent(ticket_id=row.id, actor_name=party.name, was="", became=row.state, why="", at=now))
    session.flush()
    return row, True


def _join_ticket(session: Session, party: Subscriber, form: TicketForm, now: dt.datetime) -> Ticket:
    """Who was given the number may follow the ticket under a reference of its own."""
    enter_scope(session, Scope(Audience.CLIENT, token=form.number))
    row = session.scalars(select(Ticket).where(Ticket.number == form.number)).one_or_none()
    enter_scope(session, Scope(Audience.CLIENT, token=str(party.id)))
    if row is None:
        raise Invalid((FieldFault("number", "unknown_option"),))
    session.add(TicketReference(subscriber_id=party.id, reference=form.reference, ticket_id=row.id))
    session.flush()
    return row


def _find_firm(session: Session, slug: str) -> Firm | None:
    """Raises: Invalid for a firm that does not serve."""
    if not slug:
        return None
    columns = select(Firm.id, Firm.bureau_id).where(Firm.slug == slug, Firm.state == "active", takes_owners())
    found = session.execute(columns).one_or_none()
    if found is None:
        raise Invalid((FieldFault("firm", "unknown_option"),))
    return Firm(id=found.id, bureau_id=found.bureau_id)


def _get_bureau(session: Session, district: str) -> uuid.UUID:
    """The bureau in charge of the district, else the city's."""
    rows = session.scalars(select(Bureau).order_by(Bureau.id)).all()
    city = [one for one in rows if one.parent_id is None]
    here = [one for one in rows if one.district == district and one.parent_id in {top.id for top in city}]
    return (here or city)[0].id


def get_ticket(session: Session, ticket_id: uuid.UUID) -> Ticket:
    """Within the scope. Raises: NotFound."""
    return get_one(session, select(Ticket).where(Ticket.id == ticket_id))


def get_by_number(session: Session, number: str) -> Ticket:
    """Within the scope. Raises: NotFound."""
    return get_one(session, select(Ticket).where(Ticket.number == number))


def list_tickets(session: Session, *, firm_id: uuid.UUID | None = None, most: int = 200) -> Sequence[Ticket]:
    """What is open, the nearest due day first, then what has ended; of a firm, or of a bureau's part of the tree."""
    query = select(Ticket).order_by(Ticket.ended_at.is_not(None), Ticket.due_on, Ticket.id).limit(most)
    if firm_id is not None:
        query = query.where(Ticket.firm_id == firm_id, Ticket.state != "received")
    return session.scalars(query).all()


def count_to_route(session: Session) -> tuple[int, dt.date | None]:
    """How many tickets wait for the bureau to give them to a firm, and the nearest day of an answer."""
    query = select(func.count(), func.min(Ticket.due_on)).where(Ticket.state == "received")
    count, first = session.execute(query).one()
    return count, first


def list_ticket_events(session: Session, ticket_id: uuid.UUID) -> Sequence[TicketEvent]:
    query = select(TicketEvent).where(TicketEvent.ticket_id == ticket_id).order_by(TicketEvent.id)
    return session.scalars(query).all()


def list_references(session: Session, ticket_id: uuid.UUID) -> Sequence[str]:
    query = select(TicketReference.reference).where(TicketReference.ticket_id == ticket_id)
    return session.scalars(query.order_by(TicketReference.reference)).all()


def read_request(row: Ticket, master: bytes) -> dict[str, str] | None:
    """Who asks and what for, for the firm that has the ticket; None once its text is gone."""
    if row.sealed is None:
        return None
    return dict(json.loads(unseal(master, row.sealed, row.id.bytes)))


def move_ticket(
    session: Session,
    row: Ticket,
    step: str,
    *,
    allowed: frozenset[str],
    by: str,
    why: str,
    now: dt.datetime,
    firm_id: uuid.UUID | None = None,
) -> None:
    """One step, its event, and news of it to every door that knows the ticket.

    Raises: NotFound for a step that is not theirs; Conflict `not_now`; Invalid `why` or `firm`.
    """
    if step not in allowed:
        raise NotFound
    reason = check_line(why, "why", most=MOST_WHY, needed=step in ticket_states.WITH_REASON)
    session.refresh(row, with_for_update=True)
    ticket_states.LIFE.after(row.state, step)
    if step == "route":
        row.firm_id = _serving(session, firm_id)
    if step == "extend":
        if row.is_hard:
            raise Conflict("not_now")
        row.is_hard, row.due_on = True, ticket_states.due_day(city_day(row.received_at), is_hard=True)
    note_step(session, row, step, by=by, why=reason, now=now)


def note_step(session: Session, row: Ticket, step: str, *, by: str, why: str, now: dt.datetime) -> None:
    """The step itself, of a row that is held. Raises: Conflict `not_now`."""
    was, became = row.state, ticket_states.LIFE.after(row.state, step)
    row.state = became
    if became in ticket_states.ENDS:
        row.ended_at = now
    event = TicketEvent(ticket_id=row.id, id=new_id(), actor_name=by, was=was, became=became, why=why, at=now)
    session.add(event)
    session.flush()
    _tell(session, row, event, now)


def _serving(session: Session, firm_id: uuid.UUID | None) -> uuid.UUID:
    wanted = select(Firm.id).where(Firm.id == firm_id, Firm.state == "active", takes_owners())
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise Invalid((FieldFault("firm", "required"),))
    return found


def _tell(session: Session, row: Ticket, event: TicketEvent, now: dt.datetime) -> None:
    """Queue the news for each door: number, state, day. No name, no text, no reason, no firm."""
    query = select(TicketReference).where(TicketReference.ticket_id == row.id)
    for reference in session.scalars(query):
        data = {"number": row.number, "reference": reference.reference, "state": row.state,
                "due_on": row.due_on.isoformat(), "due_may_move": row.due_may_move, "is_hard": row.is_hard}  # fmt: skip
        message = {"type": "ticket.changed", "timestamp": now.isoformat(), "data": data}
        session.add(
            Notice(
                subscriber_id=reference.subscriber_id,
                name=f"ticket-{event.id}",
                about=row.number,
                body=json.dumps(message, sort_keys=True),
                state="waiting",
                tries=0,
                next_at=now,
            )
        )
    session.flush()


def forget_requests(session: Session, now: dt.datetime) -> None:
    """The text of what was asked goes a month after the end, under Scope(WORKER)."""
    old = update(Ticket).where(Ticket.ended_at < now - dt.timedelta(days=KEPT_DAYS))
    session.execute(old.values(sealed=None), execution_options={"synchronize_session": False})
