"""A file that comes in parts before its form does: sealed by a key that its sender alone holds, gone after a day."""

import datetime as dt
import time
from dataclasses import dataclass

from tenants.errors import FieldFault, Invalid
from tenants.files import content_hash, folder_size, has_space, list_changes, read_file, remove_file, write_file
from tenants.sealing import seal, unseal

FOLDER = "parts"
PART = 256 * 1024
KEPT = dt.timedelta(days=1)
_MOST_WAITING = 4 * 1024**3  # bytes of parts in the store, of everybody together
_COUNTED_FOR = 30.0  # seconds; a full store is long in counting


@dataclass(frozen=True)
class Upload:
    """What its sender said of a file. Whoever holds `key` sends its parts and reads it; the store does not hold it."""

    key: bytes
    name: str
    size: int
    ends_at: dt.datetime

    def path(self, number: int) -> str:
        return f"{FOLDER}/{content_hash(self.key)}-{number}"

    def part_size(self, number: int) -> int:
        """How many bytes a part has; none behind the last."""
        return max(0, min(PART, self.size - number * PART))

    @property
    def parts(self) -> int:
        return -(-self.size // PART)


@dataclass
class _Count:
    """Bytes that were in a store then, and what this process has written since."""

    at: float
    size: int


_counts = dict[str, _Count]()  # by the store


def has_room(files_url: str) -> bool:
    """Whether more may wait; else a file goes with its form."""
    return _counted(files_url).size < _MOST_WAITING and has_space(files_url)


def _counted(files_url: str) -> _Count:
    known, at = _counts.get(files_url), time.monotonic()
    if known is None or at - known.at > _COUNTED_FOR:
        known = _counts[files_url] = _Count(at, folder_size(files_url, FOLDER))
    return known


def write_part(files_url: str, upload: Upload, number: int, content: bytes) -> None:
    """Keep one part; the same part again changes nothing. Raises: Invalid `file_empty` for a part of another size."""
    if not content or len(content) != upload.part_size(number):
        raise Invalid((FieldFault("part", "file_empty"),))
    path = upload.path(number)
    write_file(files_url, path, seal(upload.key, content, path.encode()))
    _counted(files_url).size += len(content)


def read_upload(files_url: str, upload: Upload) -> bytes:
    """The whole file. Raises: FileNotFoundError where a part has not come, or is gone."""
    paths = [upload.path(number) for number in range(upload.parts)]
    return b"".join(unseal(upload.key, read_file(files_url, path), path.encode()) for path in paths)


def sweep_parts(files_url: str, now: dt.datetime) -> int:
    """Remove parts whose time is over; returns how many."""
    over = [path for path, written_at in list_changes(files_url, FOLDER) if written_at < now - KEPT]
    for path in over:
        remove_file(files_url, path)
    return len(over)
