"""What a helper reads: whom she helps and what waits, and a case that its owner lets her see. Under Scope(HELPER).

Row security shows what the owner's yes opens and nothing else; of a checkup it grants her role no score, no grade.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from checkup.assisting.models import Assistance, ClaimCode
from checkup.cases.checkups import FoundCheckup
from checkup.cases.models import Checkup, FindingRow
from checkup.cases.sealing import Keyring
from checkup.cases.states import DRAFTS
from checkup.cases.told_drafts import find_draft
from tenants.access.stations import TOLD_OF_CHECKUP
from tenants.errors import Conflict, NotFound
from tenants.models import Business
from tenants.rows import get_one

_TOLD = load_only(*(getattr(Checkup, name) for name in TOLD_OF_CHECKUP), raiseload=True)
_CLIENTS = (
    select(Assistance, Checkup, Business.name, Business.trade, ClaimCode.sent)
    .select_from(Assistance)
    .join(Checkup, (Checkup.firm_id == Assistance.firm_id) & (Checkup.id == Assistance.checkup_id))
    .join(Business, (Business.firm_id == Checkup.firm_id) & (Business.id == Checkup.business_id))
    .outerjoin(ClaimCode, (ClaimCode.firm_id == Checkup.firm_id) & (ClaimCode.checkup_id == Checkup.id))
    .options(_TOLD)
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True)
class Client:
    """Somebody whom the helper helps: the case as far as it is told, and how she was sent her code."""

    help: Assistance
    checkup: Checkup
    business_name: str
    trade: str
    sent: str | None

    @property
    def is_draft(self) -> bool:
        return self.checkup.state in DRAFTS


def list_clients(session: Session) -> Sequence[Client]:
    """Everybody whom this helper helps now, the newest first."""
    query = _CLIENTS.order_by(Assistance.began_at.desc(), Assistance.id)
    return [Client(*row) for row in session.execute(query).tuples()]


def get_client(session: Session, help_id: uuid.UUID) -> Client:
    """Raises: NotFound, also once the help has ended."""
    row = session.execute(_CLIENTS.where(Assistance.id == help_id)).one_or_none()
    if row is None:
        raise NotFound
    return Client(*row)


def get_help(session: Session, help_id: uuid.UUID) -> Assistance:
    """Raises: NotFound, also once it has ended."""
    query = select(Assistance).where(Assistance.id == help_id)
    return get_one(session, query.execution_options(populate_existing=True))


def open_helped(session: Session, help_id: uuid.UUID, keys: Keyring, *, lock: bool) -> FoundCheckup:
    """A draft with its answers, it and they locked against other writers if asked.

    Raises: NotFound once the help has ended, also while the lock was waited for; Conflict `not_now` for what is no
    draft any more.
    """
    found = get_help(session, help_id)
    draft = find_draft(session, firm_id=found.firm_id, checkup_id=found.checkup_id, keys=keys, lock=lock)
    get_help(session, help_id)
    if draft is None:
        raise Conflict("not_now")
    return draft


def list_findings(session: Session, found: Assistance) -> Sequence[FindingRow]:
    """What the owner lets the helper read out; nothing where she lets her see the light alone."""
    query = select(FindingRow).where(FindingRow.firm_id == found.firm_id, FindingRow.checkup_id == found.checkup_id)
    return session.scalars(query.where(FindingRow.state == "found").order_by(FindingRow.place)).all()
