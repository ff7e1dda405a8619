"""News of tickets on their way to the doors they came from: signed, tried again, kept as dead letters."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from cloud.partners.feed import MOST_EACH, Answer, settle_row, signed_headers
from cloud.partners.models import Notice, Subscriber


@dataclass(frozen=True)
class NoticePush:
    """One signed call about a ticket."""

    subscriber_id: uuid.UUID
    name: str
    url: str
    body: bytes
    headers: dict[str, str]


def list_due_notices(session: Session, now: dt.datetime) -> Sequence[tuple[uuid.UUID, str]]:
    """What is due, in the order in which it happened; of each party at most `MOST_EACH`.

    While one is tried again, what came after it about the same thing waits.
    """
    earlier = aliased(Notice)
    before = select(earlier.name).where(
        earlier.subscriber_id == Notice.subscriber_id,
        earlier.about == Notice.about,
        earlier.state == "waiting",
        earlier.name < Notice.name,
        earlier.next_at > now,
    )
    place = func.row_number().over(partition_by=Notice.subscriber_id, order_by=Notice.name).label("place")
    due = (
        select(Notice.subscriber_id, Notice.name, place)
        .join(Subscriber, Subscriber.id == Notice.subscriber_id)
        .where(Notice.state == "waiting", Notice.next_at <= now, Subscriber.is_active.is_(True))
        .where(~before.exists())
        .subquery()
    )
    query = select(due.c.subscriber_id, due.c.name).where(due.c.place <= MOST_EACH).order_by(due.c.name)
    return [(subscriber_id, name) for subscriber_id, name in session.execute(query).tuples()]


def make_notice_push(
    session: Session, subscriber_id: uuid.UUID, name: str, *, master: bytes, now: dt.datetime
) -> NoticePush | None:
    """The signed call; None while an earlier one about the same thing has not arrived."""
    row, party = session.get_one(Notice, (subscriber_id, name)), session.get_one(Subscriber, subscriber_id)
    earlier = select(Notice.name).where(
        Notice.subscriber_id == subscriber_id, Notice.about == row.about, Notice.state == "waiting", Notice.name < name
    )
    if session.scalars(earlier.limit(1)).first() is not None:
        return None
    return NoticePush(
        subscriber_id, name, party.url, row.body.encode(), signed_headers(party, name, row.body, master, now)
    )


def settle_notice(session: Session, push: NoticePush, answer: Answer, now: dt.datetime) -> None:
    """Note how it went."""
    settle_row(session, session.get_one(Notice, (push.subscriber_id, push.name)), answer, now)
