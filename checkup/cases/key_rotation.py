"""New keys for old: a firm's key, or the master key. Sealed answers stay as they are; only wrappings change."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import CaseKeyRow, PartKey
from checkup.cases.sealing import Keyring
from tenants.models import Firm
from tenants.people import list_sealed_secrets
from tenants.sealing import seal, unseal


def rewrap_cases(session: Session, *, firm_id: uuid.UUID, was: bytes, becomes: bytes, keys: Keyring) -> int:
    """Wrap every data key of the firm by its new key, under Scope(WORKER, firm); returns how many."""
    rows = session.scalars(select(CaseKeyRow).where(CaseKeyRow.firm_id == firm_id).with_for_update()).all()
    for row in rows:
        row.wrapped_key = keys.rewrap_data_key(
            row.wrapped_key, str(row.checkup_id), was=was, becomes=becomes, firm_id=str(firm_id)
        )
    parts = session.scalars(select(PartKey).where(PartKey.firm_id == firm_id).with_for_update()).all()
    for part in parts:
        part.wrapped_key = keys.rewrap_data_key(
            part.wrapped_key, str(part.part_id), was=was, becomes=becomes, firm_id=str(firm_id)
        )
    session.flush()
    return len(rows)


def rewrap_firms(session: Session, *, old: Keyring, new: Keyring) -> int:
    """Wrap every firm's key and every second-factor secret by the new master key, under Scope(OPERATOR)."""
    firms = session.scalars(select(Firm).where(Firm.wrapped_key.is_not(None)).with_for_update()).all()
    for firm in firms:
        firm.wrapped_key = old.rewrap_firm_key(firm.wrapped_key or b"", str(firm.id), new)
    for person in list_sealed_secrets(session):
        secret = unseal(old.master, person.sealed_totp or b"", person.id.bytes)
        person.sealed_totp = seal(new.master, secret, person.id.bytes)
    session.flush()
    return len(firms)
