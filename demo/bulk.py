"""Rows by the hundred thousand: PostgreSQL's COPY, without a statement per row, as a restore would write them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from psycopg import Cursor, sql
from sqlalchemy import Column, Connection, Table
from sqlalchemy.orm import DeclarativeBase

Row = Mapping[str, object]


def trust_rows(connection: Connection) -> bool:
    """Leave references and triggers alone until the transaction ends, if this role may; whether it may.

    Whoever calls this writes what the triggers would have written.
    """
    may = connection.exec_driver_sql("SELECT current_setting('is_superuser')").scalar_one() == "on"
    if may:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    return may


def copy_rows(connection: Connection, model: type[DeclarativeBase], rows: Sequence[Row]) -> None:
    """Write all rows of one table; every row names the same columns, those it leaves out take the model's default."""
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[assignment]  # a mapped class has a table
    columns = [column for column in table.columns if column.name in rows[0] or column.default is not None]
    writers = [_writer(column, connection) for column in columns]
    lines = ([write(row) for write in writers] for row in rows)
    copy(connection, table.name, [column.name for column in columns], lines)


def copy(connection: Connection, table: str, columns: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """COPY lines of values into these columns."""
    cursor: Cursor[Any] = connection.connection.cursor()  # type: ignore[assignment]  # the driver's own, which can COPY
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with cursor, cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as out:
        for line in lines:
            out.write_row(line)


def _writer(column: Column[Any], connection: Connection) -> Callable[[Row], object]:
    """How this column's value of a row goes to the database."""
    name, default = column.name, column.default
    into = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect) or _as_it_is
    if default is None:
        return lambda row: into(row[name])
    if default.is_callable:
        return lambda row: into(row[name] if name in row else default.arg(None))
    return lambda row: into(row.get(name, default.arg))


def _as_it_is(value: object) -> object:
    return value
