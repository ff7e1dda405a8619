"""The declarative base: naming convention, typed columns, UTC instants, UUIDv7 ids."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Annotated, Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    String,
    Text,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator
from uuid_utils.compat import uuid7


class UtcInstant(TypeDecorator[dt.datetime]):
    """An instant in UTC; a naive datetime is refused at the door."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """Every table of the house."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dt.datetime: UtcInstant, str: Text(), uuid.UUID: Uuid()}


# What a binary column holds is said where it is declared (`info=`): backup, rotation and erasure read it there.
# `about` names the column that the seal is bound to.
def by_master(form: str = "bytes", about: str = "id") -> dict[str, str]:
    """Sealed under the master key, bound to the row's key as `bytes` or as `text`."""
    return {"sealed_by": "master", "form": form, "about": about}


def by_firm(about: str) -> dict[str, str]:
    """A data key, wrapped by its firm's; a table of its own (`…_key`), kept in its own backup."""
    return {"sealed_by": "firm", "about": about}


def new_id() -> uuid.UUID:
    """A UUIDv7: sorted by time, so that a firm's rows sit together in the order they came."""
    return uuid7()


def among(column: str, codes: Iterable[str]) -> CheckConstraint:
    """A column holds one of these codes, whoever writes it."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(code) for code in sorted(codes))})", name=column)


# The city's reception (`tenants.firms.reception`): the one firm that rules name.
RECEPTION_ID = uuid.UUID("00000000-0000-7000-8000-000000012348")


def never_at_reception() -> CheckConstraint:
    """Of a table that makes somebody a firm's: nobody ever belongs to the city's reception."""
    return CheckConstraint(f"firm_id <> '{RECEPTION_ID}'", name="not_at_reception")


def of(table: str, *, by: str | None = None) -> ForeignKeyConstraint:
    """The key to a row of the same firm, found by `<table>_id` or by another column: no row points at another's."""
    return ForeignKeyConstraint(["firm_id", by or f"{table}_id"], [f"{table}.firm_id", f"{table}.id"])


GlobalId = Annotated[uuid.UUID, mapped_column(primary_key=True, default=new_id)]
FirmKey = Annotated[uuid.UUID, mapped_column(primary_key=True)]
Short = Annotated[str, mapped_column(String(200))]

# Where a mixin puts its columns: before those of the table itself, or after.
HEAD, TAIL = -9, 9


class OfFirm:
    """A row of a firm, under an id of its own."""

    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"), sort_order=HEAD)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id, sort_order=HEAD)


class Moved:
    """An event: from which state to which, and when. Who moved it differs from table to table."""

    was: Mapped[str] = mapped_column(sort_order=TAIL)
    became: Mapped[str] = mapped_column(sort_order=TAIL)
    at: Mapped[dt.datetime] = mapped_column(sort_order=TAIL + 2)


class MovedWhy(Moved):
    """An event with its reason in open words."""

    why: Mapped[str] = mapped_column(default="", sort_order=TAIL + 1)
