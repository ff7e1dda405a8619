"""What the other side is told, and what each signs: small documents that are sealed whole. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

Text = Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """`title`: of the matter; `words`: the owner's to the other side. Nothing else of her case is ever shown there."""

    title: Text
    owner: str
    other: str
    words: str

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Told":
        return cls(**json.loads(raw))


@dataclass(frozen=True)
class Agreement:
    """What both sign, point by point; `signers`: side → the name with which it signed."""

    points: str
    signers: Mapping[str, str]

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Agreement":
        return cls(**json.loads(raw))


def names_somebody(said: str, told: Told) -> bool:
    """Whether a mediator's standing disclosure has the name of a party in it."""
    flat = said.replace(" ", "").casefold()
    return any(len(name) > 1 and name in flat for name in (_core(told.owner), _core(told.other)))


def _core(name: str) -> str:
    """As much of a name as people write when they speak of it: without place and legal form."""
    flat = name.replace(" ", "").casefold()
    for form in ("有限责任公司", "股份有限公司", "有限公司", "个体工商户", "（个体工商户）", "co.,ltd.", "ltd", "llc"):
        flat = flat.removesuffix(form)
    return flat.removeprefix("上海市").removeprefix("上海")
