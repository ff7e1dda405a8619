"""One backup of everything: the database, the keys apart from it, the file store. Whole or not at all.

In the folder: `<instant>/` holds `famai.dump`, `files.txt` and `made.json`; `keys.tar` the newest keys (`key_copies`);
`files/` each content once, named by its SHA-256.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from checkup.prefill.readings import FOLDER as LICENCES
from tenants.clock import now
from tenants.database import conninfo
from tenants.files import Blocks, list_files, open_stored, read_blocks
from tenants.upload_parts import FOLDER
from webapp.operating.key_copies import PART, copy_keys, for_owner_alone
from webapp.operating.tools import BackupFault, server_version, tool_for
from webapp.registry import list_key_tables
from webapp.settings import Settings

DUMP, FILES, MADE = "famai.dump", "files.txt", "made.json"
_STAMP = "%Y-%m-%dT%H-%M-%SZ"


@dataclass(frozen=True)
class Backup:
    """A set that is whole. `size`: bytes of its dump and of the files that were new."""

    name: str
    began_at: dt.datetime
    size: int
    files: int


def make_backup(settings: Settings, folder: Path, *, keep_days: int | None = None) -> Backup:
    """Copy everything; a run that is cut off leaves the sets of before as they were.

    `keep_days`: older sets, and files that only they named, are removed afterwards; the newest always stays.
    Raises: BackupFault, NoTool, OSError, psycopg.Error.
    """
    began = now()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(f"{PART}*"):
        shutil.rmtree(left, ignore_errors=True)
    part = Path(tempfile.mkdtemp(prefix=PART, dir=folder))
    try:
        made = _fill(settings, folder, part, began)
        copy_keys(settings, folder)
        _settle(part)
        part.rename(folder / made.name)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    if keep_days is not None:
        _prune(folder, began - dt.timedelta(days=keep_days))
    return made


def _fill(settings: Settings, folder: Path, part: Path, began: dt.datetime) -> Backup:
    url, tables = settings.backup_database_url, list_key_tables()
    _dump(url, part / DUMP, [f"--exclude-table-data=public.{table}" for table in tables])
    count, new = _copy_files(settings.files_url, folder, part)
    made = Backup(began.strftime(_STAMP), began, (part / DUMP).stat().st_size + new, count)
    facts = {
        "began_at": began.isoformat(),
        "size": made.size,
        "files": made.files,
        "revision": _revision(url),
        "server": server_version(url),
    }
    _write(part / MADE, json.dumps(facts, indent=1).encode())
    return made


def _revision(url: str) -> str:
    """What the database is at, which may be ahead of the code while a release is put in its place."""
    with psycopg.connect(conninfo(url)) as connection:
        found = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
    return str(found[0]) if found else ""


def _dump(url: str, target: Path, options: list[str]) -> None:
    """Raises: BackupFault with what pg_dump said."""
    target.touch(mode=0o600)
    command = [tool_for(url, "pg_dump"), conninfo(url), "--format=custom", f"--file={target}", *options]
    done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    if done.returncode != 0:
        raise BackupFault(f"pg_dump: {done.stderr.strip()}")


def _copy_files(files_url: str, folder: Path, part: Path) -> tuple[int, int]:
    """Every file of the store, sealed as it is; what an earlier set holds already is not read again. Parts of files
    whose form has not come are left out, and photos that are gone in a moment.

    Returns how many there are, and how many bytes were new.
    """
    known, new, lines = dict(_known(folder)), 0, []
    for path, size in list_files(files_url):
        if path.startswith((f"{FOLDER}/", f"{LICENCES}/")):
            continue
        digest = known.get((path, size))
        if digest is None or not _place(folder, digest).exists():
            try:
                digest, size, is_new = _keep(folder, files_url, path)
            except FileNotFoundError:  # erased a moment ago
                continue
            new += size * is_new
        lines.append(f"{digest} {size} {path}\n")
    _write(part / FILES, "".join(lines).encode())
    return len(lines), new


def _known(folder: Path) -> Iterator[tuple[tuple[str, int], str]]:
    """What the newest set has listed: the path names the content, so path and size are enough to know it."""
    sets = list_sets(folder)
    for digest, size, path in list_of_files(folder / sets[-1]) if sets else ():
        yield (path, size), digest


def list_of_files(place: Path) -> Iterator[tuple[str, int, str]]:
    """(SHA-256, bytes, path) of each file in a set."""
    for line in (place / FILES).read_text(encoding="utf-8").splitlines():
        digest, size, path = line.split(" ", 2)
        yield digest, int(size), path


def _place(folder: Path, digest: str) -> Path:
    return folder / "files" / digest[:2] / digest


def _keep(folder: Path, files_url: str, path: str) -> tuple[str, int, bool]:
    """Copy a file, a block at a time; returns its SHA-256, how many bytes, whether they are new.

    Raises: FileNotFoundError.
    """
    half, digest, size = folder / "files" / f"{PART}copy", hashlib.sha256(), 0
    half.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open_stored(files_url, path) as stored, for_owner_alone(half) as copy:
        for block in read_blocks(stored):
            digest.update(block)
            size += copy.write(block)
    target = _place(folder, digest.hexdigest())
    if is_new := not target.exists():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half.replace(target)
    else:
        half.unlink()
    return digest.hexdigest(), size, is_new


def find_kept(folder: Path, digest: str) -> Blocks:
    """What a set keeps under this digest. Raises: BackupFault where it is gone or another."""
    place = _place(folder, digest)
    try:
        with place.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise BackupFault(f"files/{digest} is missing") from None
    if found != digest:
        raise BackupFault(f"files/{digest} holds another content")
    return Blocks(place.stat().st_size, lambda: _blocks_of(place))


def _blocks_of(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        yield from read_blocks(file)


def _write(target: Path, content: bytes) -> None:
    with for_owner_alone(target) as file:
        file.write(content)


def _settle(part: Path) -> None:
    """To the disk before the name that says: whole."""
    for file in part.iterdir():
        with file.open("rb") as opened:
            os.fsync(opened.fileno())


def list_sets(folder: Path) -> list[str]:
    """The names of the sets that are whole, oldest first."""
    return sorted(place.parent.name for place in folder.glob(f"[0-9]*/{MADE}"))


def read_facts(place: Path) -> Mapping[str, object]:
    """What a set says of itself. Raises: BackupFault."""
    try:
        found: dict[str, object] = json.loads((place / MADE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BackupFault(f"{place} is no whole backup") from None
    return found


def _prune(folder: Path, before: dt.datetime) -> None:
    for name in list_sets(folder)[:-1]:
        if name < before.strftime(_STAMP):
            shutil.rmtree(folder / name)
    wanted = {digest for name in list_sets(folder) for digest, _size, _path in list_of_files(folder / name)}
    for file in (folder / "files").glob("*/*"):
        if file.name not in wanted:
            file.unlink()
