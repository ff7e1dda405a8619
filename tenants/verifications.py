"""Anyone may check a signed report by its number."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.models import Verification


def find_verification(session: Session, number: str) -> Verification | None:
    """The entry of a number, under Scope(PUBLIC, token=number)."""
    return session.scalars(select(Verification).where(Verification.number == number)).one_or_none()
