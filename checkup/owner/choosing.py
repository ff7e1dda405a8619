"""The owner chooses the firm that shall read: by name, or the one that has time soonest, which says why it is that one.

Nobody assigns her anywhere: the choice is her tap, and among equals chance's (`tenants.firms.directory.list_fastest`).
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from checkup.cases.checkups import ask_review, get_checkup_row, submit_checkup
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.owner.consents import set_consent
from checkup.owner.details import tell_more
from checkup.owner.transfer import move_to_firm
from tenants import audit
from tenants.database import Scope

_WITH_A_RESULT = ("submitted", "in_review")


def choose_firm(
    session: Session,
    *,
    scope: Scope,
    checkup_id: uuid.UUID,
    to_firm: uuid.UUID,
    why: str,
    told: Mapping[str, Any],
    consents: Mapping[str, bool],
    by: audit.Actor,
    keys: Keyring,
    now: dt.datetime,
) -> Checkup:
    """What is still told of the business, the case at the chosen firm, her consents to that firm; where there was a
    result already, there is one again, and a lawyer is asked: the choice is her yes to that.

    `why`: how the firm was found, for her own log. Leaves the unit of work in the owner's scope at that firm.
    Raises: NotFound for a firm that takes nobody, Conflict `not_now`.
    """
    row = get_checkup_row(session, checkup_id)
    has_result = row.state in _WITH_A_RESULT
    if told:
        tell_more(session, checkup_id=checkup_id, told=told, by=by, keys=keys, now=now)
    if to_firm != row.firm_id:
        row = move_to_firm(session, scope=scope, checkup_id=checkup_id, to_firm=to_firm, by=by, keys=keys, now=now)
    for purpose, granted in consents.items():
        set_consent(session, checkup_id=row.id, purpose=purpose, granted=granted, by=by, now=now)
    audit.note(session, firm_id=row.firm_id, act="case.chosen", by=by, about_id=row.id, owner_id=row.owner_id, why=why)
    if has_result:
        submit_checkup(session, checkup_id=row.id, keys=keys, now=now)
        ask_review(session, checkup_id=row.id, now=now)
    return row
