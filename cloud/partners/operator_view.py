"""Connected parties as the operator sees them: deliveries, news of tickets, dead letters, keys."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cloud.cubes.models import Release
from cloud.partners.clients import end_tokens
from cloud.partners.models import ApiClient, ApiToken, Delivery, Notice, Subscriber

# Where tickets come from; the empty one only listens.
SOURCES = ("", "cloud", "12345", "12348")


@dataclass(frozen=True)
class Party:
    """One party with how many of its messages wait, arrived or are dead."""

    row: Subscriber
    states: dict[str, int]


def list_parties(session: Session) -> list[Party]:
    counts: dict[uuid.UUID, dict[str, int]] = {}
    for kind in (Delivery, Notice):
        query = select(kind.subscriber_id, kind.state, func.count()).group_by(kind.subscriber_id, kind.state)
        for party_id, state, many in session.execute(query).tuples():
            held = counts.setdefault(party_id, {})
            held[state] = held.get(state, 0) + many
    rows = session.scalars(select(Subscriber).order_by(Subscriber.name))
    return [Party(row, counts.get(row.id, {})) for row in rows]


def find_client(session: Session, party_id: uuid.UUID) -> ApiClient | None:
    return session.scalars(select(ApiClient).where(ApiClient.subscriber_id == party_id)).one_or_none()


def count_tokens(session: Session, client_id: uuid.UUID, now: dt.datetime) -> int:
    """How many tokens of a client still open something."""
    query = select(func.count()).where(ApiToken.client_id == client_id, ApiToken.expires_at > now)
    return session.scalar(query) or 0


def list_deliveries(session: Session, party_id: uuid.UUID, most: int = 100) -> Sequence[Delivery]:
    """Newest release first."""
    query = select(Delivery).where(Delivery.subscriber_id == party_id).order_by(Delivery.number.desc()).limit(most)
    return session.scalars(query).all()


def list_notices(session: Session, party_id: uuid.UUID, most: int = 100) -> Sequence[Notice]:
    """Newest first."""
    query = select(Notice).where(Notice.subscriber_id == party_id).order_by(Notice.name.desc()).limit(most)
    return session.scalars(query).all()


def set_active(session: Session, row: Subscriber, is_active: bool, now: dt.datetime) -> None:
    """A party that is stopped loses its tokens; one that is resumed is told of what it missed."""
    client = find_client(session, row.id)
    if not is_active and client is not None:
        end_tokens(session, client.id)
    if is_active and not row.is_active:
        known = select(Delivery.number).where(Delivery.subscriber_id == row.id)
        for number in session.scalars(select(Release.number).where(Release.number.not_in(known))):
            session.add(Delivery(subscriber_id=row.id, number=number, state="waiting", tries=0, next_at=now))
    row.is_active = is_active
    session.flush()
