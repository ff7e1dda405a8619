"""Find or 404: the two ways, from a query or from a key, to the one row that must be there."""

from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from tenants.errors import NotFound

T = TypeVar("T")


def get_one(session: Session, query: Select[T] | Select[T | None]) -> T:
    """The one row, or the one column, that the query finds. Raises: NotFound."""
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_locked(session: Session, query: Select[T]) -> T:
    """The one row as it is once nobody else changes it, held until the unit of work ends. Raises: NotFound."""
    return get_one(session, query.with_for_update().execution_options(populate_existing=True))


def get_by_key(session: Session, model: type[T], key: Any) -> T:
    """The row with this primary key. Raises: NotFound."""
    found = session.get(model, key)
    if found is None:
        raise NotFound
    return found
