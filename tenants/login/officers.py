"""Who at a bureau is written to: its officers, or those of the nearest bureau above it that has somebody."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tenants.bureaus import list_levels
from tenants.login.models import BureauPost
from tenants.models import Person


@dataclass(frozen=True)
class Officer:
    """Somebody at a bureau, as far as whoever writes to her must know."""

    id: uuid.UUID
    bureau_id: uuid.UUID
    email: str | None
    locale: str


def list_officers(session: Session, bureau_id: uuid.UUID) -> Sequence[Officer]:
    """Everybody at this bureau, under Scope(WORKER, …)."""
    query = (
        select(Person.id, BureauPost.bureau_id, Person.email, Person.locale)
        .join(BureauPost, BureauPost.person_id == Person.id)
        .where(BureauPost.bureau_id == bureau_id)
        .order_by(Person.id)
    )
    return [Officer(*row) for row in session.execute(query).tuples()]


def list_nearest(session: Session, bureau_id: uuid.UUID, *, but: uuid.UUID | None = None) -> Sequence[Officer]:
    """Everybody at this bureau, else at the nearest above it that has somebody; `but`: whoever does not count."""
    for level in list_levels(session, bureau_id):
        if found := [one for one in list_officers(session, level) if one.id != but]:
            return found
    return []


def list_alone(session: Session, bureau_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these bureaus have nobody to stand beside an officer, as far as the scope sees."""
    query = select(BureauPost.bureau_id, func.count()).group_by(BureauPost.bureau_id)
    posts = dict(session.execute(query).tuples().all())
    return {one for one in bureau_ids if posts.get(one, 0) < 2}
