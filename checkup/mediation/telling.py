"""What follows a step: the others are told that there is something, never what. Under the worker's scope of the firm.

The other side has left no address with us: it looks on its page, and its body calls it.
"""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.mediation.models import Mediation, MediationEvent
from checkup.mediation.states import BODY, LATE, OWNER
from checkup.referrals.telling import tell_bureau, tell_owner, tell_people_of
from tenants.models import Provider


def follow(session: Session, *, firm_id: uuid.UUID, event_id: uuid.UUID, public_url: str, now: dt.datetime) -> None:
    """Tell the owner and the body of the others' steps; of silence the bureau too. Twice tells twice."""
    event = session.get(MediationEvent, (firm_id, event_id))
    if event is None:
        return
    row = session.get_one(Mediation, (firm_id, event.mediation_id))
    case = session.get_one(Checkup, (firm_id, row.checkup_id))
    if event.side != OWNER and case.state != "erased":
        tell_owner(session, case, f"{public_url}/checkup/{case.id}/help/{row.referral_id}/mediation", now)
    if event.side != BODY:
        tell_people_of(session, row, now)
    if event.step == LATE:
        tell_bureau(session, row, session.get_one(Provider, row.provider_id), now)
