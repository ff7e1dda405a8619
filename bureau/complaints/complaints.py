"""An owner complains about a firm, or about a body that took a matter of hers; a bureau answers, never they, within the
working days that it has set itself."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bureau.complaints import states
from bureau.complaints.models import Complaint, ComplaintEvent, ComplaintKeyRow
from bureau.parameters.in_force import get_value
from checkup.cases.checkups import get_checkup_row
from checkup.cases.holding import hold_case
from checkup.cases.sealing import CaseKey, Keyring
from tenants import jobs
from tenants.base import new_id
from tenants.bureaus import list_levels
from tenants.clock import city_day
from tenants.errors import FieldFault, Invalid, NotFound
from tenants.models import Firm, Provider
from tenants.rows import get_one

MOST_WORDS = 1000


@dataclass(frozen=True)
class Said:
    """What an owner writes to the bureau; `phone` empty when she wants to be answered on the page."""

    words: str
    phone: str
    wants_call: bool


@dataclass(frozen=True)
class OwnComplaint:
    """A complaint as its owner sees it."""

    id: uuid.UUID
    state: str
    words: str
    phone: str
    outcome: str
    opened_at: dt.datetime
    due_on: dt.date
    settled_at: dt.datetime | None


def open_complaint(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    said: Said,
    keys: Keyring,
    now: dt.datetime,
    about: Provider | None = None,
) -> Complaint:
    """A new complaint, or what is said added to the one that runs. Under the owner's scope. `about`: a body.

    Raises: NotFound; Invalid `phone` when a call is wished and no number was ever given.
    """
    row = hold_case(session, checkup_id)  # a second tap waits, and finds the complaint that runs
    running = _of(row.id, about.id if about else None).where(Complaint.state.in_(states.RUNNING))
    complaint = session.scalars(running).first()
    if complaint is None:
        bureau_id = answering_bureau(session, firm_id=row.firm_id, about=about)
        complaint = Complaint(
            firm_id=row.firm_id,
            id=new_id(),
            owner_id=row.owner_id,
            checkup_id=row.id,
            provider_id=about.id if about else None,
            bureau_id=bureau_id if about else None,
            state="opened",
            wants_call=said.wants_call,
            opened_at=now,
            due_on=states.answer_by(
                now, get_value(session, bureau_id=bureau_id, key="complaint_days", on=city_day(now))
            ),
        )
        session.add(complaint)
        session.flush()
        _new_key(session, complaint, keys)
        _note(session, complaint.firm_id, complaint.id, None, "", "", "opened", now)
        jobs.defer(session, "tell_bureau", firm_id=complaint.firm_id, complaint_id=complaint.id)
    key = complaint_key(session, complaint.firm_id, complaint.id, keys)
    complaint.wants_call = complaint.wants_call or said.wants_call
    if said.words:
        complaint.sealed_words = key.seal(said.words.encode())
    if said.phone:
        complaint.sealed_phone = key.seal(said.phone.encode())
    if complaint.wants_call and complaint.sealed_phone is None:
        raise Invalid((FieldFault("phone", "number_to_call"),))
    session.flush()
    return complaint


def answering_bureau(session: Session, *, firm_id: uuid.UUID, about: Provider | None = None) -> uuid.UUID:
    """The bureau in charge of the firm; of a complaint about a body, the nearest that is above both."""
    firms = session.scalars(select(Firm.bureau_id).where(Firm.id == firm_id)).one()
    if about is None or about.bureau_id is None:
        return firms
    above = list_levels(session, firms)
    return next((one for one in list_levels(session, about.bureau_id) if one in above), firms)


def _of(checkup_id: uuid.UUID, provider_id: uuid.UUID | None) -> Select[Complaint]:
    """Those of a case about this body, or about the firm; the newest first."""
    query = select(Complaint).where(Complaint.checkup_id == checkup_id)
    query = query.where(Complaint.provider_id.is_not_distinct_from(provider_id))
    return query.order_by(Complaint.opened_at.desc())


def _new_key(session: Session, complaint: Complaint, keys: Keyring) -> None:
    firm_key = _firm_key(session, complaint.firm_id)
    wrapped = keys.new_data_key(firm_key, str(complaint.firm_id), str(complaint.id))
    session.add(
        ComplaintKeyRow(
            firm_id=complaint.firm_id, complaint_id=complaint.id, owner_id=complaint.owner_id, wrapped_key=wrapped
        )
    )
    session.flush()


def _firm_key(session: Session, firm_id: uuid.UUID) -> bytes:
    return get_one(session, select(Firm.wrapped_key).where(Firm.id == firm_id))


def complaint_key(session: Session, firm_id: uuid.UUID, complaint_id: uuid.UUID, keys: Keyring) -> CaseKey:
    """The opened key of one complaint. Raises: NotFound when its owner has erased it."""
    query = select(ComplaintKeyRow.wrapped_key).where(
        ComplaintKeyRow.firm_id == firm_id, ComplaintKeyRow.complaint_id == complaint_id
    )
    wrapped = get_one(session, query)
    return keys.case(_firm_key(session, firm_id), str(firm_id), wrapped, str(complaint_id))


def unsealed(
    session: Session, firm_id: uuid.UUID, complaint_id: uuid.UUID, keys: Keyring, *seals: bytes | None
) -> tuple[str, ...]:
    """The texts behind the seals of one complaint; empty where there is none, or where its owner has erased them."""
    if not any(seals):
        return tuple("" for _ in seals)
    key = complaint_key(session, firm_id, complaint_id, keys)
    return tuple(key.unseal(one).decode() if one else "" for one in seals)


def find_own(
    session: Session, *, checkup_id: uuid.UUID, keys: Keyring, provider_id: uuid.UUID | None = None
) -> OwnComplaint | None:
    """The newest complaint from this checkup about the firm or this body, under the owner's scope. Raises: NotFound."""
    get_checkup_row(session, checkup_id)
    found = session.scalars(_of(checkup_id, provider_id)).first()
    return None if found is None else _opened(session, found, keys)


