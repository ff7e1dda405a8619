"""The owner corrects what she said of her business; what was read or signed stands on what it was then."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import move
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.cases.states import DRAFTS
from checkup.conflicts.parties import check_again
from tenants import audit
from tenants.business_details import BusinessDetails, with_told
from tenants.businesses import correct_business, details_of, write_details
from tenants.errors import Conflict
from tenants.models import Business

_OPEN = ("started", "answering", "submitted")
_READ = "in_review"


def why_fixed(session: Session, row: Checkup) -> str:
    """Why the details cannot be corrected from this checkup, "" where they can: `read` while a lawyer works with it or
    with another one of the business, else `signed` (closed too), `withdrawn`, `erased`.

    A checkup that was submitted keeps what was said then, so a signed paper is no reason for the next one.
    """
    of_business = select(Checkup.id).where(
        Checkup.firm_id == row.firm_id, Checkup.business_id == row.business_id, Checkup.state == _READ
    )
    if session.scalars(of_business).first() is not None:
        return "read"
    return "" if row.state in _OPEN else {"closed": "signed"}.get(row.state, row.state)


def _list_waiting(session: Session, row: Checkup) -> Sequence[Checkup]:
    """This checkup, and each other one of the business that lawyers may be looking at the names of."""
    query = select(Checkup).where(
        Checkup.firm_id == row.firm_id, Checkup.business_id == row.business_id, Checkup.state.in_(_OPEN)
    )
    return session.scalars(query).all()


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
    checked for conflicts anew. Raises: NotFound, Conflict `not_now` once a lawyer has the case or the paper is signed.
    """
    row = hold_case(session, checkup_id)
    if why_fixed(session, row):
        raise Conflict("not_now")
    business = session.get_one(Business, (row.firm_id, row.business_id), with_for_update=True, populate_existing=True)
    called = (business.name, business.credit_code)
    if not correct_business(session, business=business, details=details, now=now):
        return False
    if row.state == "submitted":
        move(session, row, "reopen", actor_id=by.id, now=now)
    if (business.name, business.credit_code) != called:
        for one in _list_waiting(session, row):
            check_again(session, one, keys)
    audit.note(session, firm_id=row.firm_id, act="business.corrected", by=by, about_id=row.id, owner_id=row.owner_id)
    return True


def tell_more(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    told: Mapping[str, Any],
    by: audit.Actor,
    keys: Keyring,
    now: dt.datetime,
) -> None:
    """A little more of the business, as the questions come to it; of a draft no history is kept.

    `told`: as `with_told` takes it. Raises: NotFound, Conflict `not_now`.
    """
    row = hold_case(session, checkup_id)
    business = session.get_one(Business, (row.firm_id, row.business_id), with_for_update=True, populate_existing=True)
    details = with_told(details_of(business), **told)
    if row.state not in DRAFTS or row.previous_id is not None:
        correct_details(session, checkup_id=checkup_id, details=details, by=by, keys=keys, now=now)
        return
    write_details(business, details)
    session.flush()
