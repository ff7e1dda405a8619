"""New keys for old: a firm's key, or the master key. What is sealed stays as it is; only wrappings change.

Which columns there are is read from the models (`tenants.base.by_master`, `by_firm`): none can be forgotten.
"""

import uuid
from collections.abc import Iterator

from sqlalchemy import Column, Table, and_, func, select, update
from sqlalchemy.orm import Session

from checkup.cases.sealing import Keyring
from tenants.base import Base
from tenants.sealing import seal, unseal


def list_sealed_columns(by: str) -> Iterator[tuple[Table, Column[bytes]]]:
    """The columns that `master`, or `firm`, seals, of every model that is loaded."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.info.get("sealed_by") == by:
                yield table, column


def rewrap_firm(session: Session, *, firm_id: uuid.UUID, was: bytes, becomes: bytes, keys: Keyring) -> int:
    """Wrap every data key of the firm by its new key, under Scope(WORKER, firm); returns how many."""
    count = 0
    for table, column in list_sealed_columns("firm"):
        about, names = table.c[column.info["about"]], list(table.primary_key)
        query = select(about, column, *names).where(table.c.firm_id == firm_id).with_for_update()
        for bound_to, wrapped, *name in session.execute(query).all():
            new = keys.rewrap_data_key(wrapped, str(bound_to), was=was, becomes=becomes, firm_id=str(firm_id))
            here = and_(*(part == value for part, value in zip(names, name, strict=True)))
            session.execute(update(table).where(here).values({column.name: new}))
            count += 1
    return count


def reseal(column: Column[bytes], row_id: uuid.UUID, sealed: bytes, *, old: bytes, new: bytes) -> bytes:
    """What the old master key sealed in this column and row, by the new one."""
    about = row_id.bytes if column.info["form"] == "bytes" else str(row_id).encode()
    return seal(new, unseal(old, sealed, about), about)


def rewrap_master(session: Session, *, old: bytes, new: bytes) -> int:
    """Seal by the new master key whatever the old one sealed, as the owner of the tables, in one transaction: firms'
    keys, second factors, secrets of connected parties, requests from other doors. Returns how many firms."""
    for table, column in list_sealed_columns("master"):
        key = table.c[column.info["about"]]
        query = select(key, column).where(column.is_not(None)).with_for_update()
        for row_id, sealed in session.execute(query).all():
            again = reseal(column, row_id, sealed, old=old, new=new)
            session.execute(update(table).where(key == row_id).values({column.name: again}))
    firms = Base.metadata.tables["firm"]
    return session.scalar(select(func.count()).select_from(firms).where(firms.c.wrapped_key.is_not(None))) or 0
