"""Files sealed in chunks, so that a large one is never whole in memory: the STREAM construction over AES-256-GCM.

A file is `FAMAI1`, a salt of 32 bytes, and its chunks of 256 KiB, each with its tag. Its key comes from the case's key,
the salt, the version, the case and the file's own path (HKDF-SHA256); the nonce is the chunk's number and whether it is
the last. So a chunk that was changed, moved, left out, repeated or added does not open, nor does a file that was cut
off or lies at another's place (`docs/decisions/0028`).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tenants.files import Blocks, open_stored

CHUNK = 256 * 1024
_VERSION = b"FAMAI1"
_SALT_BYTES = 32
_HEADER = len(_VERSION) + _SALT_BYTES
_TAG = 16
_NUMBER_BYTES = 11


@dataclass(frozen=True)
class OpenFile:
    """A sealed file on its way to a reader. `size`: of the plain bytes, in bytes. Read its blocks once.

    The first block is checked when this is made; a later one that does not open raises InvalidTag from `blocks`.
    """

    size: int
    blocks: Iterator[bytes]

    def read(self) -> bytes:
        """All of it, for what can only be worked with whole."""
        return b"".join(self.blocks)


def seal_file(key: bytes, content: bytes | memoryview, *, about: bytes, path: str) -> Blocks:
    """The content as it belongs at `path`, sealed chunk by chunk while it is written. `about`: what the key is for."""
    view = memoryview(content)
    count = max(1, -(-len(view) // CHUNK))

    def blocks() -> Iterator[bytes]:
        salt = os.urandom(_SALT_BYTES)
        cipher = _cipher(key, salt, about, path)
        yield _VERSION + salt
        for number in range(count):
            part = view[number * CHUNK : (number + 1) * CHUNK]
            yield cipher.encrypt(_nonce(number, is_last=number == count - 1), part, None)

    return Blocks(_HEADER + len(view) + count * _TAG, blocks)


def open_file(files_url: str, path: str, key: bytes, *, about: bytes) -> OpenFile:
    """The file that was sealed for this path.

    Raises: FileNotFoundError; InvalidTag for another key, case, path or version, and where the first chunk was changed.
    """
    file = open_stored(files_url, path)
    try:
        header = file.read(_HEADER)
        if len(header) != _HEADER or not header.startswith(_VERSION):
            raise InvalidTag
        size = _plain_size(file.seek(0, os.SEEK_END))
        file.seek(_HEADER)
        plain = _opened(file, _cipher(key, header[len(_VERSION) :], about, path))
        first = next(plain)
    except BaseException:
        file.close()
        raise
    return OpenFile(size, _after(first, plain))


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _opened(file: BinaryIO, cipher: AESGCM) -> Iterator[bytes]:
    """Each chunk once it is known to be whole and in its place; the next is read first, to tell which is the last."""
    with file:
        number, chunk = 0, file.read(CHUNK + _TAG)
        while True:
            following = file.read(CHUNK + _TAG)
            plain = cipher.decrypt(_nonce(number, is_last=not following), chunk, None)
            if not plain and number:
                raise InvalidTag  # no file of ours ends so: each has one form alone
            yield plain
            if not following:
                return
            number, chunk = number + 1, following


def _cipher(key: bytes, salt: bytes, about: bytes, path: str) -> AESGCM:
    named = b"".join(len(part).to_bytes(4, "big") + part for part in (_VERSION, about, path.encode()))
    return AESGCM(HKDF(SHA256(), 32, salt, named).derive(key))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_NUMBER_BYTES, "big") + bytes([is_last])


def _plain_size(sealed: int) -> int:
    """Of a file of so many bytes; whether it is whole shows when it is read."""
    chunks = max(1, -(-(sealed - _HEADER) // (CHUNK + _TAG)))
    return max(0, sealed - _HEADER - chunks * _TAG)
