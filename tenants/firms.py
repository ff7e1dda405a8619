"""Find firms."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.models import Firm


def find_firm(session: Session, slug: str) -> Firm | None:
    return session.scalars(select(Firm).where(Firm.slug == slug)).one_or_none()


def list_firms(session: Session) -> Sequence[Firm]:
    return session.scalars(select(Firm).order_by(Firm.name)).all()
