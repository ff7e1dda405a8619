"""The push to subscribers: Standard Webhooks, tried again with back-off, kept as dead letters, never twice in effect.

A message is named by its release (`release-<number>`), so a receiver that got it twice, or died half way, converges.
"""

import datetime as dt
import json
import logging
import re
import secrets
import uuid
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from standardwebhooks.webhooks import Webhook

from cloud.cubes.models import Release
from cloud.partners.models import Delivery, Notice, Subscriber
from tenants.base import new_id
from tenants.errors import DomainError, NotFound
from tenants.rows import get_one
from tenants.sealing import seal, unseal

MOST_TRIES, MOST_EACH = 10, 50
GONE = 410
MOST_WAIT = dt.timedelta(days=1)  # that a party can make us wait
OLD_SECRET_LIFE = dt.timedelta(hours=24)
_FIRST_WAIT = dt.timedelta(minutes=1)
_SECRET_BYTES = 32
_TOLERANCE = 300
_WHOLE_SECONDS = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True)
class Push:
    """One request to make: where, with which body and signed headers."""

    subscriber_id: uuid.UUID
    number: int
    url: str
    body: bytes
    headers: dict[str, str]


class Answer(NamedTuple):
    """What came back: the HTTP status, 0 when nobody answered in time; `wait`: how long we were told to (429, 503)."""

    status: int
    wait: dt.timedelta = dt.timedelta(0)


Send = Callable[[Push], Answer]


class WrongSignature(DomainError):
    """Not signed by the party it says it comes from, or too long ago."""


def add_subscriber(
    session: Session,
    *,
    name: str,
    url: str,
    master: bytes,
    now: dt.datetime,
    source: str = "",
    provider_id: uuid.UUID | None = None,
) -> tuple[Subscriber, str]:
    """A subscriber with its secret, which is shown once. Past releases are queued too: it begins complete."""
    secret = _new_secret()
    row = Subscriber(id=new_id(), name=name, url=url, is_active=True, source=source, added_at=now, sealed_secret=b"")
    row.provider_id = provider_id
    row.sealed_secret = _seal(row.id, secret, master)
    session.add(row)
    session.flush()
    for number in session.scalars(select(Release.number).order_by(Release.number)):
        session.add(Delivery(subscriber_id=row.id, number=number, state="waiting", tries=0, next_at=now))
    session.flush()
    return row, secret


def _new_secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def _seal(subscriber_id: uuid.UUID, secret: str, master: bytes) -> bytes:
    return seal(master, secret.encode(), subscriber_id.bytes)


def rotate_secret(session: Session, *, name: str, master: bytes, now: dt.datetime) -> str:
    """A new secret; for a day messages carry both signatures. Raises: NotFound."""
    row = get_subscriber(session, name)
    row.old_sealed_secret, row.old_until = row.sealed_secret, now + OLD_SECRET_LIFE
    secret = _new_secret()
    row.sealed_secret = _seal(row.id, secret, master)
    return secret


def get_subscriber(session: Session, name: str) -> Subscriber:
    """Raises: NotFound."""
    return get_one(session, select(Subscriber).where(Subscriber.name == name))


def announce(session: Session, number: int, now: dt.datetime) -> None:
    """Queue a release for every active subscriber, in the transaction that publishes it."""
    for subscriber_id in session.scalars(select(Subscriber.id).where(Subscriber.is_active.is_(True))):
        session.add(Delivery(subscriber_id=subscriber_id, number=number, state="waiting", tries=0, next_at=now))
    session.flush()


def list_due(session: Session, now: dt.datetime) -> Sequence[tuple[uuid.UUID, int]]:
    """Deliveries whose time has come: of each subscriber the oldest releases, at most `MOST_EACH`."""
    place = func.row_number().over(partition_by=Delivery.subscriber_id, order_by=Delivery.number).label("place")
    due = (
        select(Delivery.subscriber_id, Delivery.number, place)
        .join(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .where(Delivery.state == "waiting", Delivery.next_at <= now, Subscriber.is_active.is_(True))
        .subquery()
    )
    query = select(due.c.subscriber_id, due.c.number).where(due.c.place <= MOST_EACH).order_by(due.c.number)
    return [(subscriber_id, number) for subscriber_id, number in session.execute(query).tuples()]


def make_push(
    session: Session, subscriber_id: uuid.UUID, number: int, *, public_url: str, master: bytes, now: dt.datetime
) -> Push:
    """The signed request that announces a release. Raises: NotFound."""
    row, release = session.get(Subscriber, subscriber_id), session.get(Release, number)
    if row is None or release is None:
        raise NotFound
    data = {
        "number": number,
        "period": release.period,
        "manifest_sha256": release.manifest_hash,
        "url": f"{public_url}/api/v1/releases/{number}",
    }
    message = {"type": "release.published", "timestamp": release.made_at.isoformat(), "data": data}
    body = json.dumps(message, sort_keys=True)
    return Push(
        subscriber_id, number, row.url, body.encode(), signed_headers(row, f"release-{number}", body, master, now)
    )


def signed_headers(row: Subscriber, name: str, body: str, master: bytes, now: dt.datetime) -> dict[str, str]:
    """The headers of Standard Webhooks; for a day after a rotation with both signatures."""
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(held).sign(name, now, body) for held in open_secrets(row, master, now)),
        "content-type": "application/json",
    }


