"""Who works at a provider or a partner: invited by its bureau or its head, joined by a link that works once, gone at
once.

The link is in no row: its token is made of the invitation's id and the installation's secret, and the worker mails it.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from tenants.audit import Actor
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.login.memberships import LIFE, invitation_digest, normal_email
from tenants.login.models import (
    AGENT,
    CHIEF,
    CLERK,
    PRINCIPAL,
    Invitation,
    PartnerPost,
    PostEvent,
    ProviderPost,
)
from tenants.login.sessions import end_sessions
from tenants.models import Partner, Person, Provider
from tenants.one_at_a_time import one_at_a_time

Place = Provider | Partner
Post = ProviderPost | PartnerPost


@dataclass(frozen=True)
class Kind:
    """Providers, or partners: the column that names one, where its invitations and posts stand, who heads it."""

    name: str
    invited_to: InstrumentedAttribute[uuid.UUID | None]
    post: type[Post]
    at: InstrumentedAttribute[uuid.UUID]
    head: str
    roles: tuple[str, ...]


PROVIDERS = Kind("provider_id", Invitation.provider_id, ProviderPost, ProviderPost.provider_id, CHIEF, (CHIEF, CLERK))
PARTNERS = Kind("partner_id", Invitation.partner_id, PartnerPost, PartnerPost.partner_id, PRINCIPAL, (PRINCIPAL, AGENT))


def kind_of(place: Place) -> Kind:
    return PROVIDERS if isinstance(place, Provider) else PARTNERS


def invite(
    session: Session, *, place: Place, invitation_id: uuid.UUID, token: str, email: str, role: str, now: dt.datetime
) -> None:
    """Her link is good for a week; the worker mails it. Raises: Invalid on `email` or `role`."""
    kind = kind_of(place)
    if role not in kind.roles:
        raise Invalid((FieldFault("role", "unknown_option"),))
    row = Invitation(
        digest=invitation_digest(token),
        id=invitation_id,
        place_name=place.name,
        email=normal_email(email),
        role=role,
        invited_at=now,
        expires_at=now + LIFE,
        **{kind.name: place.id},
    )
    session.add(row)
    session.flush()


def list_open(session: Session, place: Place, now: dt.datetime) -> Sequence[Invitation]:
    """Invitations that still open something, newest first."""
    query = select(Invitation).where(kind_of(place).invited_to == place.id, Invitation.used_at.is_(None))
    return session.scalars(query.where(Invitation.expires_at > now).order_by(Invitation.invited_at.desc())).all()


def cancel(session: Session, place: Place, *, invitation_id: uuid.UUID, now: dt.datetime) -> None:
    """Raises: NotFound where it opens nothing already."""
    for row in list_open(session, place, now):
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
    if row.place_id is None or row.firm_id is not None:
        raise NotFound
    kind = PROVIDERS if row.provider_id is not None else PARTNERS
    if session.get(kind.post, (row.place_id, person.id)) is not None:
        return
    session.add(kind.post(**{kind.name: row.place_id}, person_id=person.id, role=row.role))
    session.flush()
    by = Actor(person.id, person.name)
    _note(session, kind, row.place_id, person, by, was="", became=row.role, now=now)


def list_officers(session: Session, place: Place) -> Sequence[tuple[Person, str]]:
    """Everybody who works there, with her role, by name."""
    kind = kind_of(place)
    query = select(Person, kind.post.role).join(kind.post, kind.post.person_id == Person.id)
    query = query.where(kind.at == place.id).order_by(Person.name, Person.id)
    return session.execute(query).tuples().all()


def end_post(session: Session, place: Place, *, person_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """She is out from the next request on. Raises: NotFound; Conflict `last_one` for the head who would be the last.

    Two heads who end each other wait for one another here, and the second is refused.
    """
    kind = kind_of(place)
    one_at_a_time(session, "officers of a body", place.id)
    held = {person.id: (person, role) for person, role in list_officers(session, place)}
    if person_id not in held:
        raise NotFound
    person, role = held[person_id]
    if role == kind.head and sum(other == kind.head for _person, other in held.values()) == 1:
        raise Conflict("last_one")
    end_sessions(session, person_id=person_id, now=now, **{kind.name: place.id})
    session.execute(delete(kind.post).where(kind.at == place.id, kind.post.person_id == person_id))
    _note(session, kind, place.id, person, by, was=role, became="", now=now)


def end_all(session: Session, place: Place, now: dt.datetime) -> None:
    """Nobody works there any more, from the next request on."""
    kind = kind_of(place)
    for person_id in session.scalars(select(kind.post.person_id).where(kind.at == place.id)).all():
        end_sessions(session, person_id=person_id, now=now, **{kind.name: place.id})
    session.execute(delete(kind.post).where(kind.at == place.id))


def _note(
    session: Session,
    kind: Kind,
    place_id: uuid.UUID,
    person: Person,
    by: Actor,
    *,
    was: str,
    became: str,
    now: dt.datetime,
) -> None:
    session.add(
        PostEvent(
            person_id=person.id,
            person_name=person.name,
            act="begun" if became else "ended",
            actor_id=by.id,
            actor_name=by.name,
            was=was,
            became=became,
            at=now,
            **{kind.name: place_id},
        )
    )
    session.flush()