def list_own(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> Sequence[OwnComplaint]:
    """Whatever was ever complained of in this checkup, the newest first. Raises: NotFound."""
    get_checkup_row(session, checkup_id)
    query = select(Complaint).where(Complaint.checkup_id == checkup_id).order_by(Complaint.opened_at.desc())
    return [_opened(session, found, keys) for found in session.scalars(query)]


def _opened(session: Session, found: Complaint, keys: Keyring) -> OwnComplaint:
    words, phone, outcome = unsealed(
        session, found.firm_id, found.id, keys, found.sealed_words, found.sealed_phone, found.sealed_outcome
    )
    return OwnComplaint(found.id, found.state, words, phone, outcome, found.opened_at, found.due_on, found.settled_at)


def withdraw(
    session: Session, *, checkup_id: uuid.UUID, now: dt.datetime, provider_id: uuid.UUID | None = None
) -> None:
    """The owner takes it back. Raises: NotFound, Conflict `not_now`."""
    found = session.scalars(_of(checkup_id, provider_id).with_for_update()).first()
    if found is None:
        raise NotFound
    if found.state == "withdrawn":  # a second tap
        return
    was, found.state = found.state, states.LIFE.after(found.state, "withdraw")
    _note(session, found.firm_id, found.id, None, "", was, found.state, now)
    session.flush()


def _note(
    session: Session,
    firm_id: uuid.UUID,
    complaint_id: uuid.UUID,
    actor_id: uuid.UUID | None,
    actor_name: str,
    was: str,
    became: str,
    now: dt.datetime,
) -> None:
    session.add(
        ComplaintEvent(
            firm_id=firm_id,
            complaint_id=complaint_id,
            actor_id=actor_id,
            actor_name=actor_name,
            was=was,
            became=became,
            at=now,
        )
    )