def open_secrets(row: Subscriber, master: bytes, now: dt.datetime) -> list[str]:
    """The secret, and for a day the one before."""
    sealed = [row.sealed_secret]
    if row.old_sealed_secret is not None and row.old_until is not None and row.old_until > now:
        sealed.append(row.old_sealed_secret)
    return [unseal(master, one, row.id.bytes).decode() for one in sealed]


def check_signature(row: Subscriber, headers: Mapping[str, str], body: bytes, master: bytes, now: dt.datetime) -> str:
    """The message id of a call that this party has signed within the last five minutes. Raises: WrongSignature."""
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (message_id and _WHOLE_SECONDS.fullmatch(sent)) or abs(now.timestamp() - int(sent)) > _TOLERANCE:
        raise WrongSignature
    at, given = dt.datetime.fromtimestamp(int(sent), dt.UTC), headers.get("webhook-signature", "").split(" ")
    signed = [Webhook(secret).sign(message_id, at, _text(body)) for secret in open_secrets(row, master, now)]
    if not any(secrets.compare_digest(ours.encode(), one.encode()) for ours in signed for one in given):
        raise WrongSignature
    return message_id[:200]


def _text(body: bytes) -> str:
    """Raises: WrongSignature; nobody signs what is no text."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise WrongSignature from None


def settle(session: Session, push: Push, answer: Answer, now: dt.datetime) -> None:
    """Note how it went."""
    settle_row(session, session.get_one(Delivery, (push.subscriber_id, push.number)), answer, now)


def settle_row(session: Session, row: Delivery | Notice, answer: Answer, now: dt.datetime) -> None:
    """Sent, tried again after twice the time, or a dead letter after the last try.

    Gone (410) stops the party until the operator resumes it: nobody knocks where nobody wants to be told. Whoever asks
    to wait (Retry-After) is left alone with everything for so long, and the try does not count.
    """
    row.last_status = answer.status
    if 200 <= answer.status < 300:
        row.state, row.tries = "sent", row.tries + 1
    elif answer.status == GONE:
        row.state, row.tries = "dead", row.tries + 1
        session.get_one(Subscriber, row.subscriber_id).is_active = False
        logging.getLogger(__name__).warning("a connected party is gone (410) and was stopped: %s", row.subscriber_id)
    elif answer.wait:
        _wait(session, row.subscriber_id, now + min(answer.wait, MOST_WAIT))
    else:
        row.tries += 1
        if row.tries >= MOST_TRIES:
            row.state = "dead"
        else:
            row.next_at = now + _FIRST_WAIT * 2 ** (row.tries - 1)


def _wait(session: Session, subscriber_id: uuid.UUID, until: dt.datetime) -> None:
    """Nothing for this party before then."""
    session.flush()
    for kind in (Delivery, Notice):
        session.execute(
            update(kind)
            .where(kind.subscriber_id == subscriber_id, kind.state == "waiting", kind.next_at < until)
            .values(next_at=until)
        )


def replay_dead(session: Session, name: str, now: dt.datetime) -> int:
    """Put a subscriber's dead letters back into the queue; returns how many. Raises: NotFound."""
    subscriber = get_subscriber(session, name)
    rows: list[Delivery | Notice] = []
    for kind in (Delivery, Notice):
        rows += session.scalars(select(kind).where(kind.subscriber_id == subscriber.id, kind.state == "dead"))
    for row in rows:
        row.state, row.tries, row.next_at = "waiting", 0, now
    return len(rows)


def list_deliveries(session: Session) -> Sequence[tuple[str, Delivery]]:
    """Every delivery with its subscriber's name, newest release first."""
    query = select(Subscriber.name, Delivery).join(Delivery, Delivery.subscriber_id == Subscriber.id)
    return [(name, row) for name, row in session.execute(query.order_by(Delivery.number.desc())).tuples()]


def replay_releases(session: Session, subscriber: Subscriber, now: dt.datetime) -> int:
    """Put the party's own dead letters of releases back into the queue, under Scope(CLIENT)."""
    query = select(Delivery).where(Delivery.subscriber_id == subscriber.id, Delivery.state == "dead")
    rows = session.scalars(query).all()
    for row in rows:
        row.state, row.tries, row.next_at = "waiting", 0, now
    return len(rows)


def list_own(session: Session, *, after: int, most: int) -> Sequence[Delivery]:
    """The deliveries that the scope sees, oldest release first."""
    query = select(Delivery).where(Delivery.number > after).order_by(Delivery.number).limit(most)
    return session.scalars(query).all()
