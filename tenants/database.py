"""One unit of work per request, command or job, always inside one audience's database role.

The login role can read nothing. A unit begins with one round trip of `SET LOCAL` statements that put on the
audience's role and name the firm, person, bureau or token it acts for; row-level security does the rest and
fails closed. See `docs/decisions/0001`.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from psycopg import sql
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session


class Audience(StrEnum):
    """Who is asking; the value is the suffix of the database role."""

    PUBLIC = "public"
    OWNER = "owner"
    HELPER = "helper"
    FIRM = "firm"
    BUREAU = "bureau"
    OPERATOR = "operator"
    WORKER = "worker"

    @property
    def role(self) -> str:
        return f"famai_{self.value}"


@dataclass(frozen=True)
class Scope:
    """The audience and the ids that row-level security compares with; what is absent matches nothing.

    `token` is the one secret a stranger may hold: a login e-mail, a resume code's digest, a verify number.
    """

    audience: Audience
    firm_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    bureau_id: uuid.UUID | None = None
    token: str | None = None


class _Current:
    engine: Engine | None = None


def configure(url: str, *, pool_size: int = 8) -> Engine:
    """Open the pool that every unit of work draws from; `url` is a libpq URL of the login role."""
    dispose()
    _Current.engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool_size,
        max_overflow=8,
        pool_pre_ping=True,
        hide_parameters=True,  # values are answers, names, phones: never in a log
        connect_args={"application_name": "famai"},
    )
    return _Current.engine


def dispose() -> None:
    """Close the pool, if one is open."""
    if _Current.engine is not None:
        _Current.engine.dispose()
        _Current.engine = None


def _scope_statements(scope: Scope) -> sql.Composed:
    values = {
        "app.firm": scope.firm_id,
        "app.person": scope.person_id,
        "app.bureau": scope.bureau_id,
        "app.token": scope.token,
    }
    statements = [sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(scope.audience.role))]
    statements += [
        sql.SQL("SET LOCAL {} = {}").format(
            sql.SQL(".").join(sql.Identifier(part) for part in name.split(".")),
            sql.Literal("" if value is None else str(value)),
        )
        for name, value in values.items()
    ]
    return sql.SQL("; ").join(statements)


def enter_scope(session: Session, scope: Scope) -> None:
    """Put the session's transaction into the scope: one round trip, gone at commit or rollback."""
    cursor = session.connection().connection.cursor()
    cursor.execute(_scope_statements(scope))
    cursor.close()


@contextmanager
def unit_of_work(scope: Scope) -> Iterator[Session]:
    """Yield a session in the scope; commit at the end, roll everything back on any error."""
    if _Current.engine is None:
        raise RuntimeError("tenants.database.configure() has not been called")
    with Session(_Current.engine, expire_on_commit=False) as session, session.begin():
        enter_scope(session, scope)
        yield session
