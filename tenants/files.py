"""Bytes outside the database, named by their content, behind one fsspec URL (a folder, or S3-compatible)."""

import datetime as dt
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import fsspec
from fsspec.implementations.local import LocalFileSystem
from sqlalchemy import event
from sqlalchemy.orm import Session

# Of the disk, for answers and reports: what people send takes none of it.
KEPT_FREE = 1024**3
_HALF = ".part-"
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Blocks:
    """Bytes that are made while they are written: `size` of them, and what makes them, each time anew."""

    size: int
    make: Callable[[], Iterator[bytes]]


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _address(files_url: str, path: str) -> str:
    return f"{files_url.rstrip('/')}/{path}"


def read_file(files_url: str, path: str) -> bytes:
    """Raises: FileNotFoundError."""
    with fsspec.open(_address(files_url, path), "rb") as file:
        return bytes(file.read())


def open_stored(files_url: str, path: str) -> BinaryIO:
    """The file to be read a part at a time; whoever opens it closes it. Raises: FileNotFoundError."""
    return cast(BinaryIO, fsspec.open(_address(files_url, path), "rb").open())


def read_blocks(file: BinaryIO) -> Iterator[bytes]:
    """What is left of an open file, at most a mebibyte at a time."""
    while block := file.read(_BLOCK):
        yield block


def has_file(files_url: str, path: str) -> bool:
    filesystem, bare = fsspec.core.url_to_fs(_address(files_url, path))
    return bool(filesystem.exists(bare))


def write_file(files_url: str, path: str, content: bytes) -> None:
    """As `write_blocks`, of bytes that are there already."""
    write_blocks(files_url, path, Blocks(len(content), lambda: iter((content,))))


def write_blocks(files_url: str, path: str, content: Blocks) -> None:
    """Write the bytes whole or not at all, unless the path (which names the content) holds as many already.

    Raises: OSError, after which nothing lies at the path that was not there before.
    """
    filesystem, bare = fsspec.core.url_to_fs(_address(files_url, path))
    if filesystem.exists(bare) and filesystem.size(bare) == content.size:
        return
    if isinstance(filesystem, LocalFileSystem):
        _write_whole(Path(bare), content)
        return
    try:
        with filesystem.open(bare, "wb") as file:  # an object store shows what was put once it is complete
            file.writelines(content.make())
        if filesystem.size(bare) != content.size:
            raise OSError(f"{content.size} bytes were not kept whole")
    except BaseException:
        remove_file(files_url, path)
        raise


def write_private(file: Path, content: bytes) -> bool:
    """A new file that its owner alone reads, whole from its first moment on; one that is there already stays.

    Returns: whether it was written. Raises: OSError.
    """
    try:
        _write_whole(file, Blocks(len(content), lambda: iter((content,))), put=os.link)
    except FileExistsError:
        return False
    return True


def _write_whole(target: Path, content: Blocks, put: Callable[[str, Path], None] = os.replace) -> None:
    """Beside its place, to the disk, then in its place: a full disk or a lost power leaves no half of a file."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_HALF)  # for its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content.make())
            file.flush()
            os.fsync(file.fileno())
        if Path(name).stat().st_size != content.size:
            raise OSError(f"{content.size} bytes were not kept whole")
        put(name, target)
    finally:
        Path(name).unlink(missing_ok=True)


def remove_file(files_url: str, path: str) -> None:
    """Remove the bytes; twice changes nothing."""
    filesystem, bare = fsspec.core.url_to_fs(_address(files_url, path))
    if filesystem.exists(bare):
        filesystem.rm(bare)


def list_files(files_url: str) -> Iterator[tuple[str, int]]:
    """(path, bytes) of every file that is whole, by path."""
    filesystem, bare = fsspec.core.url_to_fs(files_url)
    root = bare.rstrip("/")
    if not filesystem.exists(root):
        return
    for place, found in sorted(filesystem.find(root, detail=True).items()):
        if not Path(place).name.startswith(_HALF):
            yield place.removeprefix(root).lstrip("/"), int(found["size"])


@contextmanager
def kept_if_done(files_url: str, files: Mapping[str, Blocks]) -> Iterator[None]:
    """The bytes lie at their paths, which are theirs alone, while the rows that name them are written.

    They stay if that ends well; else they go.
    """
    try:
        for path, content in files.items():
            write_blocks(files_url, path, content)
        yield
    except BaseException:
        for path in files:
            remove_file(files_url, path)
        raise


def write_with(session: Session, files_url: str, path: str, content: Blocks) -> None:
    """The bytes lie at their path, which is theirs alone, from now on; undone with the session's unit of work."""
    write_blocks(files_url, path, content)
    event.listen(session, "after_rollback", lambda _: remove_file(files_url, path), once=True)


def list_changes(files_url: str, folder: str) -> Iterator[tuple[str, dt.datetime]]:
    """(path, last change) of every file below a folder."""
    filesystem, root = fsspec.core.url_to_fs(files_url)
    below = f"{root.rstrip('/')}/{folder}"
    if filesystem.exists(below):
        for found in filesystem.find(below):
            yield found.removeprefix(f"{root.rstrip('/')}/"), filesystem.modified(found)


def has_space(files_url: str) -> bool:
    """Whether people's files may still come, where files lie; an object store has no end."""
    filesystem, bare = fsspec.core.url_to_fs(files_url)
    if not isinstance(filesystem, LocalFileSystem):
        return True
    there = next(place for place in (Path(bare), *Path(bare).parents) if place.exists())
    return shutil.disk_usage(there).free > KEPT_FREE


def folder_size(files_url: str, folder: str) -> int:
    """Bytes of every file below a folder."""
    filesystem, root = fsspec.core.url_to_fs(files_url)
    return int(filesystem.du(f"{root.rstrip('/')}/{folder}"))
