"""Bytes on their way through this process: few of them in memory, and none of them to be read on a disk."""

import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_IN_MEMORY = 64 * 1024
_BLOCK = 16


class PassingFile(io.RawIOBase):
    """Written once from front to end, read as often as wanted, gone when it is closed.

    What is more than `_IN_MEMORY` bytes lies in a file without a name, under a key that is kept nowhere but here:
    whoever gets hold of the disk, then or later, has nothing of it.
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 - closed with this one
        self._key, self._end = os.urandom(32), 0

    def write(self, content: "ReadableBuffer") -> int:
        """Raises: OSError where the disk is full; UnsupportedOperation in the midst: nothing is sealed alike twice."""
        if self._file.tell() != self._end:
            raise io.UnsupportedOperation("what is written once stays")
        sealed = self._turned(memoryview(content), self._end)
        self._file.write(sealed)
        self._end += len(sealed)
        return len(sealed)

    def read(self, size: int | None = -1) -> bytes:
        at = self._file.tell()
        return self._turned(self._file.read(-1 if size is None else size), at)

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        content = self.read(len(view))
        view[: len(content)] = content
        return len(content)

    def _turned(self, content: bytes | memoryview, at: int) -> bytes:
        """Plain into sealed, and back: the same step in a stream that is counted by blocks."""
        block, skipped = divmod(at, _BLOCK)
        turning = Cipher(AES256(self._key), CTR(block.to_bytes(_BLOCK, "big"))).encryptor()
        turning.update(bytes(skipped))
        return turning.update(content)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._file.seek(offset, whence)
        return self.tell()

    def tell(self) -> int:
        return int(self._file.tell())

    def readable(self) -> bool:
        return True

    writable = seekable = readable

    def close(self) -> None:
        self._file.close()
        super().close()
