"""The packs that ship with Famai, loaded once. `<id>/` is the current version, `<id>@<version>/` an earlier one."""

from functools import cache
from pathlib import Path

from checkup.packs.loading import load_pack
from checkup.packs.values import Pack

PACK = "cn-shanghai-msme"  # the one that new checkups take
_FOLDER = Path(__file__).parent


@cache
def get_pack(pack_id: str, version: str | None = None) -> Pack:
    """The shipped pack, current or in the version a checkup began with. Raises: KeyError."""
    if pack_id not in list_packs():
        raise KeyError(pack_id)
    pack = _load_once(_FOLDER / pack_id)
    if version in (None, pack.version):
        return pack
    kept = _FOLDER / f"{pack_id}@{version}"
    if not kept.is_dir():
        raise KeyError(f"{pack_id} {version}")
    return _load_once(kept)


@cache
def _load_once(folder: Path) -> Pack:
    """Whether asked for by its version or as the current one: half a second, once."""
    return load_pack(folder)


@cache
def list_versions(pack_id: str) -> tuple[str, ...]:
    """The versions of a shipped pack, the current one first, then earlier ones, newest first. Raises: KeyError."""
    earlier = [place.name.partition("@")[2] for place in _FOLDER.glob(f"{pack_id}@*")]
    newest_first = sorted(earlier, key=lambda one: [int(part) for part in one.split(".")], reverse=True)
    return (get_pack(pack_id).version, *newest_first)


def folder_of(pack_id: str) -> Path:
    """Where the current version of a shipped pack lies."""
    return _FOLDER / pack_id


def list_packs() -> tuple[str, ...]:
    """The ids of the shipped packs."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob("*/pack.yaml") if "@" not in path.parent.name))
