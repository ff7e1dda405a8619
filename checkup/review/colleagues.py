"""Who belongs to a firm, as far as its worker must know: name, address, role."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.models import Membership, Person

REVIEWERS = ("lawyer", "partner")
_ORDER = {"partner": 0, "firm_admin": 1, "lawyer": 2}


@dataclass(frozen=True)
class Colleague:
    """One person of the firm; `role` is the one that comes first when somebody must be found.

    `reviews`: a lawyer; `runs`: an admin; `weekly_mail`: wants the Monday's mail.
    """

    id: uuid.UUID
    name: str
    email: str
    role: str
    reviews: bool
    runs: bool
    weekly_mail: bool
    locale: str


def list_colleagues(session: Session, *, firm_id: uuid.UUID) -> Sequence[Colleague]:
    """Everybody of the firm once: partners, admins, lawyers, by name."""
    query = (
        select(Person.id, Person.name, Person.email, Person.weekly_mail, Person.locale, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.firm_id == firm_id)
    )
    people: dict[uuid.UUID, tuple[str, str, bool, str]] = {}
    roles: dict[uuid.UUID, set[str]] = {}
    for person_id, name, email, weekly_mail, locale, role in session.execute(query):
        people[person_id] = (name, email or "", weekly_mail, locale)
        roles.setdefault(person_id, set()).add(role)
    found = [
        Colleague(
            one,
            *people[one][:2],
            role=min(held, key=_ORDER.__getitem__),
            reviews=bool(held & set(REVIEWERS)),
            runs="firm_admin" in held,
            weekly_mail=people[one][2],
            locale=people[one][3],
        )
        for one, held in roles.items()
    ]
    return sorted(found, key=lambda one: (_ORDER[one.role], one.name, one.id))


def find_colleague(session: Session, *, firm_id: uuid.UUID, person_id: uuid.UUID | None) -> Colleague | None:
    return next((one for one in list_colleagues(session, firm_id=firm_id) if one.id == person_id), None)
