"""A ticket of the city leads the owner of a case to the choice of bodies: her law firm says which help, she chooses."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.referrals.drafting import RESULTS
from checkup.referrals.models import ReferralHint
from tenants import messages
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.providers.kinds import SERVICES


def find_by_number(session: Session, case_number: str) -> Checkup | None:
    """A case of the scope's firm by the number that people read out."""
    return session.scalars(select(Checkup).where(Checkup.case_number == case_number.upper())).one_or_none()


def point_to(
    session: Session, *, checkup_id: uuid.UUID, service: str, reference: str, by: str, now: dt.datetime
) -> None:
    """Under the scope of a lawyer who may read the case; the owner is told that there is something, once.

    Raises: NotFound; Invalid for no service; Conflict `not_now` before there is a result.
    """
    if service not in SERVICES:
        raise Invalid((FieldFault("service", "unknown_option" if service else "required"),))
    row = hold_case(session, checkup_id)
    if row.state not in RESULTS:
        raise Conflict("not_now")
    if any((one.service, one.reference) == (service, reference) for one in list_hints(session, checkup_id)):
        return
    ids = {"firm_id": row.firm_id, "checkup_id": row.id, "owner_id": row.owner_id}
    session.add(ReferralHint(**ids, service=service, reference=reference, given_by=by, given_at=now))
    messages.tell_owner(session, "help_pointed", row, now=now)
    session.flush()


def list_hints(session: Session, checkup_id: uuid.UUID) -> Sequence[ReferralHint]:
    """Newest first."""
    query = select(ReferralHint).where(ReferralHint.checkup_id == checkup_id)
    return session.scalars(query.order_by(ReferralHint.given_at.desc())).all()


def list_pointed(session: Session, reference: str) -> Sequence[ReferralHint]:
    """What a ticket led to, in the cases that the scope reads."""
    return session.scalars(select(ReferralHint).where(ReferralHint.reference == reference)).all()
