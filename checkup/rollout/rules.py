"""Who is in a stage of a release, and which version a firm takes. Pure."""

import uuid
from collections.abc import Collection, Iterable
from typing import NamedTuple, Protocol

from tenants.lives import Life

LIFE = Life(
    {
        ("proposed", "release"): "released",
        ("proposed", "drop"): "dropped",
        ("released", "stop"): "stopped",
    }
)
DECIDED = ("released", "stopped")
WHOLE = 100


class Stage(Protocol):
    """Of a release that two people made: `version` for whoever is in, `others` for the rest, and for all once it is
    stopped."""

    @property
    def version(self) -> str: ...
    @property
    def others(self) -> str: ...
    @property
    def share(self) -> int: ...
    @property
    def firms(self) -> Collection[str]: ...
    @property
    def state(self) -> str: ...


class Decided(NamedTuple):
    """What a stage says, as values."""

    version: str
    others: str
    share: int
    firms: list[str]
    state: str


def is_in(stage: Stage, firm_id: uuid.UUID) -> bool:
    """By name, or by lot: the lot of a firm is always the same, so a larger share only adds firms."""
    return str(firm_id) in stage.firms or lot_of(firm_id) < stage.share


def lot_of(firm_id: uuid.UUID) -> int:
    """0 to 99, of the id's chance bits: the first ones are a time."""
    return int.from_bytes(firm_id.bytes[-4:]) % WHOLE


def version_for(stage: Stage, firm_id: uuid.UUID) -> str:
    return stage.version if stage.state == "released" and is_in(stage, firm_id) else stage.others


def count_in(stage: Stage, firms: Iterable[uuid.UUID]) -> int:
    return sum(is_in(stage, one) for one in firms)


def is_stage(share: int, firms: Collection[str]) -> bool:
    """A stage has somebody in it."""
    return bool(firms) or 0 < share <= WHOLE
