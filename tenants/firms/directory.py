"""Find firms: the public directory."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.firms.states import SERVING
from tenants.models import Firm


def find_firm(session: Session, slug: str) -> Firm | None:
    return session.scalars(select(Firm).where(Firm.slug == slug)).one_or_none()


def list_firms(session: Session, *, district: str = "", language: str = "") -> Sequence[Firm]:
    """The firms that serve owners now, by name; of one district or language if asked."""
    query = select(Firm).where(Firm.state.in_(SERVING)).order_by(Firm.name)
    if district:
        query = query.where(Firm.district == district)
    return [firm for firm in session.scalars(query) if not language or language in firm.languages.split()]
