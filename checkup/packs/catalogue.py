"""The packs that ship with Famai, loaded once."""

from functools import cache
from pathlib import Path

from checkup.packs.loading import load_pack
from checkup.packs.values import Pack

_FOLDER = Path(__file__).parent


@cache
def get_pack(pack_id: str, version: str | None = None) -> Pack:
    """The shipped pack. Raises: KeyError for an unknown id or version."""
    if pack_id not in list_packs():
        raise KeyError(pack_id)
    pack = load_pack(_FOLDER / pack_id)
    if version not in (None, pack.version):
        raise KeyError(f"{pack_id} {version}")
    return pack


def list_packs() -> tuple[str, ...]:
    """The ids of the shipped packs."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob("*/pack.yaml")))
