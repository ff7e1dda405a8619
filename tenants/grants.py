"""From the access matrix to SQL: roles, grants, FORCED row-level security. Safe to repeat."""

from collections.abc import Iterator

from tenants.access import MATRIX, Access
from tenants.database import Audience

LOGIN_ROLE = "famai_login"
_SETTINGS = {"firm": "uuid", "person": "uuid", "bureau": "uuid", "token": "text"}
_CREATE_ROLE = (
    "DO $$ BEGIN CREATE ROLE {name} {options}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
)
_DROP_POLICIES = (
    "DO $$ DECLARE p record; BEGIN "
    "FOR p IN SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = 'TABLE' "
    "LOOP EXECUTE 'DROP POLICY ' || quote_ident(p.policyname) || ' ON TABLE'; END LOOP; END $$"
)


def role_statements() -> Iterator[str]:
    """One NOLOGIN role per audience, granted to a login role that inherits nothing."""
    yield _CREATE_ROLE.format(name=LOGIN_ROLE, options="LOGIN NOINHERIT NOBYPASSRLS")
    for audience in Audience:
        yield _CREATE_ROLE.format(name=audience.role, options="NOLOGIN NOBYPASSRLS")
        yield f"GRANT {audience.role} TO {LOGIN_ROLE}"
        yield f"GRANT USAGE ON SCHEMA public TO {audience.role}"


def function_statements() -> Iterator[str]:
    """`app_firm()` and its siblings: the scope's ids, NULL (matching nothing) when absent."""
    for name, kind in _SETTINGS.items():
        yield (
            f"CREATE OR REPLACE FUNCTION app_{name}() RETURNS {kind} LANGUAGE sql STABLE PARALLEL SAFE AS "
            f"$$ SELECT nullif(current_setting('app.{name}', true), '')::{kind} $$"
        )


def _policy(table: str, access: Access, verb: str) -> str:
    using = {
        "SELECT": f"USING ({access.predicate})",
        "INSERT": f"WITH CHECK ({access.predicate})",
        "UPDATE": f"USING ({access.predicate}) WITH CHECK ({access.predicate})",
        "DELETE": f"USING ({access.predicate})",
    }[verb]
    name = f"{access.audience.value}_{verb.lower()}"
    return f"CREATE POLICY {name} ON {table} FOR {verb} TO {access.audience.role} {using}"


def table_statements(table: str) -> Iterator[str]:
    """Everything one table needs: old policies off, security forced, the matrix's grants and policies on."""
    yield _DROP_POLICIES.replace("TABLE", table)
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    for audience in Audience:
        yield f"REVOKE ALL ON {table} FROM {audience.role}"
    for access in MATRIX[table]:
        for verb in access.verbs:
            columns = f" ({', '.join(access.columns)})" if access.columns and verb == "SELECT" else ""
            yield f"GRANT {verb}{columns} ON {table} TO {access.audience.role}"
            yield _policy(table, access, verb)
