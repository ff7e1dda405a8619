"""A mediation as one of the three reads it: what it may open, and nothing of the others'."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.sealing import CaseKey, Keyring
from checkup.mediation.agreement import read as read_agreement
from checkup.mediation.models import Mediation, MediationEvent, MediationPaper
from checkup.mediation.steps import open_key
from checkup.mediation.talking import list_offers, list_papers
from checkup.mediation.told import Agreement, Told
from tenants.errors import NotFound
from tenants.models import Provider
from tenants.providers.models import ProviderPerson
from tenants.rows import get_one


@dataclass(frozen=True)
class Step:
    event: MediationEvent
    words: str


@dataclass(frozen=True)
class OpenMediation:
    """`told`: None once it opens no more. `papers`: each with its name; `offers`: by side, as far as they are open."""

    row: Mediation
    body: Provider
    told: Told | None
    mediator: ProviderPerson | None
    place: str
    steps: Sequence[Step]
    papers: Sequence[tuple[MediationPaper, str]]
    offers: Mapping[str, str]
    agreement: Agreement | None

    def has_offer(self, side: str) -> bool:
        """Whether this side has put one down, which everybody may know."""
        return any(one.event.step == "offer" and one.event.side == side for one in self.steps)


def open_mediation(session: Session, row: Mediation, keys: Keyring) -> OpenMediation:
    """Under the scope of its owner, of the body, or of the other side in its seat."""
    try:
        key: CaseKey | None = open_key(session, row, keys)
    except NotFound:
        key = None
    query = select(MediationEvent).where(MediationEvent.firm_id == row.firm_id, MediationEvent.mediation_id == row.id)
    events = session.scalars(query.order_by(MediationEvent.at, MediationEvent.id)).all()
    return OpenMediation(
        row,
        get_one(session, select(Provider).where(Provider.id == row.provider_id)),
        Told.from_bytes(key.unseal(row.sealed_told)) if key and row.sealed_told else None,
        _find_mediator(session, row.mediator_id),
        key.unseal(row.sealed_place).decode() if key and row.sealed_place else "",
        [Step(one, key.unseal(one.sealed_words).decode() if key and one.sealed_words else "") for one in events],
        [(one, key.unseal(one.sealed_name).decode()) for one in list_papers(session, row)] if key else [],
        list_offers(session, row, keys) if key else {},
        read_agreement(session, row, keys) if key else None,
    )


def _find_mediator(session: Session, mediator_id: uuid.UUID | None) -> ProviderPerson | None:
    if mediator_id is None:
        return None
    return session.scalars(select(ProviderPerson).where(ProviderPerson.id == mediator_id)).one_or_none()
