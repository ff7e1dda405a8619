"""When a firm is suspended or leaves: its running cases stay readable, and each owner is told what now."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from tenants import messages
from tenants.models import Firm, Message

RUNNING = ("started", "answering", "submitted", "in_review")


def tell_owners(session: Session, *, firm_id: uuid.UUID, state: str, decided_at: dt.datetime, now: dt.datetime) -> int:
    """One message per running checkup and decision; returns how many. A second run for the same decision adds none,
    and what was decided otherwise meanwhile is told to nobody."""
    firm = session.get_one(Firm, firm_id)
    if firm.state != state:
        return 0
    template = f"owner_firm_{state}"
    since = select(Message.recipient).where(Message.template == template, Message.queued_at >= decided_at)
    told = set(session.scalars(since))
    rows = session.scalars(select(Checkup).where(Checkup.firm_id == firm_id, Checkup.state.in_(RUNNING))).all()
    waiting = [row for row in rows if row.case_number not in told]
    for row in waiting:
        messages.tell_owner(session, template, row, now=now, firm=firm)
    return len(waiting)
