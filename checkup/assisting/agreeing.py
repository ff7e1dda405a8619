"""An owner agrees that a helper works on her case, and takes it back: her acts, in her scope, at the helper's desk or
by telephone. The helper's own role adds, prolongs and ends nothing."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from checkup.assisting import assist_rules as rules
from checkup.assisting.models import Assistance, PaperEntry
from checkup.cases import checkups
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.cases.states import DRAFTS
from tenants import audit
from tenants.errors import Conflict, NotFound
from tenants.models import Station
from tenants.rows import get_one


@dataclass(frozen=True)
class Agreed:
    """What was read to her and what she said: who helps, for what, how, and what of the result is shown."""

    station: Station
    helper: audit.Actor
    purpose: str
    channel: str
    shows: str = rules.LIGHT


def agree(session: Session, *, checkup_id: uuid.UUID, agreed: Agreed, now: dt.datetime) -> Assistance:
    """From now on this helper may; whoever filled in before may not any more, what she typed stays.

    Raises: NotFound, Conflict `not_now` for answers to what is no draft any more.
    """
    row = hold_case(session, checkup_id)
    if agreed.purpose == rules.FILL and row.state not in DRAFTS:
        raise Conflict("not_now")
    for one in _list_open(session, row):
        if one.purpose == agreed.purpose and (one.purpose == rules.FILL or one.helper_id == agreed.helper.id):
            _end(session, one, rules.OTHER_HELPER, now)
    made = Assistance(
        firm_id=row.firm_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        station_id=agreed.station.id,
        station_name=agreed.station.name,
        helper_id=agreed.helper.known(),
        helper_name=agreed.helper.name,
        purpose=agreed.purpose,
        channel=agreed.channel,
        shows=agreed.shows,
        text_version=rules.text_of(agreed.channel),
        began_at=now,
        ends_at=rules.ends_at(agreed.purpose, now),
    )
    session.add(made)
    session.flush()
    act = "help.called" if agreed.purpose == rules.CALL else "help.began"
    note(session, row, act, agreed.helper)
    return made


def note(session: Session, row: Checkup, act: str, by: audit.Actor, why: str = "") -> None:
    """One step of a helper, in the log that the owner reads."""
    audit.note(session, firm_id=row.firm_id, act=act, by=by, about_id=row.id, owner_id=row.owner_id, why=why)


def hold_open(session: Session, help_id: uuid.UUID, now: dt.datetime) -> tuple[Checkup, Assistance]:
    """The case, held, and the help that still runs. Raises: NotFound once it does not."""
    found = get_one(session, select(Assistance).where(Assistance.id == help_id))
    row = hold_case(session, found.checkup_id)
    session.refresh(found)
    if not found.is_open(now):
        raise NotFound
    return row, found


def submit_for(session: Session, *, help_id: uuid.UUID, by: audit.Actor, keys: Keyring, now: dt.datetime) -> Checkup:
    """She says that it is all; the helper presses the button. Raises: NotFound."""
    row, found = hold_open(session, help_id, now)
    if found.purpose != rules.FILL:
        raise NotFound
    checkups.submit_checkup(session, checkup_id=row.id, keys=keys, now=now)
    note(session, row, "help.submitted", by)
    return row


def end_help(session: Session, *, checkup_id: uuid.UUID, why: str, by: audit.Actor, now: dt.datetime) -> None:
    """Nobody helps any more; nothing to do where nobody did. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    end_open(session, row, why=why, by=by, now=now)


def end_open(session: Session, row: Checkup, *, why: str, by: audit.Actor, now: dt.datetime) -> None:
    """The same for a case that is held already."""
    ended = _list_open(session, row)
    for one in ended:
        _end(session, one, why, now)
    if ended:
        note(session, row, "help.ended", by, why)


def _end(session: Session, one: Assistance, why: str, now: dt.datetime) -> None:
    """A sheet of paper that was not settled by then is typed no further."""
    one.ended_at, one.ended_why = now, why
    if one.purpose == rules.FILL:
        session.execute(delete(PaperEntry).filter_by(firm_id=one.firm_id, checkup_id=one.checkup_id))
    session.flush()


def _list_open(session: Session, row: Checkup) -> Sequence[Assistance]:
    query = select(Assistance).where(Assistance.firm_id == row.firm_id, Assistance.checkup_id == row.id)
    return session.scalars(query.where(Assistance.ended_at.is_(None))).all()


def list_helps(session: Session, checkup_id: uuid.UUID) -> Sequence[Assistance]:
    """Who has helped with a case, oldest first."""
    query = select(Assistance).where(Assistance.checkup_id == checkup_id)
    return session.scalars(query.order_by(Assistance.began_at, Assistance.id)).all()


def is_there(session: Session, one: Assistance) -> bool:
    """Whether the helper still has her post at a station that is open."""
    return bool(session.scalar(select(func.app_may_help(one.station_id, one.helper_id))))


def carry(session: Session, helps: Sequence[Assistance], *, to: Checkup, now: dt.datetime) -> None:
    """Who has helped, told at the firm to which the record has moved; nobody helps there."""
    for one in helps:
        kept = {
            name: getattr(one, name)
            for name in (
                "station_id", "station_name", "helper_id", "helper_name", "purpose", "channel", "shows",
                "text_version", "began_at", "ends_at",
            )
        }  # fmt: skip
        ended = {"ended_at": one.ended_at or now, "ended_why": one.ended_why or rules.MOVED}
        session.add(Assistance(firm_id=to.firm_id, checkup_id=to.id, owner_id=to.owner_id, **kept, **ended))
    session.flush()
