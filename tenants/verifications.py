"""Anyone may check a signed report by its number."""

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tenants.models import Verification


def find_verification(session: Session, number: str) -> Verification | None:
    """The entry of a number, under Scope(PUBLIC, token=number)."""
    return session.scalars(select(Verification).where(Verification.number == number)).one_or_none()


def note_seal(session: Session, number: str, sealed_by: Mapping[str, str]) -> None:
    """Whose certificate signed the paper of this number, for whoever checks it."""
    facts = {"sealed_by": dict(sealed_by)}
    session.execute(update(Verification).where(Verification.number == number).values(facts=facts))
