"""Bring a database to the newest schema, and prove that it is what the code says."""

from functools import cache
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine

import migrations
from migrations import catalog
from tenants.access.sql import LOGIN_ROLE, PRIVILEGED_ROLE
from tenants.database import Audience, conninfo

_FOLDER = Path(migrations.__path__[0])
_LOCK_MS, _STATEMENT_MS = 5_000, 15 * 60 * 1000
CATALOG = _FOLDER / "catalog.txt"


@cache
def head_revision() -> str | None:
    """The newest revision that this code ships."""
    return ScriptDirectory(str(_FOLDER)).get_current_head()


def what_is_behind(revision: str | None) -> str:
    """In words where a database at this revision lacks what the code needs, else nothing. One that is ahead serves:
    while a release is put in its place the code before works on (`migrations.lint`), and is not taken out for it."""
    head = str(head_revision())
    return f"at {revision}, the code is at {head}" if revision is None or revision < head else ""


class SchemaFault(Exception):
    """The database is not what the code says; `differences` names each thing."""

    def __init__(self, differences: list[str]) -> None:
        super().__init__("\n".join(differences))
        self.differences = differences


def admin_engine(admin_url: str) -> Engine:
    """An engine for the role that owns the tables; for migrations and the rotation of the master key."""
    return create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(conninfo(admin_url)))


def config(connection: Connection) -> Config:
    """Alembic's settings for this connection."""
    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection) -> None:
    """Run what is missing, a revision after the other, each whole or not at all; in the caller's transaction if one is
    open, and then no revision may build an index beside people who write.

    Raises: SchemaFault for a database whose revision this code does not know, or an owner with an audience's name.
    """
    _refuse_audience(connection)
    try:
        command.upgrade(config(connection), "head")
    except CommandError as fault:
        raise SchemaFault([f"revision: {fault}"]) from fault


def _refuse_audience(connection: Connection) -> None:
    """An owner of the tables with the name of an audience would be granted to whoever logs in. Raises: SchemaFault."""
    is_of_caller = connection.in_transaction()
    name = str(connection.exec_driver_sql("SELECT current_user").scalar_one())
    if not is_of_caller:
        connection.rollback()
    if name in {LOGIN_ROLE, PRIVILEGED_ROLE, *(audience.role for audience in Audience)}:
        raise SchemaFault([f"role: {name} is the name of an audience; own the tables by another, as famai_tables"])


def _patient_engine(admin_url: str) -> Engine:
    """Migrations give way to the city: no lock is waited for longer than five seconds, because whoever comes after
    it waits too; the migration fails instead, whole, and is run again."""
    options = f"-c lock_timeout={_LOCK_MS} -c statement_timeout={_STATEMENT_MS}"
    return create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(conninfo(admin_url), options=options))


def migrate(admin_url: str) -> None:
    """Upgrade to the head, then prove it; safe to repeat.

    Raises: SchemaFault when the database still differs, by another hand or an older baseline.
    """
    engine = _patient_engine(admin_url)
    with engine.connect() as connection:
        upgrade(connection)
    engine.dispose()
    check(admin_url)


def check(admin_url: str) -> None:
    """Compare revision, tables, functions, triggers, grants and policies with the code's; reads only.

    Raises: SchemaFault.
    """
    engine = admin_engine(admin_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        found = differences(connection)
    engine.dispose()
    if found:
        raise SchemaFault(found)


def differences(connection: Connection) -> list[str]:
    """Name everything in which this database differs from what the code says."""
    head = head_revision()
    current = MigrationContext.configure(connection).get_current_revision()
    if current != head:
        return [f"revision: is {current or 'none'}, should be {head}; run famai migrate"]
    expected = catalog.parse(CATALOG.read_text(encoding="utf-8"))
    return list(catalog.differences(expected, catalog.read(connection, catalog.roles_in(expected))))
