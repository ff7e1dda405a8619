"""A backup brought back: an old set with the newest keys, so that what was erased meanwhile stays closed.

The keys and the firms' keys are laid in before constraints and row-level security stand, so the owner of the tables can
do it: no superuser, no trigger switched off. All in one transaction: a restore that fails has changed nothing.
"""

import datetime as dt
import secrets
import signal
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tenants.access.sql import role_statements
from tenants.base import Base
from tenants.clock import now
from tenants.database import conninfo
from tenants.files import write_file
from webapp import migrating
from webapp.operating.backups import (
    DUMP,
    FIRM_KEYS,
    KEY_ROWS,
    KEYS,
    BackupFault,
    list_of_files,
    list_sets,
    read_facts,
    read_kept,
)
from webapp.operating.tools import tool_for
from webapp.registry import list_key_tables
from webapp.settings import Settings

_EMPTY = """
SET client_min_messages = warning;
DO $$ DECLARE one record; BEGIN
FOR one IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
LOOP EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', one.name); END LOOP;
FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype IN ('e', 'i'))
LOOP EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', one.name); END LOOP;
FOR one IN SELECT t.oid::regtype AS name FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace
    AND (t.typtype IN ('e', 'r', 'd') OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
LOOP EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', one.name); END LOOP;
END $$;
"""
_FIRMS = """
CREATE TEMP TABLE newest_firm_key (id uuid, wrapped_key bytea) ON COMMIT DROP;
COPY newest_firm_key FROM stdin;
{rows}\\.
UPDATE public.firm f SET wrapped_key = k.wrapped_key FROM newest_firm_key k WHERE f.id = k.id;
"""


@dataclass(frozen=True)
class Rehearsal:
    """What bringing a set back showed: how old its data were, how long it took, how many rows of how many tables."""

    data_age: dt.timedelta
    took: dt.timedelta
    checkups: int


def restore(settings: Settings, folder: Path, *, name: str = "", database: str = "") -> str:
    """Bring back the set `name`, or the newest, with the newest keys, into the city's database or into another.

    Returns the set's name. The files of the set are put back where they are missing, unless it is another database.
    Raises: BackupFault, NoTool, OSError, psycopg.Error; nothing has changed then.
    """
    sets = list_sets(folder)
    if not sets or (name and name not in sets):
        raise BackupFault(f"{folder} holds no whole backup {name}".strip())
    chosen = name or sets[-1]
    read_facts(folder / chosen)
    url = settings.admin_database_url if not database else _beside(settings.admin_database_url, database)
    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        for statement in role_statements():
            connection.execute(statement.encode())
    _bring_back(url, folder / chosen / DUMP, folder / KEYS)
    if not database:
        for digest, _size, path in list_of_files(folder / chosen):
            write_file(settings.files_url, path, read_kept(folder, digest))
    return chosen


def _beside(url: str, database: str) -> str:
    return make_conninfo("", **{**conninfo_to_dict(url), "dbname": database})


def _bring_back(url: str, dump: Path, keys: Path) -> None:
    """One script into one transaction of psql. Raises: BackupFault with what a tool said."""
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryFile() as said:
        with tarfile.open(keys) as bundle:
            bundle.extractall(place, filter="data")
        tool = [tool_for(url, "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-f", "-", "-d"]
        run = subprocess.Popen([*tool, conninfo(url)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)  # noqa: S603
        with run, run.stdin as script:  # type: ignore[union-attr]  # a pipe was asked for
            try:
                _write_script(script, tool_for(url, "pg_restore"), dump, Path(place))
            except BrokenPipeError:
                pass  # it has stopped, and says why
            except BaseException:
                run.kill()  # what was begun is rolled back
                raise
        if run.returncode != 0:
            said.seek(0)
            raise BackupFault(f"psql: {said.read().decode(errors='replace').strip()[-2000:]}")


def _write_script(out: IO[bytes], tool: str, dump: Path, keys: Path) -> None:
    out.write(_EMPTY.encode())
    _restore(out, tool, dump, "--section=pre-data", "--section=data")
    _restore(out, tool, keys / KEY_ROWS, "--data-only")
    out.write(_FIRMS.format(rows=(keys / FIRM_KEYS).read_text(encoding="ascii")).encode())
    out.writelines(statement.encode() for statement in _orphans())
    _restore(out, tool, dump, "--section=post-data")


def _restore(out: IO[bytes], tool: str, archive: Path, *options: str) -> None:
    """Raises: BackupFault; BrokenPipeError where psql has stopped to listen, and knows why."""
    out.flush()
    command = [tool, "--no-owner", "-f", "-", *options, str(archive)]
    done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE)  # noqa: S603
    if done.returncode == -signal.SIGPIPE:
        raise BrokenPipeError
    if done.returncode != 0:
        raise BackupFault(f"pg_restore: {done.stderr.decode(errors='replace').strip()}")


def _orphans() -> Iterator[str]:
    """A key whose case is not in an older set would hold up the foreign keys; it opens nothing."""
    for name in list_key_tables():
        for key in Base.metadata.tables[name].foreign_key_constraints:
            same = " AND ".join(f"p.{one.column.name} = k.{one.parent.name}" for one in key.elements)
            parent = key.elements[0].column.table.name
            yield f"DELETE FROM public.{name} k WHERE NOT EXISTS (SELECT FROM public.{parent} p WHERE {same});\n"  # noqa: S608


@contextmanager
def _scratch(settings: Settings) -> Iterator[str]:
    """A database that lives as long as it is needed."""
    name = f"famai_rehearsal_{secrets.token_hex(6)}"
    with psycopg.connect(conninfo(settings.admin_database_url), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield name
    finally:
        with psycopg.connect(conninfo(settings.admin_database_url), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def rehearse(settings: Settings, folder: Path) -> Rehearsal:
    """Restore the newest set into a database of its own, prove its schema, count its checkups, look at its files.

    Raises: BackupFault, migrating.SchemaFault, NoTool, OSError, psycopg.Error.
    """
    began = now()
    with _scratch(settings) as database:
        name = restore(settings, folder, database=database)
        url = _beside(settings.admin_database_url, database)
        migrating.check(url)
        with psycopg.connect(conninfo(_beside(settings.backup_database_url, database))) as connection:
            (checkups,) = connection.execute("SELECT count(*) FROM checkup").fetchone() or (0,)
    for digest, _size, _path in list_of_files(folder / name):
        read_kept(folder, digest)
    ended = now()
    made = dt.datetime.fromisoformat(str(read_facts(folder / name)["began_at"]))
    return Rehearsal(data_age=ended - made, took=ended - began, checkups=int(checkups))
