"""Find a body: by what it is, what it does and where it goes; and its people."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.models import Provider
from tenants.providers.models import ProviderPerson
from tenants.providers.states import SERVING
from tenants.rows import get_one


def list_serving(session: Session, *, kind: str = "", district: str = "", service: str = "") -> Sequence[Provider]:
    """The bodies that serve: those of the district first, then by name."""
    query = select(Provider).where(Provider.state == SERVING)
    if kind:
        query = query.where(Provider.kind == kind)
    found = [
        row
        for row in session.scalars(query.order_by(Provider.name))
        if reaches(row, district) and (not service or service in row.services.split())
    ]
    return sorted(found, key=lambda row: bool(district) and row.district != district)


def reaches(row: Provider, district: str) -> bool:
    """Whether it takes matters of this district; of none in particular, always."""
    return not district or not row.serves or district in row.serves.split()


def get_serving(session: Session, slug: str) -> Provider:
    """Raises: NotFound."""
    return get_one(session, select(Provider).where(Provider.slug == slug, Provider.state == SERVING))


def list_people(session: Session, provider_id: uuid.UUID) -> Sequence[ProviderPerson]:
    """Whoever works there now and may be known, by name."""
    query = select(ProviderPerson).where(ProviderPerson.provider_id == provider_id, ProviderPerson.is_active)
    return session.scalars(query.order_by(ProviderPerson.name)).all()
