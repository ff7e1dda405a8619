"""A bureau admits bodies, says what it knows of them, and lets them rest or go; each decision dated and reasoned."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.base import new_id
from tenants.login import bodies
from tenants.models import Provider
from tenants.providers.facts import OwnWords, Standing, check_words
from tenants.providers.models import ProviderEvent
from tenants.providers.states import LIFE, SERVING
from tenants.rows import get_one
from tenants.typed.words import check_line

MOST_WHY = 500


def list_known(session: Session) -> Sequence[Provider]:
    """The bodies of one's own part, and those that are nobody's yet, by state; under Scope(BUREAU)."""
    part = text("SELECT app_bureaus() AS id").columns(id=Provider.id.type).subquery()
    mine = Provider.bureau_id.is_(None) | Provider.bureau_id.in_(select(part.c.id))
    return session.scalars(select(Provider).where(mine).order_by(Provider.state, Provider.kind, Provider.name)).all()


def get_provider(session: Session, provider_id: uuid.UUID, *, lock: bool = False) -> Provider:
    """Raises: NotFound."""
    query = select(Provider).where(Provider.id == provider_id)
    return get_one(session, query.with_for_update() if lock else query)


def add_provider(
    session: Session,
    *,
    bureau_id: uuid.UUID,
    kind: str,
    standing: Standing,
    words: OwnWords,
    by: Actor,
    now: dt.datetime,
) -> Provider:
    """A new body, admitted at once: its bureau knows it. Raises: Invalid."""
    check_words(kind, words)
    provider_id = new_id()
    row = Provider(
        id=provider_id,
        bureau_id=bureau_id,
        slug=f"b-{provider_id.hex[-10:]}",
        kind=kind,
        state=SERVING,
        **_columns(standing, words),
    )
    session.add(row)
    session.flush()
    _note(session, row, "", "", by, now)
    return row


def change_provider(
    session: Session, row: Provider, *, standing: Standing, words: OwnWords, bureau_id: uuid.UUID
) -> None:
    """What the bureau and the body say of it; one that was nobody's is this bureau's from now on. Raises: Invalid."""
    check_words(row.kind, words)
    row.bureau_id = row.bureau_id or bureau_id
    for name, value in _columns(standing, words).items():
        setattr(row, name, value)
    session.flush()


def _columns(standing: Standing, words: OwnWords) -> dict[str, object]:
    return {**vars(standing), "district": standing.district or None, **columns_of(words)}


def columns_of(words: OwnWords) -> dict[str, object]:
    """The body's own words as its row keeps them."""
    said = dict[str, object](vars(words))
    return said | {name: " ".join(getattr(words, name)) for name in ("services", "serves", "languages")}


def decide(
    session: Session, row: Provider, *, step: str, why: str, bureau_id: uuid.UUID, by: Actor, now: dt.datetime
) -> None:
    """`admit` one that charged already, `suspend`, `resume` or let it `leave`; whoever leaves is out at once.

    Raises: Invalid on `why`, Conflict `not_now`.
    """
    reason = check_line(why, "why", most=MOST_WHY)
    was, row.state = row.state, LIFE.after(row.state, step)
    row.bureau_id = row.bureau_id or bureau_id
    session.flush()
    _note(session, row, was, reason, by, now)
    if row.state == "left":
        bodies.end_all(session, row, now)


def _note(session: Session, row: Provider, was: str, why: str, by: Actor, now: dt.datetime) -> None:
    event = ProviderEvent(provider_id=row.id, actor_id=by.id, actor_name=by.name, was=was, became=row.state, at=now)
    event.why = why
    session.add(event)
    session.flush()


def list_events(session: Session, provider_id: uuid.UUID) -> Sequence[ProviderEvent]:
    """Every decision about the body, oldest first."""
    query = select(ProviderEvent).where(ProviderEvent.provider_id == provider_id)
    return session.scalars(query.order_by(ProviderEvent.at, ProviderEvent.id)).all()
