"""A backup brought back: an old set with the newest keys, so that what was erased meanwhile stays closed.

The keys and the firms' keys are laid in before constraints and row-level security stand, so the owner of the tables can
do it: no superuser, no trigger switched off. All in one transaction: a restore that fails has changed nothing.
"""

import datetime as dt
import secrets
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tenants.access.sql import role_statements
from tenants.clock import now
from tenants.database import conninfo
from tenants.files import write_blocks
from webapp import migrating
from webapp.operating.backups import DUMP, find_kept, list_of_files, list_sets, read_facts
from webapp.operating.key_copies import Masters, NewestKeys, opened_keys
from webapp.operating.keys_laid_in import write_laying_in
from webapp.operating.tools import BackupFault, run_script, tool_for
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


@dataclass(frozen=True)
class Rehearsal:
    """What bringing a set back showed: how old its data were, how long it took, how many rows of how many tables."""

    data_age: dt.timedelta
    took: dt.timedelta
    checkups: int


def restore(settings: Settings, folder: Path, *, name: str = "", database: str = "", older: bytes | None = None) -> str:
    """Bring back the set `name`, or the newest, with the newest keys, into the city's database or into another.

    `older`: the master key that `keys.tar` is under, where it was rotated after the last backup.
    Returns the set's name. The files of the set are put back where they are missing, unless it is another database.
    Raises: BackupFault, NoTool, OSError, psycopg.Error; nothing has changed then.
    """
    chosen = _choose(folder, name)
    read_facts(folder / chosen)
    url = settings.admin_database_url if not database else _beside(settings.admin_database_url, database)
    with psycopg.connect(conninfo(url), autocommit=True) as connection:
        for statement in role_statements():
            connection.execute(statement.encode())
    with opened_keys(folder, Masters(settings.master_key, older)) as keys:
        tool = tool_for(url, "pg_restore")
        run_script(url, lambda out: _write_script(out, tool, folder / chosen / DUMP, keys))
    if not database:
        _lay_files(settings, folder, chosen)
    return chosen


def restore_files(settings: Settings, folder: Path) -> str:
    """Put the files of the newest set back where they are missing, and nothing else; returns the set's name.

    Raises: BackupFault, OSError.
    """
    chosen = _choose(folder, "")
    _lay_files(settings, folder, chosen)
    return chosen


def _choose(folder: Path, name: str) -> str:
    sets = list_sets(folder)
    if not sets or (name and name not in sets):
        raise BackupFault(f"{folder} holds no whole backup {name}".strip())
    return name or sets[-1]


def _lay_files(settings: Settings, folder: Path, chosen: str) -> None:
    for digest, _size, path in list_of_files(folder / chosen):
        write_blocks(settings.files_url, path, find_kept(folder, digest))


def _beside(url: str, database: str) -> str:
    return make_conninfo("", **{**conninfo_to_dict(url), "dbname": database})


def _write_script(out: IO[bytes], tool: str, dump: Path, keys: NewestKeys) -> None:
    out.write(_EMPTY.encode())
    _restore(out, tool, dump, "--section=pre-data", "--section=data")
    write_laying_in(out, keys)
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


@contextmanager
def scratch_database(settings: Settings) -> Iterator[str]:
    """The name of an empty database that lives as long as it is needed.

    Dropped without force, which only a superuser has over the server's own processes: a plain drop sends an autovacuum
    home and waits for it, and ours have all left.
    """
    name = f"famai_rehearsal_{secrets.token_hex(6)}"
    with psycopg.connect(conninfo(settings.admin_database_url), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield name
    finally:
        with psycopg.connect(conninfo(settings.admin_database_url), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def rehearse(settings: Settings, folder: Path) -> Rehearsal:
    """Restore the newest set into a database of its own, prove its schema, count its checkups, look at its files.

    Raises: BackupFault, migrating.SchemaFault, NoTool, OSError, psycopg.Error.
    """
    began = now()
    with scratch_database(settings) as database:
        name = restore(settings, folder, database=database)
        url = _beside(settings.admin_database_url, database)
        migrating.check(url)
        with psycopg.connect(conninfo(_beside(settings.backup_database_url, database))) as connection:
            (checkups,) = connection.execute("SELECT count(*) FROM checkup").fetchone() or (0,)
    for digest, _size, _path in list_of_files(folder / name):
        find_kept(folder, digest)
    ended = now()
    made = dt.datetime.fromisoformat(str(read_facts(folder / name)["began_at"]))
    return Rehearsal(data_age=ended - made, took=ended - began, checkups=int(checkups))
