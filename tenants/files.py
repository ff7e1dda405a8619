"""Bytes outside the database, named by their content, behind one fsspec URL (a folder, or S3-compatible)."""

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem
from sqlalchemy import event
from sqlalchemy.orm import Session

_HALF = ".part-"


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _address(files_url: str, path: str) -> str:
    return f"{files_url.rstrip('/')}/{path}"


def read_file(files_url: str, path: str) -> bytes:
    """Raises: FileNotFoundError."""
    with fsspec.open(_address(files_url, path), "rb") as file:
        return bytes(file.read())


def has_file(files_url: str, path: str) -> bool:
    filesystem, bare = fsspec.core.url_to_fs(_address(files_url, path))
    return bool(filesystem.exists(bare))


def write_file(files_url: str, path: str, content: bytes) -> None:
    """Write the bytes whole or not at all, unless the path (which names the content) holds as many already.

    Raises: OSError, after which nothing lies at the path that was not there before.
    """
    filesystem, bare = fsspec.core.url_to_fs(_address(files_url, path))
    if filesystem.exists(bare) and filesystem.size(bare) == len(content):
        return
    if isinstance(filesystem, LocalFileSystem):
        _write_whole(Path(bare), content)
        return
    with filesystem.open(bare, "wb") as file:  # an object store shows what was put once it is complete
        file.write(content)
    if filesystem.size(bare) != len(content):
        filesystem.rm(bare)
        raise OSError(f"{len(content)} bytes were not kept whole")


def _write_whole(target: Path, content: bytes) -> None:
    """Beside its place, to the disk, then in its place: a full disk or a lost power leaves no half of a file."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_HALF)  # for its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
def kept_if_done(files_url: str, files: Mapping[str, bytes]) -> Iterator[None]:
    """The bytes lie at their paths, which are theirs alone, while the rows that name them are written.

    They stay if that ends well; else they go.
    """
    try:
        for path, content in files.items():
            write_file(files_url, path, content)
        yield
    except BaseException:
        for path in files:
            remove_file(files_url, path)
        raise


def write_with(session: Session, files_url: str, path: str, content: bytes) -> None:
    """The bytes lie at their path, which is theirs alone, from now on; undone with the session's unit of work."""
    write_file(files_url, path, content)
    event.listen(session, "after_rollback", lambda _: remove_file(files_url, path), once=True)


def list_changes(files_url: str, folder: str) -> Iterator[tuple[str, dt.datetime]]:
    """(path, last change) of every file below a folder."""
    filesystem, root = fsspec.core.url_to_fs(files_url)
    below = f"{root.rstrip('/')}/{folder}"
    if filesystem.exists(below):
        for found in filesystem.find(below):
            yield found.removeprefix(f"{root.rstrip('/')}/"), filesystem.modified(found)


def folder_size(files_url: str, folder: str) -> int:
    """Bytes of every file below a folder."""
    filesystem, root = fsspec.core.url_to_fs(files_url)
    return int(filesystem.du(f"{root.rstrip('/')}/{folder}"))
