"""JSON from anywhere, read so that a hostile file costs little and each fault is one printable line. Pure."""

import json
import re
from typing import Any

MOST_BYTES = 1_000_000
_MOST_DEPTH, _MOST_DIGITS, _MOST_SHOWN = 6, 15, 60
_STRUCTURE = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
# Seen in bytes: what UTF-8 makes of a letter is never a bracket or a quote.


class NotReadable(ValueError):
    """What is wrong with the file, in one line."""


def printable(text: object) -> str:
    """A text from a file for a line of a terminal: short, with everything unprintable escaped."""
    shown = str(text)
    shown = shown if len(shown) <= _MOST_SHOWN else shown[:_MOST_SHOWN] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in shown)


def read_json(content: bytes) -> Any:
    """Raises: NotReadable for what is too large, too deep, not UTF-8, not JSON, or JSON that means two things."""
    if len(content) > MOST_BYTES:
        raise NotReadable(f"larger than {MOST_BYTES // 1_000_000} MB")
    if _depth(content) > _MOST_DEPTH:
        raise NotReadable(f"nested more than {_MOST_DEPTH} deep")
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_constant,
            object_pairs_hook=_once,
        )
    except NotReadable:
        raise
    except UnicodeDecodeError:
        raise NotReadable("not UTF-8") from None
    except ValueError as error:
        raise NotReadable(f"not JSON: {printable(error)}") from None


def _depth(content: bytes) -> int:
    deepest = depth = 0
    for found in _STRUCTURE.finditer(content):
        if found[0] in (b"[", b"{"):
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] in (b"]", b"}"):
            depth -= 1
    return deepest


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise NotReadable(f"a number of {len(digits)} digits")
    return int(digits)


def _decimal(digits: str) -> float:
    value = float(digits)
    if len(digits) > 2 * _MOST_DIGITS or abs(value) > 10**_MOST_DIGITS:
        raise NotReadable(f"the number {printable(digits)} is too long or too large")
    return value


def _constant(name: str) -> float:
    raise NotReadable(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise NotReadable(f"{printable(key)} is given twice")
        made[key] = value
    return made
