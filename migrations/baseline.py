"""The baseline from the code: models, access matrix, functions; `bin/baseline` writes it until the first deployment.

From then on what is written stays, and `bin/revision` drafts the next number from the difference.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from migrations import catalog
from tenants.access import embedded, functions, sql
from tenants.access.matrix import MATRIX
from tenants.base import Base
from tenants.database import Audience
from webapp import migrating
from webapp.registry import register_models

FILE = Path(__file__).with_name("versions") / "0001_baseline.sql"
_HEAD = "-- Written by bin/baseline from the models and the access matrix; not by hand.\n"
ROLES = (sql.LOGIN_ROLE, sql.PRIVILEGED_ROLE, *[audience.role for audience in Audience])


def table_statements() -> Iterator[str]:
    """CREATE TABLE and INDEX of every model, a table after those it refers to, indexes by name."""
    register_models()
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # the library is half typed
    for table in Base.metadata.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))


def queue_statements() -> Iterator[str]:
    """The job queue as its library ships it, which the worker alone may use, and our one function that adds to it."""
    yield SchemaManager.get_schema()
    yield from functions.queue_statements()
    yield f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {Audience.WORKER.role}"
    yield f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {Audience.WORKER.role}"


def baseline() -> str:
    """The whole schema as SQL text; the same text for the same code."""
    parts = {
        "roles": (*sql.role_statements(), *sql.closing_statements()),
        "the scope of a unit of work": functions.scope_statements(),
        "the job queue": queue_statements(),
        "tables": (*functions.type_statements(), *table_statements()),
        "functions and triggers": functions.shared_statements(),
        "grants and policies": (
            statement for table in MATRIX for statement in (*sql.force_statements(table), *sql.grant_statements(table))
        ),
        "what only functions write": sql.kept_statements(),
    }
    return _HEAD + "".join(f"\n-- {title}\n\n{written(statements)}" for title, statements in parts.items())


def written(statements: Iterable[str]) -> str:
    """SQL text of these statements, a line after each."""
    tidy = ("\n".join(line.rstrip() for line in statement.strip().splitlines()) for statement in statements)
    return "".join(statement.removesuffix(";") + ";\n" for statement in tidy)


@contextmanager
def built_from_code() -> Iterator[tuple[Connection, catalog.Catalog]]:
    """An empty server of its own, and the catalog of a schema made from the code (and rolled back) on it."""
    with tempfile.TemporaryDirectory() as folder:
        engine = migrating.admin_engine(embedded.start(Path(folder)))
        with engine.connect() as connection:
            connection.connection.cursor().execute(baseline())
            expected = catalog.read(connection, ROLES)
            connection.rollback()
            yield connection, expected
        engine.dispose()


def main() -> None:
    """Write the baseline, and what the catalog of a database made from it says."""
    FILE.write_text(baseline(), encoding="utf-8")
    with built_from_code() as (_, expected):
        migrating.CATALOG.write_text(catalog.write(expected), encoding="utf-8")


if __name__ == "__main__":
    main()
