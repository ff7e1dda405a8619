"""When a firm is suspended or leaves: its running cases stay readable, and each owner is told what now."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from tenants import messages
from tenants.models import Firm, Message

RUNNING = ("started", "answering", "submitted", "in_review")


def tell_owners(session: Session, *, firm_id: uuid.UUID, state: str, now: dt.datetime) -> int:
    """One message per running checkup; returns how many. A second run for the same state adds none."""
    firm = session.get_one(Firm, firm_id)
    template = f"owner_firm_{state}"
    told = set(session.scalars(select(Message.recipient).where(Message.template == template)))
    rows = session.scalars(select(Checkup).where(Checkup.firm_id == firm_id, Checkup.state.in_(RUNNING))).all()
    waiting = [row for row in rows if row.case_number not in told]
    for row in waiting:
        messages.tell_owner(session, template, row, now=now, firm=firm)
    return len(waiting)
