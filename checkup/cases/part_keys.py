"""Parts of a case with a key of their own: somebody outside the firm may open the part and nothing else.

The key is wrapped by the firm's, as the case's own is; erasing the case destroys both.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup, PartKey
from checkup.cases.sealing import CaseKey, Keyring
from tenants.errors import NotFound
from tenants.models import Firm
from tenants.rows import get_one


def new_part(session: Session, row: Checkup, part_id: uuid.UUID, keys: Keyring) -> CaseKey:
    """The opened key of a new part of this case. Raises: NotFound for a firm without a key."""
    firm_key = _firm_key(session, row.firm_id)
    wrapped = keys.new_data_key(firm_key, str(row.firm_id), str(part_id))
    session.add(
        PartKey(firm_id=row.firm_id, part_id=part_id, checkup_id=row.id, owner_id=row.owner_id, wrapped_key=wrapped)
    )
    session.flush()
    return keys.case(firm_key, str(row.firm_id), wrapped, str(part_id))


def has_part(session: Session, *, firm_id: uuid.UUID, part_id: uuid.UUID) -> bool:
    """Whether the part still opens: its key lives as long as the case."""
    return session.get(PartKey, (firm_id, part_id)) is not None


def open_part(session: Session, *, firm_id: uuid.UUID, part_id: uuid.UUID, keys: Keyring) -> CaseKey:
    """The opened key of a part. Raises: NotFound when it is destroyed or not within the scope."""
    wrapped = session.get(PartKey, (firm_id, part_id))
    if wrapped is None:
        raise NotFound
    firm_key = _firm_key(session, firm_id)
    return keys.case(firm_key, str(firm_id), wrapped.wrapped_key, str(part_id))


def _firm_key(session: Session, firm_id: uuid.UUID) -> bytes:
    """Raises: NotFound for a firm without a key, or out of the scope, whose role may read the key and nothing else."""
    return get_one(session, select(Firm.wrapped_key).where(Firm.id == firm_id))
