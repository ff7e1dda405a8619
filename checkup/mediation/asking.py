"""An owner asks that the other side be invited: whom, and what they are told; she sees it as they will."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from checkup.cases.part_keys import new_part, open_part
from checkup.cases.sealing import Keyring
from checkup.conflicts.parties import add_counterparty
from checkup.mediation import states
from checkup.mediation.events import Taken, find_of_referral, note
from checkup.mediation.models import Mediation
from checkup.mediation.told import Told
from checkup.referrals.models import Referral
from checkup.referrals.packets import Packet
from checkup.referrals.reading import get_own
from tenants import audit
from tenants.base import new_id
from tenants.errors import Conflict
from tenants.models import Business
from tenants.numbers import mint
from tenants.providers.kinds import MEDIATION
from tenants.typed.words import check_line, check_words

MOST_NAME, MOST_TOLD = 80, 600


@dataclass(frozen=True)
class Wish:
    """Whom to invite, and her words to them."""

    other: str
    words: str


def may_ask(session: Session, row: Referral, held: Mediation | None) -> bool:
    """Once a mediation body where somebody has an account took the matter, and not again after `held`, where both have
    signed. Under the owner's scope."""
    is_taken = row.kind == MEDIATION and row.state in ("accepted", "under_way", "more_asked")
    if not is_taken or (held is not None and held.state in states.BOUND):
        return False
    return bool(session.scalar(select(func.app_holds_talks(row.provider_id))))


def ask(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    referral_id: uuid.UUID,
    wish: Wish,
    by: audit.Actor,
    keys: Keyring,
    now: dt.datetime,
) -> Mediation:
    """The body is asked to invite; the other side's name joins those that lawyers check for conflicts.

    Raises: NotFound, Invalid on `other` or `words`; Conflict `not_now`, `running` where one is under way.
    """
    case = hold_case(session, checkup_id)
    referral = get_own(session, checkup_id=checkup_id, referral_id=referral_id)
    if not may_ask(session, referral, find_of_referral(session, referral_id)):
        raise Conflict("not_now")
    other = check_line(wish.other, "other", most=MOST_NAME)
    words = check_words(wish.words, "words", most=MOST_TOLD)
    business = session.get_one(Business, (case.firm_id, case.business_id))
    packet = open_part(session, firm_id=case.firm_id, part_id=referral.id, keys=keys).unseal(referral.sealed_packet)
    told = Told(dict(Packet.from_bytes(packet).title), business.name, other, words)
    mediation_id = new_id()
    key = new_part(session, case, mediation_id, keys)
    row = Mediation(
        firm_id=case.firm_id,
        id=mediation_id,
        checkup_id=case.id,
        owner_id=case.owner_id,
        referral_id=referral.id,
        provider_id=referral.provider_id,
        number=mint("TJ", at=now),
        sealed_told=key.seal(told.to_bytes()),
        state="asked",
        asked_at=now,
        due_on=states.due_after("asked", now),
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        raise Conflict("running") from None
    note(session, row, Taken("ask", states.OWNER), was="", key=None, now=now)
    whose = {"about_id": case.id, "owner_id": case.owner_id}
    audit.note(session, firm_id=row.firm_id, act="mediation.asked", by=by, why=row.number, **whose)
    add_counterparty(session, case, other, keys)
    return row
