"""What a signature covers, as one frozen value: every decision with both values, every word, the advice. Pure."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tenants.typed.text import prose


@dataclass(frozen=True)
class Words:
    """What the lawyer wrote about one finding: why she decided so, the professional text, its plain-language twin."""

    reason: str = ""
    text: str = ""
    plain: str = ""

    def trimmed(self) -> "Words":
        return Words(prose(self.reason), prose(self.text), prose(self.plain))

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Words":
        return cls(**json.loads(raw))


@dataclass(frozen=True)
class Said:
    """One finding: the machine's likelihood and, beside it, the lawyer's action (None while undecided) and value."""

    risk: str
    machine: float
    action: str | None
    likelihood: float | None
    words: Words = Words()


@dataclass(frozen=True)
class Content:
    """Everything that is signed. `pack`: id, version, hash; `score`: score, low, high, grade as the machine gave them;
    `answers`: SHA-256 of the sealed answers."""

    checkup: str
    pack: tuple[str, ...]
    score: tuple[float | str | None, ...]
    answers: str
    findings: tuple[Said, ...]
    advice: str

    def to_bytes(self) -> bytes:
        """Canonical: the same content gives the same bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Content":
        held: dict[str, Any] = json.loads(raw)
        findings = tuple(Said(**{**said, "words": Words(**said["words"])}) for said in held.pop("findings"))
        return cls(**{**held, "pack": tuple(held["pack"]), "score": tuple(held["score"]), "findings": findings})

    def digest(self) -> str:
        return hashlib.sha256(self.to_bytes()).hexdigest()

    def said(self, risk: str) -> Said | None:
        return next((said for said in self.findings if said.risk == risk), None)


def signed_hash(content: Content, *, edition: int, signers: Sequence[str]) -> str:
    """The hash that /verify shows: over the content, the edition's number and who signed, the lawyer first."""
    sealed = [content.digest(), edition, *signers]
    return hashlib.sha256(json.dumps(sealed).encode()).hexdigest()
