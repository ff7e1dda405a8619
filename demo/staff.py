"""People of the demo city who log in; members of firms and bodies by invitation, as anybody is."""

import uuid

from sqlalchemy.orm import Session

from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.login import bodies
from tenants.login.credentials import hash_password
from tenants.login.memberships import LIFE, add_membership, get_invitation, invitation_digest
from tenants.login.models import Credential, Invitation
from tenants.models import Person


def add_person(session: Session, person_id: uuid.UUID, *, email: str, name: str, password: str) -> None:
    """A member of staff under this id; the unit of work goes on in Scope(AUTH)."""
    enter_scope(session, Scope(Audience.AUTH, token=email))
    session.add(Person(id=person_id, kind="staff", name=name, email=email, created_at=now()))
    session.flush()
    session.add(Credential(person_id=person_id, password_hash=hash_password(password)))
    session.flush()


def join_firm(firm_id: uuid.UUID, person_id: uuid.UUID, *roles: str) -> None:
    """The firm invites, and she comes."""
    for role in roles:
        digest = invitation_digest(f"{firm_id} {person_id} {role} {uuid.uuid4()}")
        with unit_of_work(Scope(Audience.FIRM, firm_id)) as session:
            session.add(
                Invitation(
                    digest=digest,
                    firm_id=firm_id,
                    place_name="",
                    email="",
                    role=role,
                    invited_at=now(),
                    expires_at=now() + LIFE,
                    used_at=now(),
                )
            )
        with unit_of_work(Scope(Audience.AUTH, firm_id, person_id, token=digest)) as session:
            add_membership(session, firm_id=firm_id, person_id=person_id, role=role)


def join_body(bureau: Scope, place: bodies.Place, person: Person, role: str) -> None:
    """The bureau invites, and she comes."""
    invitation_id = uuid.uuid4()
    token = str(invitation_id)
    with unit_of_work(bureau) as session:
        bodies.invite(
            session,
            place=place,
            invitation_id=invitation_id,
            token=token,
            email=person.email or "",
            role=role,
            now=now(),
        )
    with unit_of_work(Scope(Audience.AUTH, person_id=person.id, token=invitation_digest(token))) as session:
        row = get_invitation(session, token, now())
        row.used_at = now()
        session.flush()
        bodies.join(session, person=person, row=row, now=now())
