"""The tree of bureaus."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.errors import NotFound
from tenants.models import Bureau


def list_levels(session: Session, bureau_id: uuid.UUID) -> list[uuid.UUID]:
    """The bureau and those above it, from itself to the city. Raises: NotFound."""
    parents = {one: parent for one, parent in session.execute(select(Bureau.id, Bureau.parent_id)).tuples()}
    if bureau_id not in parents:
        raise NotFound
    levels = [bureau_id]
    while (parent := parents[levels[-1]]) is not None:
        levels.append(parent)
    return levels
