"""What a body does about itself: its words, its people. Under Scope(PROVIDER), by its chief."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.errors import FieldFault, Invalid
from tenants.models import Provider
from tenants.providers.admission import columns_of
from tenants.providers.facts import OwnWords, check_words
from tenants.providers.kinds import CALLINGS, SERVICES_OF
from tenants.providers.models import ProviderPerson
from tenants.rows import get_one


def set_words(session: Session, row: Provider, words: OwnWords) -> None:
    """Raises: Invalid."""
    check_words(row.kind, words)
    for name, value in columns_of(words).items():
        setattr(row, name, value)
    session.flush()


def add_person(
    session: Session,
    row: Provider,
    *,
    name: str,
    calling: str,
    services: tuple[str, ...],
    languages: tuple[str, ...],
    disclosure: str,
) -> ProviderPerson:
    """Somebody whom owners may be given. Raises: Invalid."""
    if calling not in CALLINGS:
        raise Invalid((FieldFault("calling", "unknown_option"),))
    if not set(services) <= set(SERVICES_OF[row.kind]):
        raise Invalid((FieldFault("services", "unknown_option"),))
    person = ProviderPerson(
        provider_id=row.id,
        name=name,
        calling=calling,
        services=" ".join(services),
        languages=" ".join(languages),
        disclosure=disclosure,
    )
    session.add(person)
    session.flush()
    return person


def rest_person(session: Session, *, provider_id: uuid.UUID, person_id: uuid.UUID, is_active: bool) -> None:
    """She takes no more, or again; what she has taken keeps her name. Raises: NotFound."""
    query = select(ProviderPerson).where(ProviderPerson.provider_id == provider_id, ProviderPerson.id == person_id)
    get_one(session, query).is_active = is_active
    session.flush()
