"""Bytes outside the database, named by their content, behind one fsspec URL (a folder, or S3-compatible)."""

import hashlib

import fsspec


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
    """Write the bytes, unless the path (which names the content) already holds them."""
    filesystem, bare = fsspec.core.url_to_fs(_address(files_url, path))
    if filesystem.exists(bare):
        return
    filesystem.makedirs(bare.rpartition("/")[0], exist_ok=True)
    with filesystem.open(bare, "wb") as file:
        file.write(content)


def remove_file(files_url: str, path: str) -> None:
    """Remove the bytes; twice changes nothing."""
    filesystem, bare = fsspec.core.url_to_fs(_address(files_url, path))
    if filesystem.exists(bare):
        filesystem.rm(bare)
