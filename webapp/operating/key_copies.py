"""The newest keys, apart from all else, in `keys.tar` beside the sets.

There is one of them, and each copy replaces the one before, because keys that are kept undo erasures. It holds the
tables of keys, whatever else the master key seals and which master key that is, which browsers are logged in, what
owners sign in with, and the receipts of erasures. A record that its owner took to another firm counts as erased at the
first: where a database is from before that, it is the only one there is and stays open (`moved`).
"""

import datetime as dt
import json
import os
import shutil
import tarfile
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import psycopg
from psycopg import sql
from sqlalchemy import Column, Table

from checkup.cases.key_rotation import list_sealed_columns
from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, conninfo, unit_of_work
from tenants.models import KeyCopy
from tenants.sealing import fingerprint
from webapp.operating.tools import BackupFault
from webapp.registry import list_key_tables, register_models
from webapp.settings import Settings

KEYS = "keys.tar"
PART = ".part-"
_MADE, _RECEIPTS = "copy.json", "erasures.json"
# Which browsers are logged in, and what an owner signs in with: a row that is gone, or ended, opens nothing.
SESSIONS = {"login_session": "WHERE ended_at IS NULL", "owner_session": "", "sign_in_link": ""}
_MOVED = "moved"


@dataclass(frozen=True)
class Receipt:
    """A case that was erased: for whom, when."""

    firm_id: uuid.UUID
    checkup_id: uuid.UUID
    asked_by: str
    at: dt.datetime


@contextmanager
def for_owner_alone(target: Path) -> Iterator[BinaryIO]:
    """A new file, on the disk when it is left."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def copy_keys(settings: Settings, folder: Path) -> None:
    """Replace `keys.tar` in the folder by the keys as they are now; of one moment, whole or not at all.

    That it was made is written into the database first: one that knows of a copy is no older than it.
    Raises: OSError, psycopg.Error.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = KeyCopy(id=new_id(), at=now())
    facts = {"id": str(made.id), "at": made.at.isoformat(), "master": fingerprint(settings.master_key)}
    with unit_of_work(Scope(Audience.WORKER)) as work:
        work.add(made)
    with tempfile.TemporaryDirectory(prefix=PART, dir=folder) as name:
        place = Path(name)
        _write_json(place / _MADE, facts)
        with psycopg.connect(conninfo(settings.backup_database_url)) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            _copy_rows(connection, place)
        bundle = place / KEYS
        with for_owner_alone(bundle) as file, tarfile.open(fileobj=file, mode="w") as tar:
            for part in sorted(place.iterdir()):
                if part != bundle:
                    tar.add(part, arcname=part.name)
        bundle.replace(folder / KEYS)


def _copy_rows(connection: psycopg.Connection[tuple[object, ...]], place: Path) -> None:
    for name in list_key_tables():
        _copy(connection, place / name, sql.SQL("COPY public.{} TO STDOUT WITH (HEADER)").format(sql.Identifier(name)))
    for table, column in list_sealed_columns("master"):
        parts = map(sql.Identifier, (column.info["about"], column.name, table.name, column.name))
        query = sql.SQL("COPY (SELECT {}, {} FROM public.{} WHERE {} IS NOT NULL) TO STDOUT").format(*parts)
        _copy(connection, place / name_of(table, column), query)
    for name, living in SESSIONS.items():
        query = sql.SQL("COPY (SELECT digest FROM public.{} {}) TO STDOUT").format(
            sql.Identifier(name), sql.SQL(living)
        )
        _copy(connection, place / name, query)
    found = connection.execute("SELECT firm_id, checkup_id, asked_by, at FROM public.erasure ORDER BY at")
    _write_json(place / _RECEIPTS, [[str(firm), str(case), why, at.isoformat()] for firm, case, why, at in found])  # type: ignore[attr-defined]  # an instant


def _copy(connection: psycopg.Connection[tuple[object, ...]], target: Path, query: sql.Composed) -> None:
    with for_owner_alone(target) as file, connection.cursor() as cursor, cursor.copy(query) as rows:
        file.writelines(rows)


def _write_json(target: Path, content: object) -> None:
    with for_owner_alone(target) as file:
        file.write(json.dumps(content).encode())


def name_of(table: Table, column: Column[bytes]) -> str:
    """Under which name the copy holds what the master key seals in a column."""
    return f"{table.name}.{column.name}"


@dataclass(frozen=True)
class Masters:
    """The present master key, and an older one where there is one."""

    present: bytes
    older: bytes | None

    def find_for(self, wanted: str) -> bytes:
        """The one of this fingerprint. Raises: BackupFault, which names the key that is missing."""
        for key in (self.present, self.older):
            if key is not None and fingerprint(key) == wanted:
                return key
        raise BackupFault(
            f"{KEYS} is sealed by the master key {wanted}, FAMAI_MASTER_KEY is {fingerprint(self.present)}: give the "
            "older one by --older-master. Nothing of this backup opens without it"
        )


@dataclass(frozen=True)
class NewestKeys:
    """An opened `keys.tar`, and the master keys that there are for it."""

    place: Path
    id: uuid.UUID
    at: dt.datetime
    old: bytes
    new: bytes

    def receipts(self) -> Sequence[Receipt]:
        """Of every case that was erased, oldest first; what only moved to another firm is not among them."""
        found = json.loads((self.place / _RECEIPTS).read_text(encoding="ascii"))
        return [
            Receipt(uuid.UUID(firm), uuid.UUID(case), why, dt.datetime.fromisoformat(at))
            for firm, case, why, at in found
            if why != _MOVED
        ]

    def moved(self) -> Iterator[str]:
        """The ids of the cases that were erased where they had been, because they went to another firm."""
        found = json.loads((self.place / _RECEIPTS).read_text(encoding="ascii"))
        return (case for _, case, why, _ in found if why == _MOVED)


def _unpack(bundle: tarfile.TarFile, place: Path) -> None:
    """Its files, which lie side by side. By hand, because Python 3.11.2, which Debian has, unpacks without a filter."""
    for part in bundle:
        content = bundle.extractfile(part) if part.isreg() and part.name == Path(part.name).name else None
        if content is None:
            raise tarfile.TarError(part.name)
        with (place / part.name).open("wb") as file:
            shutil.copyfileobj(content, file)


@contextmanager
def opened_keys(folder: Path, masters: Masters) -> Iterator[NewestKeys]:
    """The `keys.tar` of a folder. Raises: BackupFault where there is none, or no master key for it."""
    register_models()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        try:
            with tarfile.open(folder / KEYS) as bundle:
                _unpack(bundle, place)
            facts = json.loads((place / _MADE).read_text(encoding="ascii"))
        except (OSError, tarfile.TarError, ValueError):
            raise BackupFault(f"{folder / KEYS} is missing, or no copy of keys") from None
        at = dt.datetime.fromisoformat(facts["at"])
        yield NewestKeys(place, uuid.UUID(facts["id"]), at, masters.find_for(facts["master"]), masters.present)
