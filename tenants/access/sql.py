"""From the access matrix to SQL: roles, grants, FORCED row-level security. Safe to repeat."""

from collections.abc import Iterator

from tenants.access.cells import Access
from tenants.access.matrix import MATRIX
from tenants.database import Audience

LOGIN_ROLE = "famai_login"
_NARROWED = ("SELECT", "UPDATE")
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
        "UPDATE": f"USING ({access.predicate}) WITH CHECK ({access.becomes or access.predicate})",
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
            columns = f" ({', '.join(access.columns)})" if access.columns and verb in _NARROWED else ""
            yield f"GRANT {verb}{columns} ON {table} TO {access.audience.role}"
            yield _policy(table, access, verb)


_BUREAUS = """CREATE OR REPLACE FUNCTION app_bureaus() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE part AS (
    SELECT id FROM bureau WHERE id = app_bureau()
    UNION ALL SELECT child.id FROM bureau child JOIN part ON child.parent_id = part.id
  ) SELECT id FROM part $$"""
_AUDIT = """CREATE OR REPLACE FUNCTION famai_audit(
  firm uuid, act text, about uuid, owner uuid, actor uuid, actor_name text, why text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head audit_head; at_utc timestamptz := clock_timestamp(); sealed text;
BEGIN
  INSERT INTO audit_head (firm_id, number, hash) VALUES (firm, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit_head WHERE firm_id = firm FOR UPDATE;
  sealed := encode(sha256(convert_to(jsonb_build_array(
    firm, head.number + 1, to_char(at_utc AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    actor, actor_name, act, about, owner, why, head.hash)::text, 'UTF8')), 'hex');
  INSERT INTO audit_entry (firm_id, number, at, actor_id, actor_name, act, about_id, owner_id, why, previous_hash, hash)
    VALUES (firm, head.number + 1, at_utc, actor, actor_name, act, about, owner, why, head.hash, sealed);
  UPDATE audit_head SET number = head.number + 1, hash = sealed WHERE firm_id = firm;
  RETURN head.number + 1;
END $$"""
_PROGRESS = """CREATE OR REPLACE FUNCTION famai_progress() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO progress (firm_id, checkup_id, owner_id, state, review_wanted, submitted_at, signed_at)
    VALUES (NEW.firm_id, NEW.id, NEW.owner_id, NEW.state, NEW.review_wanted, NEW.submitted_at, NEW.signed_at)
    ON CONFLICT (firm_id, checkup_id) DO UPDATE SET state = NEW.state, review_wanted = NEW.review_wanted,
      submitted_at = NEW.submitted_at, signed_at = NEW.signed_at;
  RETURN NULL;
END $$"""
_PROGRESS_TRIGGER = """CREATE OR REPLACE TRIGGER keep_progress
AFTER INSERT OR UPDATE OF state, review_wanted, submitted_at, signed_at ON checkup
FOR EACH ROW EXECUTE FUNCTION famai_progress()"""
# What follows a checkup is counted again by a job in the same transaction, whoever changes it (`cloud.cubes`).
_RECOUNT = """CREATE OR REPLACE FUNCTION famai_recount() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.checkup_id IS NOT NULL THEN
    PERFORM famai_defer('count_checkup', jsonb_build_object('firm_id', NEW.firm_id, 'checkup_id', NEW.checkup_id));
  END IF;
  RETURN NULL;
END $$"""
_RECOUNTED = {
    "fix": "UPDATE OF state",
    "rating": "INSERT OR UPDATE",
    "waiver": "UPDATE OF state, relief, used_minor",
    "hour_entry": "UPDATE OF state, credited_minutes",
}
# Written by functions that run as the owner of the tables, by nobody else.
_KEPT_TABLES = ("audit_entry", "audit_head", "progress")


def shared_statements() -> Iterator[str]:
    """What needs the tables to be there: a bureau's part of the tree, the only pens for the log and for progress."""
    yield _BUREAUS
    yield _AUDIT
    yield _PROGRESS
    yield _PROGRESS_TRIGGER
    yield _RECOUNT
    for table, moves in _RECOUNTED.items():
        yield (
            f"CREATE OR REPLACE TRIGGER count_again AFTER {moves} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION famai_recount()"
        )
    signature = "famai_audit(uuid, text, uuid, uuid, uuid, text, text)"
    yield f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC"
    for audience in (Audience.OWNER, Audience.FIRM, Audience.BUREAU, Audience.WORKER):
        yield f"GRANT EXECUTE ON FUNCTION {signature} TO {audience.role}"
    for audience in (Audience.BUREAU, Audience.OPERATOR):
        yield f"GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO {audience.role}"


def kept_statements() -> Iterator[str]:
    """The owner of the tables, as whom the functions above run, may write although row security is forced."""
    for table in _KEPT_TABLES:
        yield f"CREATE POLICY definer_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)"
