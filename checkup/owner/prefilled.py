"""What a licence or the register says becomes hers when she says yes, and is hers no more when she says that it is not
her business."""

import datetime as dt
import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row
from checkup.cases.holding import hold_case
from checkup.cases.sealing import Keyring
from checkup.owner.details import tell_more, why_fixed
from checkup.prefill.checked_answers import leave_checked, take_checked
from checkup.prefill.models import FOUND
from checkup.prefill.readings import drop_reading, find_reading
from checkup.prefill.sources import list_sources, note_source
from checkup.prefill.values import ELSEWHERE, FIELDS, OF_BUSINESS, OWNER, REGISTER
from tenants import audit
from tenants.businesses import give_consent
from tenants.errors import Conflict
from tenants.models import Business

LOOK_UP_TEXT = "2026-12"  # of what she agrees to (`webapp.forms.about.LookUpForm`)


def take_found(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    told: Mapping[str, str],
    with_answers: bool = False,
    by: audit.Actor,
    keys: Keyring,
    now: dt.datetime,
) -> None:
    """Her values as she has looked through them (`told`: field → text, "" for what she leaves as it is), and, with her
    word, what other checks have answered.

    Each keeps its source, the day it was read and what stood there before anything was; what she corrected is her own
    word.
    Raises: NotFound, Conflict `not_now` where nothing was read, or the details can be corrected no more.
    """
    business, reading = _open(session, checkup_id), find_reading(session, checkup_id, keys)
    if reading is None or reading.state != FOUND or reading.answered_at is None:
        raise Conflict("not_now")
    before = _own_words(session, business)
    values = {name: told[name] for name in FIELDS if told.get(name)}
    _tell(session, checkup_id, values, by, keys, now)
    for name, value in values.items():
        is_read = value == getattr(reading.found, name)
        if is_read or name not in OF_BUSINESS:
            source, at = (reading.source, reading.answered_at) if is_read else (OWNER, now)
            note_source(session, business, field=name, value=value, was=before.get(name, ""), source=source, now=at)
    if with_answers:
        take_checked(session, checkup_id=checkup_id, checks=reading.found.checks, keys=keys, now=now)
    drop_reading(session, checkup_id)
    _note(session, checkup_id, "business.prefilled", by)


def _own_words(session: Session, business: Business) -> Mapping[str, str]:
    """Field by field what she says herself, or said before it came from elsewhere."""
    sources = list_sources(session, business)
    own = {name: one.was if one.source in ELSEWHERE else one.value for name, one in sources.items()}
    return {name: getattr(business, name) or "" for name in OF_BUSINESS} | own


def take_back(session: Session, *, checkup_id: uuid.UUID, by: audit.Actor, keys: Keyring, now: dt.datetime) -> None:
    """不是我家: each value and answer that came from elsewhere and still stands goes, and what stood before is back.

    Raises: NotFound, Conflict `not_now` once the details can be corrected no more.
    """
    business = _open(session, checkup_id)
    borrowed = [one for one in list_sources(session, business).values() if one.source in ELSEWHERE]
    left = leave_checked(session, checkup_id=checkup_id, keys=keys, now=now)
    if not (borrowed or left):
        return
    _tell(session, checkup_id, {one.field: one.was for one in borrowed}, by, keys, now)
    for one in borrowed:
        if one.was and one.field not in OF_BUSINESS:
            note_source(session, business, field=one.field, value=one.was, was="", source=OWNER, now=now)
        else:
            session.delete(one)
    _note(session, checkup_id, "business.not_hers", by)


def agree_to_look_up(session: Session, *, checkup_id: uuid.UUID, by: audit.Actor, now: dt.datetime) -> None:
    """Her yes that her code goes to the business register, receipted before it goes.

    Raises: NotFound, Conflict `not_now` once the details can be corrected no more.
    """
    business = _open(session, checkup_id)
    give_consent(session, business=business, purpose=REGISTER, granted=True, now=now, text_version=LOOK_UP_TEXT)
    _note(session, checkup_id, "business.looked_up", by)


def _open(session: Session, checkup_id: uuid.UUID) -> Business:
    """The business of a checkup that is still open, its case held. Raises: NotFound, Conflict `not_now`."""
    row = hold_case(session, checkup_id)
    if why_fixed(session, row):
        raise Conflict("not_now")
    return session.get_one(Business, (row.firm_id, row.business_id))


def _tell(
    session: Session,
    checkup_id: uuid.UUID,
    values: Mapping[str, str],
    by: audit.Actor,
    keys: Keyring,
    now: dt.datetime,
) -> None:
    told: dict[str, str | None] = {name: value for name, value in values.items() if name in OF_BUSINESS}
    if "credit_code" in told:
        told["credit_code"] = told["credit_code"] or None
    if told:
        tell_more(session, checkup_id=checkup_id, told=told, by=by, keys=keys, now=now)


def _note(session: Session, checkup_id: uuid.UUID, act: str, by: audit.Actor) -> None:
    row = get_checkup_row(session, checkup_id)
    session.flush()
    audit.note(session, firm_id=row.firm_id, act=act, by=by, about_id=row.id, owner_id=row.owner_id)
