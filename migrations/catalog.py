"""What a database's own catalog says of its schema, one line per thing: read only, and the same on PostgreSQL 15 to 18.

Each thing is (name, definition): `policy checkup.owner_select` → `SELECT to famai_owner USING (…)`. Who owns the tables
is left out, for every city names that role itself.
"""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection

Catalog = dict[str, str]

_OURS = "n.nspname = 'public' AND c.relname <> 'alembic_version'"
_COLUMNS = f"""
SELECT 'column ' || c.relname || '.' || a.attname,
  concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
    CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity' END,
    CASE WHEN a.attgenerated <> '' THEN 'generated' END, 'default ' || pg_get_expr(d.adbin, d.adrelid),
    '-- ' || col_description(c.oid, a.attnum))
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE {_OURS} AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped"""
_TABLES = f"""
SELECT 'table ' || c.relname, concat_ws(' ', c.relkind, CASE WHEN c.relrowsecurity THEN 'row security' END,
  CASE WHEN c.relforcerowsecurity THEN 'forced' END, '-- ' || obj_description(c.oid, 'pg_class'))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND c.relkind IN ('r', 'p', 'v', 'S')"""
_CONSTRAINTS = f"""
SELECT 'constraint ' || c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {_OURS} AND k.contype IN ('c', 'f', 'p', 'u', 'x')"""
_INDEXES = f"""
SELECT 'index ' || c.relname || '.' || i.relname,
  pg_get_indexdef(x.indexrelid) || CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS}"""
_POLICIES = f"""
SELECT 'policy ' || c.relname || '.' || p.polname,
  concat_ws(' ', CASE WHEN p.polpermissive THEN NULL ELSE 'restrictive' END,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
      ELSE 'ALL' END,
    'to ' || (SELECT string_agg(CASE WHEN r = c.relowner THEN 'owner' WHEN r = 0 THEN 'public'
      ELSE r::regrole::text END, ', ' ORDER BY r = c.relowner, r::regrole::text) FROM unnest(p.polroles) r),
    'USING ' || pg_get_expr(p.polqual, p.polrelid), 'CHECK ' || pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS}"""
_FUNCTIONS = """
SELECT 'function ' || f.oid::regprocedure, concat_ws(' ', 'returns', pg_get_function_result(f.oid), l.lanname,
  f.provolatile, f.proparallel, CASE WHEN f.prosecdef THEN 'security definer' END,
  array_to_string(f.proconfig, ', '), f.prosrc)
FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace JOIN pg_language l ON l.oid = f.prolang
WHERE n.nspname = 'public' AND f.prokind IN ('f', 'p') AND l.lanname IN ('sql', 'plpgsql')"""
_TRIGGERS = f"""
SELECT 'trigger ' || c.relname || '.' || t.tgname,
  pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' DISABLED OR CHANGED ' || t.tgenabled::text END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE {_OURS} AND NOT t.tgisinternal"""
_TYPES = """
SELECT 'type ' || t.typname, CASE t.typtype WHEN 'e' THEN 'enum ' || (
    SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)
  WHEN 'r' THEN 'range of ' || (SELECT r.rngsubtype::regtype FROM pg_range r WHERE r.rngtypid = t.oid)
  WHEN 'c' THEN 'row of ' || (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '
    ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0)
  ELSE t.typtype::text END
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE n.nspname = 'public' AND (t.typtype IN ('e', 'r') OR c.relkind = 'c')"""
# MAINTAIN is left out: it came with PostgreSQL 17.
_GRANTED = """string_agg(g.privilege_type || CASE WHEN g.is_grantable THEN ' with grant option' ELSE '' END, ', '
  ORDER BY g.privilege_type)"""
_TO = "CASE g.grantee WHEN 0 THEN 'public' ELSE g.grantee::regrole::text END"
_TABLE_GRANTS = f"""
SELECT 'grant ' || c.relname || ' to ' || {_TO}, {_GRANTED}
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL aclexplode(c.relacl) g
WHERE {_OURS} AND g.grantee <> c.relowner AND g.privilege_type <> 'MAINTAIN' GROUP BY c.relname, g.grantee"""
_COLUMN_GRANTS = f"""
SELECT 'grant ' || c.relname || '.' || a.attname || ' to ' || {_TO}, {_GRANTED}
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL aclexplode(a.attacl) g
WHERE {_OURS} AND g.grantee <> c.relowner AND NOT a.attisdropped GROUP BY c.relname, a.attname, g.grantee"""
_FUNCTION_GRANTS = f"""
SELECT 'grant ' || f.oid::regprocedure || ' to ' || {_TO}, {_GRANTED}
FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace JOIN pg_language l ON l.oid = f.prolang
CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) g
WHERE n.nspname = 'public' AND l.lanname IN ('sql', 'plpgsql') AND g.grantee <> f.proowner
GROUP BY f.oid, g.grantee"""
_SCHEMA_GRANTS = f"""
SELECT 'grant schema public to ' || {_TO}, {_GRANTED}
FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) g
WHERE n.nspname = 'public' AND g.grantee::regrole::text LIKE 'famai\\_%%' GROUP BY g.grantee"""
_ROLES = """
SELECT 'role ' || r.rolname, concat_ws(' ', CASE WHEN r.rolcanlogin THEN 'login' END,
  CASE WHEN r.rolinherit THEN 'inherit' END, CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
  CASE WHEN r.rolsuper THEN 'SUPERUSER' END, (SELECT 'member of ' || string_agg(DISTINCT m.roleid::regrole::text, ', ')
    FROM pg_auth_members m WHERE m.member = r.oid AND m.roleid::regrole::text LIKE 'famai\\_%%'))
FROM pg_roles r WHERE r.rolname = ANY (%(roles)s)"""
_QUERIES = (
    _ROLES,
    _TYPES,
    _TABLES,
    _COLUMNS,
    _CONSTRAINTS,
    _INDEXES,
    _FUNCTIONS,
    _TRIGGERS,
    _POLICIES,
    _SCHEMA_GRANTS,
    _TABLE_GRANTS,
    _COLUMN_GRANTS,
    _FUNCTION_GRANTS,
)


def read(connection: Connection, roles: Iterable[str]) -> Catalog:
    """Everything the schema is made of, and these roles."""
    found: Catalog = {}
    for query in _QUERIES:
        rows = connection.exec_driver_sql(query, {"roles": list(roles)})
        found.update({name: " ".join(definition.split()) for name, definition in rows})
    return found


def roles_in(expected: Mapping[str, str]) -> list[str]:
    """The roles that a written catalog speaks of."""
    return [name.removeprefix("role ") for name in expected if name.startswith("role ")]


def write(found: Mapping[str, str]) -> str:
    """One line per thing, sorted, so that two versions of the file compare line by line."""
    return "".join(f"{name}\t{definition}\n" for name, definition in sorted(found.items()))


def parse(text: str) -> Catalog:
    """What `write` wrote."""
    return dict(line.split("\t", 1) for line in text.splitlines())


def differences(expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    """Name what is missing, what is different and what nobody declared, in the order of the names."""
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield f"missing: {name}: {expected[name]}"
        elif name not in expected:
            yield f"not declared: {name}: {found[name]}"
        elif expected[name] != found[name]:
            yield f"different: {name}: is {found[name]}, should be {expected[name]}"
