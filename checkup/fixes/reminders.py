"""Reminders that the owner switches on and off; sent through the outgoing messages, once per matter and day."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.holding import hold_case, is_held
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.fixes.models import Fix, Reminder, ReminderWish
from checkup.fixes.reminder_wishes import DEFAULT_WISH, Wish
from checkup.fixes.states import TO_DO
from tenants import messages
from tenants.clock import city_day
from tenants.models import Message

GONE = ("withdrawn", "erased")


@dataclass(frozen=True)
class Due:
    """What one message reminds of."""

    row: Checkup
    channel: str
    fixes: tuple[Fix, ...]


def get_wish(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> Wish:
    """How the owner wants to be reminded; nothing unless she asked for it. Raises: NotFound."""
    row = get_checkup_row(session, checkup_id)
    held = session.get(ReminderWish, (row.firm_id, row.id))
    return DEFAULT_WISH if held is None else _open(session, row, held, keys)


def set_wish(session: Session, *, checkup_id: uuid.UUID, wish: Wish, keys: Keyring, now: dt.datetime) -> None:
    """Addresses are sealed with the case's key; without SMS or e-mail none is kept. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    held = session.get(ReminderWish, (row.firm_id, row.id))
    if held is None:
        held = ReminderWish(firm_id=row.firm_id, checkup_id=row.id, owner_id=row.owner_id)
        session.add(held)
    held.channel, held.days_before, held.changed_at = wish.channel, wish.days_before, now
    key = open_case(session, row, keys)
    held.sealed_address = key.seal(wish.address.encode()) if wish.address else None
    held.sealed_email = key.seal(wish.email.encode()) if wish.email else None
    session.flush()


def _open(session: Session, row: Checkup, held: ReminderWish, keys: Keyring) -> Wish:
    sealed = (held.sealed_address, held.sealed_email)
    key = open_case(session, row, keys) if any(sealed) else None
    address, email = (key.unseal(one).decode() if key and one else "" for one in sealed)
    return Wish(held.channel, held.days_before, address, email)


def find_wish_of(session: Session, message: Message, keys: Keyring) -> Wish | None:
    """The wish of the case that a message is to, in the worker's scope; None without one, or without a case."""
    query = (
        select(Checkup, ReminderWish)
        .join(ReminderWish)
        .where(Checkup.firm_id == message.firm_id, Checkup.case_number == message.recipient)
    )
    found = session.execute(query).one_or_none()
    if message.owner_id is None or found is None or found[0].state in GONE:
        return None
    return _open(session, *found, keys)


def list_due(session: Session, *, firm_id: uuid.UUID, today: dt.date) -> Sequence[Due]:
    """What is to be reminded of today, per checkup; a day that has passed is no reminder any more."""
    query = (
        select(Fix, Checkup, ReminderWish.channel)
        .select_from(Fix)
        .join(Checkup)
        .join(ReminderWish)
        .outerjoin(
            Reminder,
            (Reminder.firm_id == Fix.firm_id)
            & (Reminder.checkup_id == Fix.checkup_id)
            & (Reminder.about == Fix.risk)
            & (Reminder.due_on == Fix.due_on),
        )
        .where(Fix.firm_id == firm_id, Fix.state.in_(TO_DO), ReminderWish.channel != "none", Reminder.about.is_(None))
        .where(Fix.due_on >= today, Fix.due_on <= literal(today) + ReminderWish.days_before)
        .where(Checkup.state.not_in(GONE))
        .order_by(Fix.due_on, Fix.place)
    )
    grouped: defaultdict[uuid.UUID, list[Fix]] = defaultdict(list)
    cases: dict[uuid.UUID, tuple[Checkup, str]] = {}
    for fix, row, channel in session.execute(query).tuples():
        grouped[row.id].append(fix)
        cases[row.id] = (row, channel)
    return [Due(*cases[one], tuple(fixes)) for one, fixes in grouped.items()]


def remind(session: Session, *, firm_id: uuid.UUID, public_url: str, now: dt.datetime) -> int:
    """Queue today's reminders of one firm, one message per checkup; returns how many. A second run adds none."""
    count = 0
    for due in list_due(session, firm_id=firm_id, today=city_day(now)):
        fresh = [fix for fix in due.fixes if claim_reminder(session, due.row, fix.risk, fix.due_on, now)]
        if fresh:
            _queue(session, due, fresh, public_url, now)
            count += 1
    return count


def claim_reminder(session: Session, row: Checkup, about: str, due_on: dt.date, now: dt.datetime) -> bool:
    """Whether this reminder is still to be sent; from now on it is not. Two workers at once: one of them may."""
    if not is_held(session, row.id):
        return False
    statement = (
        insert(Reminder)
        .values(firm_id=row.firm_id, checkup_id=row.id, about=about, due_on=due_on, owner_id=row.owner_id, sent_at=now)
        .on_conflict_do_nothing()
        .returning(Reminder.about)
    )
    return session.execute(statement).first() is not None


def _queue(session: Session, due: Due, fixes: Sequence[Fix], public_url: str, now: dt.datetime) -> None:
    """The words say how many and when, never what: a shop's phone lies on the counter."""
    first = min(fix.due_on for fix in fixes)
    link = f"{public_url}/checkup/{due.row.id}/fixes"
    values = {"count": len(fixes), "first": first, "link": link}
    messages.tell_owner(session, "fixes_due", due.row, channel=due.channel, now=now, **values)
