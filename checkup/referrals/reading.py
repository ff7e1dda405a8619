"""A referral as whoever takes part in it reads it: its packet, every step with its words, its files."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checkup.cases.part_keys import open_part
from checkup.cases.sealing import CaseKey, Keyring
from checkup.referrals.models import Referral, ReferralEvent, ReferralFile
from checkup.referrals.packets import Packet
from tenants.errors import NotFound
from tenants.models import Provider
from tenants.rows import get_one
from tenants.sealed_files import OpenFile


@dataclass(frozen=True)
class Step:
    """One event with its words, where the scope may still open them."""

    event: ReferralEvent
    words: str


@dataclass(frozen=True)
class OpenReferral:
    """`packet`: None once the case is erased, or the body has no business with it any more."""

    row: Referral
    body: Provider
    packet: Packet | None
    steps: Sequence[Step]
    files: Mapping[uuid.UUID, str]

    def last(self, step: str) -> Step | None:
        """The newest of a kind."""
        return next((one for one in reversed(self.steps) if one.event.step == step), None)


def open_referral(session: Session, row: Referral, keys: Keyring) -> OpenReferral:
    """Under the scope of its owner, of a lawyer who may read the case, of its provider."""
    try:
        key: CaseKey | None = open_part(session, firm_id=row.firm_id, part_id=row.id, keys=keys)
    except NotFound:
        key = None
    query = select(ReferralEvent).where(ReferralEvent.firm_id == row.firm_id, ReferralEvent.referral_id == row.id)
    events = session.scalars(query.order_by(ReferralEvent.at, ReferralEvent.id)).all()
    return OpenReferral(
        row,
        get_one(session, select(Provider).where(Provider.id == row.provider_id)),
        Packet.from_bytes(key.unseal(row.sealed_packet)) if key and row.sealed_packet else None,
        [Step(one, _words(one, key)) for one in events],
        {file.id: key.unseal(file.sealed_name).decode() for file in list_files(session, row)} if key else {},
    )


def _words(event: ReferralEvent, key: CaseKey | None) -> str:
    return key.unseal(event.sealed_words).decode() if key and event.sealed_words else ""


def list_files(session: Session, row: Referral) -> Sequence[ReferralFile]:
    query = select(ReferralFile).where(ReferralFile.firm_id == row.firm_id, ReferralFile.referral_id == row.id)
    return session.scalars(query.order_by(ReferralFile.at, ReferralFile.id)).all()


def list_of_case(session: Session, checkup_id: uuid.UUID) -> Sequence[tuple[Referral, Provider]]:
    """What was sent in a case, newest first; under the scope of its owner or of a lawyer who may read it."""
    query = select(Referral, Provider).join(Provider, Provider.id == Referral.provider_id)
    query = query.where(Referral.checkup_id == checkup_id, Referral.offered_at.is_not(None))
    return session.execute(query.order_by(Referral.offered_at.desc())).tuples().all()


def list_with_room(session: Session, bodies: Sequence[Provider]) -> set[uuid.UUID]:
    """Which of them take one more, under the owner's scope."""
    query = select(Provider.id).where(Provider.id.in_([body.id for body in bodies]))
    return set(session.scalars(query.where(func.app_takes_referrals(Provider.id))))


def get_own(session: Session, *, checkup_id: uuid.UUID, referral_id: uuid.UUID) -> Referral:
    """Raises: NotFound, also for another case's."""
    return get_one(session, select(Referral).where(Referral.checkup_id == checkup_id, Referral.id == referral_id))


def list_of_body(session: Session, *, most: int = 200) -> Sequence[Referral]:
    """Under Scope(PROVIDER): what runs by its clock, then what has ended, newest first."""
    query = select(Referral).order_by(Referral.ended_at.desc().nulls_first(), Referral.due_on, Referral.id)
    return session.scalars(query.limit(most)).all()


def open_file(
    session: Session, *, row: Referral, file_id: uuid.UUID, keys: Keyring, files_url: str
) -> tuple[str, OpenFile]:
    """Media type and content. Raises: NotFound, also where the bytes are gone."""
    file = next((one for one in list_files(session, row) if one.id == file_id), None)
    if file is None:
        raise NotFound
    key = open_part(session, firm_id=row.firm_id, part_id=row.id, keys=keys)
    try:
        return file.media_type, key.open_file(files_url, file.path)
    except FileNotFoundError:
        raise NotFound from None
