"""The owner corrects what she said of her business, as long as no lawyer works with it."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import move
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.conflicts.parties import check_again
from tenants import audit
from tenants.business_details import BusinessDetails
from tenants.businesses import correct_business
from tenants.errors import Conflict
from tenants.models import Business

_OPEN = ("started", "answering", "submitted")
_GONE = ("withdrawn", "erased")


def may_correct(session: Session, row: Checkup) -> bool:
    """Whether nothing that was read or signed stands on the details: her own words do, until a lawyer has the case.

    Every checkup of the business is scored and shown by the same details, so one that stands has a say in another.
    """
    of_business = select(Checkup.state).where(
        Checkup.firm_id == row.firm_id,
        Checkup.business_id == row.business_id,
        Checkup.id != row.id,
        Checkup.state.not_in(_GONE),
    )
    return row.state in _OPEN and session.scalars(of_business).first() is None


def correct_details(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    details: BusinessDetails,
    by: audit.Actor,
    keys: Keyring,
    now: dt.datetime,
) -> bool:
    """The business as it is told now, its size with it; returns whether anything is different.

    A submitted checkup opens again, because other questions and another score may follow; another name or code is
    checked for conflicts anew. Raises: NotFound, Conflict `not_now` once a lawyer has the case.
    """
    row = hold_case(session, checkup_id)
    if not may_correct(session, row):
        raise Conflict("not_now")
    business = session.get_one(Business, (row.firm_id, row.business_id), with_for_update=True, populate_existing=True)
    called = (business.name, business.credit_code)
    if not correct_business(session, business=business, details=details, now=now):
        return False
    if row.state == "submitted":
        move(session, row, "reopen", actor_id=by.id, now=now)
    if (business.name, business.credit_code) != called:
        check_again(session, row, keys)
    audit.note(session, firm_id=row.firm_id, act="business.corrected", by=by, about_id=row.id, owner_id=row.owner_id)
    return True
