"""Who belongs to a firm: invited by its admin, joined by a link that works once, gone at once."""

import datetime as dt
import hashlib
import secrets
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from tenants import messages
from tenants.errors import Conflict, FieldFault, Invalid, NotFound, Unreadable
from tenants.login.common_passwords import is_common
from tenants.login.models import BureauPost, HelperPost, Invitation, OperatorPost, PartnerPost, ProviderPost
from tenants.login.sessions import Place, end_sessions
from tenants.models import Firm, Membership, Person
from tenants.one_at_a_time import one_at_a_time
from tenants.rows import get_one
from tenants.typed import emails

ROLES = ("lawyer", "partner", "firm_admin")
LIFE = dt.timedelta(days=7)
LEAST_PASSWORD, MOST_PASSWORD = 10, 200


@dataclass(frozen=True)
class Member:
    """A person with the roles held in one firm."""

    person: Person
    roles: tuple[str, ...]
    is_junior: bool = False


def normal_email(raw: str) -> str:
    """The e-mail as it is stored. Raises: Invalid for what is no address or has look-alikes from other scripts."""
    try:
        return emails.email(raw)
    except Unreadable:
        raise Invalid((FieldFault("email", "not_an_email"),)) from None


def check_password(password: str) -> None:
    """Raises: Invalid for a password that is too short, too long, too simple or among the first to be tried."""
    is_simple = len(set(password)) < LEAST_PASSWORD // 2 or is_common(password)
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD or is_simple:
        raise Invalid((FieldFault("password", "weak_password", {"least": LEAST_PASSWORD}),))


def list_members(session: Session, firm_id: uuid.UUID) -> Sequence[Member]:
    """The firm's people by name, each with all roles."""
    query = select(Person, Membership).join(Membership, Membership.person_id == Person.id)
    held: dict[Person, list[Membership]] = defaultdict(list)
    for person, place in session.execute(query.where(Membership.firm_id == firm_id).order_by(Person.name, Person.id)):
        held[person].append(place)
    return [
        Member(person, tuple(sorted(place.role for place in places)), any(place.is_junior for place in places))
        for person, places in held.items()
    ]


def mark_junior(session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, is_junior: bool) -> None:
    """A partner signs after a junior lawyer, whatever was found. Raises: NotFound for who is no lawyer here."""
    lawyers = select(Membership).where(Membership.firm_id == firm_id, Membership.role == "lawyer")
    place = next((one for one in session.scalars(lawyers) if one.person_id == person_id), None)
    if place is None:
        raise NotFound
    place.is_junior = is_junior
    session.flush()


def list_places(session: Session, person_id: uuid.UUID) -> list[Place]:
    """Wherever this person works: firms, bureaus, providers, partners, stations, last the platform; under her
    Scope(AUTH)."""
    bureaus = session.scalars(select(BureauPost).where(BureauPost.person_id == person_id))
    bodies = session.scalars(select(ProviderPost).where(ProviderPost.person_id == person_id))
    partners = session.scalars(select(PartnerPost).where(PartnerPost.person_id == person_id))
    stations = session.scalars(select(HelperPost.station_id).where(HelperPost.person_id == person_id))
    platform = session.scalars(select(OperatorPost).where(OperatorPost.person_id == person_id))
    return [
        *_list_firm_places(session, person_id),
        *(Place(None, post.bureau_id, (post.role,)) for post in bureaus),
        *(Place(None, None, (post.role,), post.provider_id) for post in bodies),
        *(Place(None, None, ("helper",), station_id=station_id) for station_id in stations),
        *(Place(None, None, (post.role,), partner_id=post.partner_id) for post in partners),
        *(Place(None, None, (post.role,)) for post in platform),
    ]


def _list_firm_places(session: Session, person_id: uuid.UUID) -> list[Place]:
    """The firms where this person works, under the person's Scope(AUTH)."""
    roles: dict[uuid.UUID, list[str]] = defaultdict(list)
    query = select(Membership).where(Membership.person_id == person_id).order_by(Membership.firm_id)
    for membership in session.scalars(query):
        roles[membership.firm_id].append(membership.role)
    return [Place(firm_id, None, tuple(held)) for firm_id, held in roles.items()]


def invitation_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    session: Session, *, firm: Firm, email: str, role: str, link: str, locale: str, now: dt.datetime
) -> Invitation:
    """Invite as the firm; an open invitation of the same address to the same role ends: one link opens.

    Raises: Invalid on `email` or `role`.
    """
    cancel_invitations(session, firm_id=firm.id, email=normal_email(email), role=role, now=now)
    return invite_first(session, firm=firm, email=email, role=role, link=link, locale=locale, now=now)


