"""The newest keys laid into a database that is older than they are: as a script for psql, in one transaction.

What has no key in the copy opens nothing any more; what the master key seals is as it was copied, emptied where it has
been emptied; browsers that were logged out since stay so.
"""

import uuid
from pathlib import Path
from typing import IO

from sqlalchemy import Column, Table

from checkup.cases.key_rotation import list_sealed_columns, reseal
from tenants.base import Base
from webapp.operating.key_copies import SESSIONS, NewestKeys, name_of
from webapp.registry import list_key_tables

_BEGIN = "CREATE TEMP TABLE moved (case_id uuid) ON COMMIT DROP;\nCOPY moved FROM stdin;\n"
_KEYS_IN = """CREATE TEMP TABLE newest (LIKE public.{table}) ON COMMIT DROP;
COPY newest FROM stdin WITH (HEADER MATCH);
"""
# One number is said for each table of keys: how many open nothing any more.
_KEYS_LAID = """\\.
WITH gone AS (DELETE FROM public.{table} k WHERE NOT EXISTS (SELECT FROM newest n WHERE {same})
    AND NOT EXISTS ({moved}) RETURNING 1) SELECT count(*) FROM gone;
DELETE FROM public.{table} k USING newest n WHERE {same};
INSERT INTO public.{table} SELECT k.* FROM newest k WHERE {parents};
DROP TABLE newest;
"""
_SEALED_IN = """CREATE TEMP TABLE newest (about uuid PRIMARY KEY, sealed bytea NOT NULL) ON COMMIT DROP;
COPY newest FROM stdin;
"""
_SEALED_LAID = """\\.
UPDATE public.{table} t SET {column} = n.sealed FROM newest n WHERE t.{about} = n.about;
"""
_EMPTIED = """UPDATE public.{table} t SET {column} = NULL
WHERE {column} IS NOT NULL AND NOT EXISTS (SELECT FROM newest n WHERE t.{about} = n.about);
"""
_SESSIONS_IN = "CREATE TEMP TABLE newest (digest text) ON COMMIT DROP;\nCOPY newest FROM stdin;\n"
_SESSIONS_LAID = """\\.
DELETE FROM public.{table} s WHERE NOT EXISTS (SELECT FROM newest n WHERE n.digest = s.digest);
DROP TABLE newest;
"""


def write_laying_in(out: IO[bytes], keys: NewestKeys) -> None:
    """A script for psql that makes the keys of the database those of the copy, in whatever transaction it runs.

    A key whose case is not there is left out: it would open nothing.
    """
    out.write(_BEGIN.encode())
    out.writelines(f"{case}\n".encode() for case in keys.moved())
    out.write(b"\\.\n")
    for name in list_key_tables():
        out.write(_KEYS_IN.format(table=name).encode())
        _write_rows(out, keys.place / name)
        out.write(_KEYS_LAID.format(**_words_for(Base.metadata.tables[name])).encode())
    for table, column in list_sealed_columns("master"):
        named = {"table": table.name, "column": column.name, "about": column.info["about"]}
        out.write(_SEALED_IN.encode())
        with (keys.place / name_of(table, column)).open("rb") as rows:
            out.writelines(line if keys.old == keys.new else _resealed(line, column, keys) for line in rows)
        out.write(_SEALED_LAID.format(**named).encode())
        out.write(_EMPTIED.format(**named).encode() if column.nullable else b"")
        out.write(b"DROP TABLE newest;\n")
    for name in SESSIONS:
        out.write(_SESSIONS_IN.encode())
        _write_rows(out, keys.place / name)
        out.write(_SESSIONS_LAID.format(table=name).encode())


def _write_rows(out: IO[bytes], file: Path) -> None:
    with file.open("rb") as rows:
        out.writelines(rows)


def _words_for(table: Table) -> dict[str, str]:
    """What identifies a row of keys, what it belongs to, and whether that is a case that only moved."""
    same = " AND ".join(f"n.{column.name} = k.{column.name}" for column in table.primary_key)
    parents, moved = list[str](), "SELECT FROM moved m WHERE m.case_id = k.checkup_id"
    for key in table.foreign_key_constraints:
        parent = key.elements[0].column.table
        here = " AND ".join(f"p.{one.column.name} = k.{one.parent.name}" for one in key.elements)
        parents.append(f"EXISTS (SELECT FROM public.{parent.name} p WHERE {here})")  # noqa: S608
        if "checkup_id" not in table.c:
            moved = f"SELECT FROM public.{parent.name} p JOIN moved m ON m.case_id = p.checkup_id WHERE {here}"  # noqa: S608
    return {"table": table.name, "same": same, "parents": " AND ".join(parents), "moved": moved}


def _resealed(line: bytes, column: Column[bytes], keys: NewestKeys) -> bytes:
    row_id, sealed = line.decode("ascii").rstrip("\n").split("\t")
    again = reseal(column, uuid.UUID(row_id), bytes.fromhex(sealed.removeprefix("\\\\x")), old=keys.old, new=keys.new)
    return f"{row_id}\t\\\\x{again.hex()}\n".encode()
