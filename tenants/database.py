"""One unit of work per request, command or job, always inside one audience's database role.

The login roles can read nothing. A unit begins with one round trip of `SET LOCAL` statements that put on the
audience's role and name the firm, person, bureau or token it acts for; row-level security does the rest and
fails closed. See `docs/decisions/0001`. What owners, firms and strangers reach runs on a line that can put on none of
the privileged roles (`docs/decisions/0024`).
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tenants import clock
from tenants.errors import Conflict


class Audience(StrEnum):
    """Who is asking; the value is the suffix of the database role.

    `AUTH` is the log-in path of staff itself, for one person or e-mail: nobody else reads what opens their doors.
    `SELF` is an owner at every firm at once, `DELEGATE` whoever owners have asked to do some of it, likewise;
    `HELPER` somebody at a station who helps owners; `PROVIDER` a body that takes referrals; `PARTNER` a park or chamber
    that brings owners in; `CLIENT` is a connected party's machine, named by the scope's token.
    """

    PUBLIC = "public"
    AUTH = "auth"
    OWNER = "owner"
    SELF = "self"
    DELEGATE = "delegate"
    HELPER = "helper"
    PROVIDER = "provider"
    PARTNER = "partner"
    FIRM = "firm"
    BUREAU = "bureau"
    OPERATOR = "operator"
    CLIENT = "client"
    WORKER = "worker"

    @property
    def role(self) -> str:
        return f"famai_{self.value}"

    @property
    def is_staff(self) -> bool:
        """Whether whoever asks has logged in at a place of work."""
        bodies = (Audience.PROVIDER, Audience.PARTNER, Audience.HELPER)
        return self in (Audience.FIRM, Audience.BUREAU, *bodies, Audience.OPERATOR)

    @property
    def is_privileged(self) -> bool:
        """Whether its role is put on over the other line alone, by a login role of its own."""
        return self in (Audience.AUTH, Audience.BUREAU, Audience.OPERATOR, Audience.WORKER)


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
    provider_id: uuid.UUID | None = None
    station_id: uuid.UUID | None = None
    partner_id: uuid.UUID | None = None


class Lines(NamedTuple):
    """libpq URLs of the two login roles, each of one host or more."""

    common: str
    privileged: str


class _Current:
    engines: tuple[Engine, Engine] | None = None


CONNECT_SECONDS = 5
_PREPARE_AFTER = 5


def conninfo(url: str) -> str:
    """The libpq URL with what we rely on: a limit for connecting, and of several hosts the one that can be written."""
    made: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, **conninfo_to_dict(url)}
    if "," in str(made.get("host", "")):
        made.setdefault("target_session_attrs", "read-write")
    return make_conninfo("", **made)


def configure(lines: Lines, *, pool_size: int = 8, prepares: bool = False) -> None:
    """Open the pools that every unit of work draws from: no line is opened before it is needed.

    `prepares`: keep prepared statements on each line; not behind a pooler in transaction mode, where the next line may
    be another server's.
    """
    dispose()
    opened = (_open_pool(url, pool_size=pool_size, prepares=prepares) for url in lines)
    _Current.engines = (next(opened), next(opened))


def _open_pool(url: str, *, pool_size: int, prepares: bool) -> Engine:
    reach = conninfo(url)

    def connect() -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(reach, application_name="famai", prepare_threshold=_PREPARE_AFTER if prepares else None)

    return create_engine(
        "postgresql+psycopg://",
        creator=connect,
        pool_size=pool_size,
        max_overflow=8,
        # BEGIN travels with the scope in one round trip (`_begin`), so the driver must not send its own.
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,  # values are answers, names, phones: never in a log
    )


def dispose() -> None:
    """Close the pools, if they are open."""
    for engine in _Current.engines or ():
        engine.dispose()
    _Current.engines = None


@lru_cache(maxsize=4096)
def _scope_statements(scope: Scope) -> bytes:
    values = {
        "app.firm": scope.firm_id,
        "app.person": scope.person_id,
        "app.bureau": scope.bureau_id,
        "app.provider": scope.provider_id,
        "app.station": scope.station_id,
        "app.partner": scope.partner_id,
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
    return sql.SQL("; ").join(statements).as_bytes()


def enter_scope(session: Session, scope: Scope) -> None:
    """Move a running unit of work into another scope (a guest who has just become an owner): one round trip.

    The database refuses a privileged role on the common line, and the others on the privileged one.
    """
    _send(session, _scope_statements(scope) + _time_statement())


def _time_statement() -> bytes:
    """`app_now()` follows the city's clock while that stands; a clock that runs is the database's own."""
    return f"; SET LOCAL app.now = '{clock.now().isoformat()}'".encode() if clock.is_standing() else b""


def _send(session: Session, statements: bytes) -> None:
    cursor = session.connection().connection.cursor()
    cursor.execute(statements)
    cursor.close()


def _begin(session: Session, scope: Scope, engine: Engine) -> None:
    """BEGIN and the scope in one round trip.

    A database that was restarted leaves dead lines in the pool. Nothing has been done yet at this point, so a
    second try on a new line is safe, and cheaper than a ping before every unit of work.
    """
    statements = b"BEGIN; " + _scope_statements(scope) + _time_statement()
    try:
        _send(session, statements)
    except psycopg.OperationalError:
        session.invalidate()
        engine.dispose()
        session.begin()
        _send(session, statements)


def read_row(scope: Scope, query: bytes) -> tuple[Any, ...] | None:
    """The first row of a query without parameters, read as a unit of work of its own in one round trip.

    For what each request asks before its own unit of work, which is dearer; the query compares with `app_token()`.
    """
    common, privileged = list_engines()
    engine = privileged if scope.audience.is_privileged else common
    statements = b"BEGIN; " + _scope_statements(scope) + _time_statement() + b"; " + query + b"; COMMIT"
    try:
        return _row_of(engine, statements)
    except psycopg.OperationalError:  # a dead line, as in `_begin`
        engine.dispose()
        return _row_of(engine, statements)


def _row_of(engine: Engine, statements: bytes) -> tuple[Any, ...] | None:
    with engine.connect() as line:
        cursor = line.connection.cursor()
        try:
            cursor.execute(statements)
        except psycopg.OperationalError:
            line.invalidate()
            raise
        while cursor.description is None:
            cursor.nextset()
        found = cursor.fetchone()
        cursor.close()
    return found


def list_engines() -> tuple[Engine, Engine]:
    """Of the common line and of the privileged one. Raises: RuntimeError before `configure`."""
    if _Current.engines is None:
        raise RuntimeError("tenants.database.configure() has not been called")
    return _Current.engines


class _Work(Session):
    """A session in which a counted row (`version_id_col`) that somebody else changed meanwhile is a conflict."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Raises: Conflict `stale`."""
        try:
            super().flush(objects)
        except StaleDataError as error:
            raise Conflict("stale") from error


@contextmanager
def unit_of_work(scope: Scope) -> Iterator[Session]:
    """Yield a session in the scope; commit at the end, roll everything back on any error."""
    common, privileged = list_engines()
    engine = privileged if scope.audience.is_privileged else common
    with _Work(engine, expire_on_commit=False) as session:
        session.begin()
        _begin(session, scope, engine)
        try:
            yield session
        except BaseException:
            session.rollback()
            raise
        session.commit()
