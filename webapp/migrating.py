"""Bring a database to the newest schema and to the access matrix as it stands in the code."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine

from tenants.access import sql
from tenants.access.matrix import MATRIX

_FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def admin_engine(admin_url: str) -> Engine:
    """An engine for the role that owns the tables; used by migrations alone."""
    return create_engine(admin_url.replace("postgresql://", "postgresql+psycopg://", 1))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


def migrate(admin_url: str) -> None:
    """Upgrade to head, then write the matrix's grants and policies; safe to repeat."""
    engine = admin_engine(admin_url)
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")
        apply_access(connection)
    engine.dispose()


def apply_access(connection: Connection) -> None:
    """Generate and run the grants and policies of every table in the matrix."""
    tables = [statement for table in MATRIX for statement in sql.table_statements(table)]
    for statement in (*sql.role_statements(), *sql.shared_statements(), *tables, *sql.kept_statements()):
        connection.exec_driver_sql(statement)


def check(admin_url: str) -> None:
    """Raise when models and migrations differ."""
    engine = admin_engine(admin_url)
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")
        command.check(_config(connection))
    engine.dispose()


def write_revision(admin_url: str, number: str, message: str) -> None:
    """Draft the next numbered migration from the difference between models and database."""
    engine = admin_engine(admin_url)
    with engine.begin() as connection:
        config = _config(connection)
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=number)
    engine.dispose()
