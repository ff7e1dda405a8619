"""The database's own people: who owns the tables, who logs in, who copies. No name of theirs is an audience's."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

from tenants.access.sql import LOGIN_ROLE, PRIVILEGED_ROLE
from tenants.database import Audience, Lines, conninfo

TABLES_ROLE, BACKUP_ROLE = "famai_tables", "famai_backup"
# CREATEDB: a backup is tried by restoring it into a database that lives for minutes.
_MADE = {
    TABLES_ROLE: "LOGIN NOSUPERUSER CREATEROLE CREATEDB NOBYPASSRLS",
    LOGIN_ROLE: "LOGIN NOSUPERUSER NOINHERIT NOCREATEROLE NOCREATEDB NOBYPASSRLS",
    PRIVILEGED_ROLE: "LOGIN NOSUPERUSER NOINHERIT NOCREATEROLE NOCREATEDB NOBYPASSRLS",
    # Row-level security is forced on the owner too, so a whole copy needs a role that it does not hold back.
    BACKUP_ROLE: "LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB BYPASSRLS",
}
_ADMINS_GRANT = 160_000  # from this version on who migrates must administer the audiences that another has made
TAKEN = frozenset(audience.role for audience in Audience) | {LOGIN_ROLE, PRIVILEGED_ROLE}


class RoleExists(RuntimeError):
    """One of the four roles is there already; a new password would shut out whoever uses it."""


@dataclass(frozen=True)
class MadeRoles:
    """The URLs of one city's four roles, with their new passwords."""

    tables: str
    login: str
    privileged: str
    backup: str


def make_roles(superuser_url: str, *, database: str, renew: bool = False) -> MadeRoles:
    """Create the four roles and the database, once per server; needs a role that may.

    `renew`: roles that are there get new passwords, and a database that is there stays.
    Raises: RoleExists, psycopg.Error.
    """
    passwords = {name: secrets.token_urlsafe(24) for name in _MADE}
    with psycopg.connect(conninfo(superuser_url), autocommit=True) as connection:
        _create(connection, passwords, renew=renew)
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if known is None:
            _run(connection, "CREATE DATABASE {} OWNER {}", database, TABLES_ROLE)
        _run(connection, "REVOKE CONNECT ON DATABASE {} FROM PUBLIC", database)
        for name in (LOGIN_ROLE, PRIVILEGED_ROLE, BACKUP_ROLE):
            _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", database, name)
    return MadeRoles(*(_url(superuser_url, name, passwords[name], database) for name in _MADE))


def _create(connection: Connection[tuple[object, ...]], passwords: dict[str, str], *, renew: bool) -> None:
    query = "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
    known = {str(name) for (name,) in connection.execute(query, [list(_MADE)])}
    if known and not renew:
        raise RoleExists(", ".join(sorted(known)))
    for name, options in _MADE.items():
        verb = "ALTER" if name in known else "CREATE"
        statement = sql.SQL("{} ROLE {} {} PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(name), sql.SQL(options), sql.Literal(passwords[name])
        )
        connection.execute(statement)
    _run(connection, "GRANT pg_read_all_data TO {}", BACKUP_ROLE)
    if connection.info.server_version >= _ADMINS_GRANT:
        names = [audience.role for audience in Audience]
        for (audience,) in connection.execute(query, [names]).fetchall():
            _run(connection, "GRANT {} TO {} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE", str(audience), TABLES_ROLE)


def _run(connection: Connection[tuple[object, ...]], statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _url(superuser_url: str, role: str, password: str, database: str) -> str:
    """The same server, as this role. A folder of sockets is named behind the question mark, as libpq wants it."""
    parts = conninfo_to_dict(superuser_url)
    host, port = str(parts.get("host") or ""), str(parts.get("port") or "5432")
    if host.startswith("/"):
        return f"postgresql://{role}:{password}@/{database}?host={quote(host, safe='/')}&port={port}"
    hosts, ports = host.split(","), port.split(",")
    ports = ports if len(ports) == len(hosts) else ports[:1] * len(hosts)
    reached = ",".join(f"{one or 'localhost'}:{at}" for one, at in zip(hosts, ports, strict=True))
    return f"postgresql://{role}:{password}@{reached}/{database}"


def faults_of_roles(lines: Lines, tables_url: str, backup_url: str) -> Iterator[str]:
    """What is wrong with the rights of the four, in words; nothing where all is well. Raises: psycopg.Error."""
    for is_privileged, url in enumerate(lines):
        with psycopg.connect(conninfo(url)) as connection:
            yield from _faults_of_login(connection, is_privileged=bool(is_privileged))
    with psycopg.connect(conninfo(tables_url)) as connection:
        yield from _faults_of_owner(connection)
    if backup_url != tables_url:
        with psycopg.connect(conninfo(backup_url)) as connection:
            yield from _faults_of_backup(connection)


_ME = "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolinherit FROM pg_roles WHERE rolname = current_user"
_OWNED = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"
_HELD = "SELECT pg_get_userbyid(roleid) FROM pg_auth_members WHERE member = current_user::regrole"


def _me(connection: Connection[tuple[object, ...]]) -> tuple[str, bool, bool, bool, bool]:
    return connection.execute(_ME).fetchone()  # type: ignore[return-value]  # one row: whoever asks is a role


def _faults_of_login(connection: Connection[tuple[object, ...]], *, is_privileged: bool) -> Iterator[str]:
    name, is_super, bypasses, creates, inherits = _me(connection)
    if is_super or bypasses or creates:
        yield f"web and worker log in as {name}, which may more than log in"
    if inherits:
        yield f"{name} inherits what its audiences may; it must be NOINHERIT"
    if connection.execute(_OWNED).fetchone() != (0,):
        yield f"{name} owns tables; only FAMAI_ADMIN_DATABASE_URL may name their owner"
    held = {str(role) for (role,) in connection.execute(_HELD)}
    meant = {audience.role for audience in Audience if audience.is_privileged == is_privileged}
    if held - meant:
        yield f"{name} is a member of {', '.join(sorted(held - meant))}"
    if meant - held:
        yield f"{name} is no member of {', '.join(sorted(meant - held))}"


def _faults_of_owner(connection: Connection[tuple[object, ...]]) -> Iterator[str]:
    name, is_super, bypasses, creates, _inherits = _me(connection)
    if name in TAKEN:
        yield f"the owner of the tables is called {name}, which is the name of an audience"
    if is_super or bypasses:
        yield f"{name} is held back by no row-level security; the functions that run as it must be"
    if not creates and not is_super:
        yield f"{name} may not create roles, which famai migrate does once"


def _faults_of_backup(connection: Connection[tuple[object, ...]]) -> Iterator[str]:
    name, is_super, bypasses, _creates, _inherits = _me(connection)
    if not bypasses and not is_super:
        yield f"{name} is held back by row-level security: its copies would not be whole"
    if name in TAKEN:
        yield f"{name} is the name of an audience"
