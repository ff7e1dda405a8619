"""What the bureau's database role reads of one checkup, asked of the live database in that very role."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from tenants.access.cells import READ
from tenants.access.matrix import MATRIX
from tenants.base import Base
from tenants.database import Audience

_NAMES_A_CASE = ("checkup_id", "about_id")


@dataclass(frozen=True)
class SeenTable:
    """A table that holds something about the case: the columns and rows the bureau reads, or that it is refused."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_refused: bool


def look_as_bureau(session: Session, checkup_id: uuid.UUID) -> list[SeenTable]:
    """Every table with a column that names a checkup, read (or refused) under Scope(BUREAU); also `checkup` itself."""
    seen = []
    for name, table in Base.metadata.tables.items():
        key = "id" if name == "checkup" else next((one for one in _NAMES_A_CASE if one in table.columns), None)
        if key is None:
            continue
        granted = [a for a in MATRIX[name] if a.audience is Audience.BUREAU and READ in a.verbs]
        columns = granted[0].columns or tuple(table.columns.keys()) if granted else tuple(table.columns.keys())
        seen.append(_read(session, name, columns, key, checkup_id))
    return sorted(seen, key=lambda one: (one.is_refused, one.table))


def _read(session: Session, table: str, columns: tuple[str, ...], key: str, checkup_id: uuid.UUID) -> SeenTable:
    query = text(f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = :id")  # noqa: S608 - names of our own tables
    try:
        with session.begin_nested():
            rows = session.execute(query.bindparams(bindparam("id", checkup_id))).all()
    except ProgrammingError:
        return SeenTable(table, columns, (), True)
    return SeenTable(table, columns, tuple(tuple(row) for row in rows), False)
