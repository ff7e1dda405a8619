"""An owner's checkups, at every firm."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.cases.states import DRAFTS
from tenants.models import Business


@dataclass(frozen=True)
class OwnEntry:
    """One line of the owner's list."""

    checkup: Checkup
    business_name: str
    trade: str

    @property
    def is_draft(self) -> bool:
        return self.checkup.state in DRAFTS


def list_own(session: Session) -> Sequence[OwnEntry]:
    """Everything the owner has and has not erased, newest first, under Scope(SELF, person)."""
    query = (
        select(Checkup, Business.name, Business.trade)
        .join(Business)
        .where(Checkup.state != "erased")
        .order_by(Checkup.started_at.desc())
    )
    return [OwnEntry(row, name, trade) for row, name, trade in session.execute(query).tuples()]
