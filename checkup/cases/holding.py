"""A case held while something new about it is written, against other steps and against its erasure.

Whoever writes takes this lock first, before any row beside the case's own: then two of them wait, and never for each
other; and an erasure either finds what was written, or is over, and there is no such case any more.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from tenants.errors import NotFound
from tenants.rows import get_one

ERASED = "erased"


def lock_case(session: Session, checkup_id: uuid.UUID) -> Checkup:
    """The case's row as it is once nobody else takes a step with it, erased or not. Raises: NotFound.

    Rows that point at the case may still be added beside it.
    """
    query = select(Checkup).where(Checkup.id == checkup_id).with_for_update(key_share=True)
    return get_one(session, query.execution_options(populate_existing=True))


def hold_case(session: Session, checkup_id: uuid.UUID) -> Checkup:
    """The same for a case that is not erased. Raises: NotFound."""
    row = lock_case(session, checkup_id)
    if row.state == ERASED:
        raise NotFound
    return row


def is_held(session: Session, checkup_id: uuid.UUID) -> bool:
    """Whether the case is there, and then held."""
    try:
        hold_case(session, checkup_id)
    except NotFound:
        return False
    return True
