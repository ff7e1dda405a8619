"""What a body's own system is told of its referrals: that there is something, by number, state and day; no content."""

import datetime as dt
import json
import uuid

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkup.referrals.models import Referral, ReferralEvent
from checkup.referrals.states import LATE
from cloud.partners.models import Notice, Subscriber

# Step → the call: what its owner does, and that a day has passed.
CALLS = {"send": "offered", "answer": "answered", "withdraw": "withdrawn", LATE: "late"}


def tell_systems(session: Session, *, firm_id: uuid.UUID, event_id: uuid.UUID, now: dt.datetime) -> None:
    """Under Scope(WORKER, firm): queue the call for every system of the body that the step concerns; twice is once."""
    event = session.get(ReferralEvent, (firm_id, event_id))
    if event is None or event.step not in CALLS:
        return
    row = session.get_one(Referral, (firm_id, event.referral_id))
    data = {"number": row.number, "state": row.state, "due_on": row.due_on.isoformat() if row.due_on else None}
    call = {"type": f"referral.{CALLS[event.step]}", "timestamp": event.at.isoformat(), "data": data}
    concerned = select(Subscriber.id).where(Subscriber.provider_id == row.provider_id, Subscriber.is_active)
    for subscriber_id in session.scalars(concerned).all():
        notice = {
            "subscriber_id": subscriber_id,
            "name": f"referral-{event.id}",
            "about": row.number,
            "body": json.dumps(call, sort_keys=True),
            "state": "waiting",
            "tries": 0,
            "next_at": now,
        }
        session.execute(insert(Notice).values(notice).on_conflict_do_nothing())
