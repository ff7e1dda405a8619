"""From the access matrix to SQL: roles, grants, FORCED row-level security, for the revisions that hold it as text."""

from collections.abc import Iterator

from tenants.access.cells import Access
from tenants.access.matrix import MATRIX
from tenants.base import RECEPTION_ID
from tenants.database import Audience

LOGIN_ROLE, PRIVILEGED_ROLE = "famai_login", "famai_privileged"
_NARROWED = ("SELECT", "UPDATE")
_CREATE_ROLE = (
    "DO $$ BEGIN CREATE ROLE {name} {options}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
)
_DROP_POLICIES = (
    "DO $$ DECLARE p record; BEGIN "
    "FOR p IN SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = 'TABLE' "
    "LOOP EXECUTE 'DROP POLICY ' || quote_ident(p.policyname) || ' ON TABLE'; END LOOP; END $$"
)


def login_of(audience: Audience) -> str:
    """Who may put on the audience's role."""
    return PRIVILEGED_ROLE if audience.is_privileged else LOGIN_ROLE


def role_statements() -> Iterator[str]:
    """One NOLOGIN role per audience, granted to one of two login roles that inherit nothing."""
    for login in (LOGIN_ROLE, PRIVILEGED_ROLE):
        yield _CREATE_ROLE.format(name=login, options="LOGIN NOINHERIT NOBYPASSRLS")
    for audience in Audience:
        yield _CREATE_ROLE.format(name=audience.role, options="NOLOGIN NOBYPASSRLS")
        yield f"GRANT {audience.role} TO {login_of(audience)}"
        yield f"GRANT USAGE ON SCHEMA public TO {audience.role}"


_NO_TEMPORARY_TABLES = (
    "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); "
    "EXCEPTION WHEN insufficient_privilege THEN NULL; END $$"
)
_NO_LARGE_OBJECTS = """DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT oid::regprocedure FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname LIKE 'lo\\_%' OR proname IN ('loread', 'lowrite'))
  LOOP BEGIN EXECUTE 'REVOKE ALL ON FUNCTION ' || f || ' FROM PUBLIC';
    EXCEPTION WHEN insufficient_privilege THEN NULL; END; END LOOP; END $$"""


def closing_statements() -> Iterator[str]:
    """What PostgreSQL gives to everybody and nobody here needs; where its owner must take it away, the owner does."""
    yield _NO_TEMPORARY_TABLES
    yield _NO_LARGE_OBJECTS


def _policy(table: str, access: Access, verb: str) -> str:
    using = {
        "SELECT": f"USING ({access.predicate})",
        "INSERT": f"WITH CHECK ({access.predicate})",
        "UPDATE": f"USING ({access.predicate}) WITH CHECK ({access.becomes or access.predicate})",
        "DELETE": f"USING ({access.predicate})",
    }[verb]
    name = f"{access.audience.value}_{verb.lower()}"
    return f"CREATE POLICY {name} ON {table} FOR {verb} TO {access.audience.role} {using}"


def force_statements(table: str) -> Iterator[str]:
    """Row-level security on, for the owner of the table too."""
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"


_NOBODY_AT_RECEPTION = (
    "CREATE POLICY nobody_at_reception ON {table} AS RESTRICTIVE TO {role} "
    f"USING (app_firm() IS DISTINCT FROM '{RECEPTION_ID}')"
)


def grant_statements(table: str) -> Iterator[str]:
    """The matrix's grants and policies of one table; as the reception's a firm's role reads no row of it."""
    if any(access.audience is Audience.FIRM and "app_firm()" in access.predicate for access in MATRIX[table]):
        yield _NOBODY_AT_RECEPTION.format(table=table, role=Audience.FIRM.role)
    for access in MATRIX[table]:
        for verb in access.verbs:
            columns = f" ({', '.join(access.columns)})" if access.columns and verb in _NARROWED else ""
            yield f"GRANT {verb}{columns} ON {table} TO {access.audience.role}"
            yield _policy(table, access, verb)


def renewal_statements(table: str) -> Iterator[str]:
    """One table's access anew, for a revision: old policies and grants off, the matrix's on."""
    yield _DROP_POLICIES.replace("TABLE", table)
    for audience in Audience:
        yield f"REVOKE ALL ON {table} FROM {audience.role}"
    yield from force_statements(table)
    yield from grant_statements(table)
    yield from (statement for statement in kept_statements() if f" ON {table} " in statement)


# Written by functions that run as the owner of the tables, by nobody else.
_KEPT_TABLES = ("audit_entry", "audit_head", "campaign_link_use", "campaign_step", "progress", "screen_count")
_READ_TABLES = (
    "bureau", "business", "campaign", "campaign_firm", "campaign_link", "case_ticket", "duty_receipt", "firm",
    "gathering", "gathering_seat", "helper_post", "membership", "on_call", "person", "provider", "provider_post",
    "referral", "station",
)  # fmt: skip


def kept_statements() -> Iterator[str]:
    """The owner of the tables, as whom the functions above run, may write, or read, although row security is forced."""
    for table in _KEPT_TABLES:
        yield f"CREATE POLICY definer_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
    for table in _READ_TABLES:
        yield f"CREATE POLICY definer_reads ON {table} FOR SELECT TO CURRENT_USER USING (true)"
