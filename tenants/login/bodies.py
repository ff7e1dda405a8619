"""Who works at a provider: invited by its bureau or its chief, joined by a link that works once, gone at once.

The link is in no row: its token is made of the invitation's id and the installation's secret, and the worker mails it.
"""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.login.memberships import LIFE, invitation_digest, normal_email
from tenants.login.models import CHIEF, CLERK, Invitation, PostEvent, ProviderPost
from tenants.login.sessions import end_sessions
from tenants.models import Person, Provider
from tenants.one_at_a_time import one_at_a_time

ROLES = (CHIEF, CLERK)


def invite(
    session: Session,
    *,
    provider: Provider,
    invitation_id: uuid.UUID,
    token: str,
    email: str,
    role: str,
    now: dt.datetime,
) -> None:
    """Her link is good for a week; the worker mails it. Raises: Invalid on `email` or `role`."""
    if role not in ROLES:
        raise Invalid((FieldFault("role", "unknown_option"),))
    row = Invitation(
        digest=invitation_digest(token),
        id=invitation_id,
        provider_id=provider.id,
        place_name=provider.name,
        email=normal_email(email),
        role=role,
        invited_at=now,
        expires_at=now + LIFE,
    )
    session.add(row)
    session.flush()


def list_open(session: Session, provider_id: uuid.UUID, now: dt.datetime) -> Sequence[Invitation]:
    """Invitations that still open something, newest first."""
    query = select(Invitation).where(Invitation.provider_id == provider_id, Invitation.used_at.is_(None))
    return session.scalars(query.where(Invitation.expires_at > now).order_by(Invitation.invited_at.desc())).all()


def cancel(session: Session, *, provider_id: uuid.UUID, invitation_id: uuid.UUID, now: dt.datetime) -> None:
    """Raises: NotFound where it opens nothing already."""
    for row in list_open(session, provider_id, now):
        if row.id == invitation_id:
            row.expires_at = now
            session.flush()
            return
    raise NotFound


def find_to_mail(session: Session, invitation_id: uuid.UUID, now: dt.datetime) -> Invitation | None:
    """The invitation, while it opens something; under Scope(WORKER)."""
    query = select(Invitation).where(Invitation.id == invitation_id, Invitation.used_at.is_(None))
    return session.scalars(query.where(Invitation.expires_at > now)).one_or_none()


def join(session: Session, *, person: Person, row: Invitation, now: dt.datetime) -> None:
    """A post as the invitation that is held says: Scope(AUTH, person_id=…, token=digest). Twice changes nothing."""
    if row.provider_id is None:
        raise NotFound
    if session.get(ProviderPost, (row.provider_id, person.id)) is not None:
        return
    session.add(ProviderPost(provider_id=row.provider_id, person_id=person.id, role=row.role))
    session.flush()
    _note(session, row.provider_id, person, Actor(person.id, person.name), was="", became=row.role, now=now)


def list_officers(session: Session, provider_id: uuid.UUID) -> Sequence[tuple[Person, str]]:
    """Everybody who works there, with her role, by name."""
    query = select(Person, ProviderPost.role).join(ProviderPost, ProviderPost.person_id == Person.id)
    query = query.where(ProviderPost.provider_id == provider_id).order_by(Person.name, Person.id)
    return session.execute(query).tuples().all()


def end_post(session: Session, *, provider_id: uuid.UUID, person_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """She is out from the next request on. Raises: NotFound; Conflict `last_one` for the chief who would be the last.

    Two chiefs who end each other wait for one another here, and the second is refused.
    """
    one_at_a_time(session, "officers of a body", provider_id)
    held = {person.id: (person, role) for person, role in list_officers(session, provider_id)}
    if person_id not in held:
        raise NotFound
    person, role = held[person_id]
    if role == CHIEF and sum(other == CHIEF for _person, other in held.values()) == 1:
        raise Conflict("last_one")
    end_sessions(session, person_id=person_id, provider_id=provider_id, now=now)
    session.execute(
        delete(ProviderPost).where(ProviderPost.provider_id == provider_id, ProviderPost.person_id == person_id)
    )
    _note(session, provider_id, person, by, was=role, became="", now=now)


def _note(
    session: Session, provider_id: uuid.UUID, person: Person, by: Actor, *, was: str, became: str, now: dt.datetime
) -> None:
    session.add(
        PostEvent(
            provider_id=provider_id,
            person_id=person.id,
            person_name=person.name,
            act="begun" if became else "ended",
            actor_id=by.id,
            actor_name=by.name,
            was=was,
            became=became,
            at=now,
        )
    )
    session.flush()
