"""An e-mail to the officers in charge, the moment a complaint comes in: its clock may be one working day."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.complaints.models import Complaint
from bureau.complaints.states import RUNNING
from tenants import messages
from tenants.login.officers import list_nearest
from tenants.models import Firm


def tell_officers(session: Session, *, firm_id: uuid.UUID, complaint_id: uuid.UUID, now: dt.datetime) -> int:
    """Write to everybody at the bureau that answers, or at the nearest above it that has somebody; returns to how many.
    It says by when and nothing of the case. Under Scope(WORKER, firm); twice writes twice.
    """
    found = session.get(Complaint, (firm_id, complaint_id))
    if found is None or found.state not in RUNNING:
        return 0
    firms = select(Firm.bureau_id).where(Firm.id == firm_id)
    people = list_nearest(session, found.bureau_id or session.scalars(firms).one())
    for person in people:
        messages.tell_staff(session, "complaint_opened", person, firm_id=firm_id, now=now, until_day=found.due_on)
    return len(people)
