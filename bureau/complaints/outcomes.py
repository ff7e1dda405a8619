"""The worker's part of a complaint: tell the owner the outcome is there; forget what an erased case had said."""

import datetime as dt
import uuid

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bureau.complaints import states
from bureau.complaints.models import Complaint, ComplaintEvent, ComplaintKeyRow
from checkup.cases.models import Checkup
from checkup.fixes.models import ReminderWish
from tenants import messages


def tell_outcome(
    session: Session, *, firm_id: uuid.UUID, complaint_id: uuid.UUID, public_url: str, now: dt.datetime
) -> None:
    """By the way the owner chose for reminders, else on her page. The outcome itself is read on the page only."""
    complaint = session.get_one(Complaint, (firm_id, complaint_id))
    row = session.get_one(Checkup, (firm_id, complaint.checkup_id))
    if row.state == "erased":
        return
    wish = session.get(ReminderWish, (firm_id, row.id))
    channel = wish.channel if wish and wish.channel in ("sms", "email") else "page"
    link = f"{public_url}/checkup/{row.id}/complaint"
    messages.tell_owner(session, "complaint_settled", row, channel=channel, now=now, link=link)


def forget_complaints(session: Session, *, firm_id: uuid.UUID, checkup_id: uuid.UUID, now: dt.datetime) -> None:
    """Their keys are destroyed, so what was written opens no more; running ones are withdrawn. Safe to repeat."""
    found = session.scalars(
        select(Complaint).where(Complaint.firm_id == firm_id, Complaint.checkup_id == checkup_id)
    ).all()
    for one in found:
        session.execute(
            delete(ComplaintKeyRow).where(ComplaintKeyRow.firm_id == firm_id, ComplaintKeyRow.complaint_id == one.id)
        )
        one.sealed_words = one.sealed_phone = one.sealed_outcome = None
        if one.state in states.RUNNING:
            was, one.state = one.state, "withdrawn"
            session.add(
                ComplaintEvent(
                    firm_id=firm_id,
                    complaint_id=one.id,
                    actor_name="",
                    was=was,
                    became="withdrawn",
                    why="erased",
                    at=now,
                )
            )
    session.flush()
