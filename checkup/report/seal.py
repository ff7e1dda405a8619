"""The words on a firm's seal: parted where a reader parts them, in lines that fit the circle."""

import math
import textwrap

_KIND = "律师事务所"
_MOST = 8  # Chinese signs in one line
_MOST_LETTERS = 14


def seal_lines(name: str) -> list[str]:
    """`上海沪滨` over `律师事务所`; a Latin name between its words."""
    if name.isascii():
        return textwrap.wrap(name, _MOST_LETTERS)
    stem = name.removesuffix(_KIND)
    return [*_even(stem), *([_KIND] if stem and stem != name else [])] or [name]


def _even(text: str) -> list[str]:
    """In as few lines as hold it, none much shorter than another."""
    if not text:
        return []
    length = math.ceil(len(text) / math.ceil(len(text) / _MOST))
    return [text[at : at + length] for at in range(0, len(text), length)]