def invite_first(
    session: Session, *, firm: Firm, email: str, role: str, link: str, locale: str, now: dt.datetime
) -> Invitation:
    """Invite by e-mail in this language where no invitation is open; `link` holds `{token}`.

    A bureau may do this much, once, as it admits a firm: it changes no invitation.
    Raises: Invalid on `email` or `role`.
    """
    if role not in ROLES:
        raise Invalid((FieldFault("role", "unknown_option"),))
    token = secrets.token_urlsafe(32)
    row = Invitation(
        digest=invitation_digest(token),
        firm_id=firm.id,
        place_name=firm.name,
        email=normal_email(email),
        role=role,
        invited_at=now,
        expires_at=now + LIFE,
    )
    session.add(row)
    messages.queue_message(
        session,
        "invitation",
        firm_id=firm.id,
        owner_id=None,
        to=row.email,
        channel="email",
        locale=locale,
        now=now,
        firm=firm,
        link=link.format(token=token),
    )
    session.flush()
    return row


def get_invitation(session: Session, token: str, now: dt.datetime) -> Invitation:
    """The open invitation of a token, locked, under Scope(AUTH, token=digest). Raises: Conflict `invitation_gone`."""
    query = select(Invitation).where(Invitation.digest == invitation_digest(token)).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is None or row.used_at is not None or row.expires_at <= now:
        raise Conflict("invitation_gone")
    return row


def list_invitations(session: Session, firm_id: uuid.UUID, now: dt.datetime) -> Sequence[Invitation]:
    """Open invitations, newest first."""
    query = select(Invitation).where(Invitation.firm_id == firm_id, Invitation.used_at.is_(None))
    return session.scalars(query.where(Invitation.expires_at > now).order_by(Invitation.invited_at.desc())).all()


def cancel_invitations(
    session: Session, *, firm_id: uuid.UUID, email: str | None, now: dt.datetime, role: str | None = None
) -> int:
    """Open invitations of an address (to a role, or to any) open nothing any more; returns how many there were."""
    hers = update(Invitation).where(Invitation.firm_id == firm_id, Invitation.email == email)
    if role is not None:
        hers = hers.where(Invitation.role == role)
    ended = session.execute(
        hers.where(Invitation.used_at.is_(None), Invitation.expires_at > now).values(expires_at=now)
    )
    return cast("CursorResult[Any]", ended).rowcount


def cancel_invitation(
    session: Session, *, firm_id: uuid.UUID, invitation_id: uuid.UUID, now: dt.datetime
) -> Invitation:
    """One link opens nothing any more. Raises: NotFound where it opens nothing already."""
    query = select(Invitation).where(Invitation.firm_id == firm_id, Invitation.id == invitation_id)
    row = get_one(session, query.where(Invitation.used_at.is_(None), Invitation.expires_at > now).with_for_update())
    row.expires_at = now
    session.flush()
    return row


def add_membership(session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, role: str) -> None:
    """One more role of a person in a firm, as an invitation that is held says: Scope(AUTH, person_id=…, token=digest).

    Twice changes nothing.
    """
    if session.get(Membership, (firm_id, person_id, role)) is None:
        session.add(Membership(firm_id=firm_id, person_id=person_id, role=role))
        session.flush()


def end_membership(
    session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID, now: dt.datetime, role: str | None = None
) -> None:
    """Take a role (or all) from a person; the sessions there end at once, and her invitations open nothing any more.

    Two admins who remove each other wait for one another here, and the second is refused.
    Raises: Conflict `last_admin` when nobody would be left to run the firm.
    """
    one_at_a_time(session, "members", firm_id)
    query = select(Membership.person_id).where(Membership.firm_id == firm_id, Membership.role == "firm_admin")
    admins = set(session.scalars(query))
    if role in (None, "firm_admin") and admins == {person_id}:
        raise Conflict("last_admin")
    gone = delete(Membership).where(Membership.firm_id == firm_id, Membership.person_id == person_id)
    cancel_invitations(session, firm_id=firm_id, email=session.get_one(Person, person_id).email, now=now)
    session.execute(gone if role is None else gone.where(Membership.role == role))
    end_sessions(session, person_id=person_id, firm_id=firm_id, now=now)
