"""Text as people type it, from every keyboard and clipboard. Pure.

What is made for machines is folded wholly (NFKC). What people read keeps its Chinese punctuation and brackets, since
they belong to names and sentences; full-width letters and digits, look-alike radicals and odd spaces are made plain.
"""

import re
import unicodedata

_NOT_CHARACTERS = {0xFFFE, 0xFFFF} | {plane | 0xFFFE for plane in range(0, 0x110000, 0x10000)}
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2e80-\u2fdf\ufb00-\ufb06]")
_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_BRAILLE_BLANK = "\u2800\u3164\uffa0\u115f\u1160"  # drawn as nothing, though not of a space's category


def _is_invisible(one: str) -> bool:
    """Control and format characters (zero width, direction, soft hyphen), halves of pairs, and what is no character."""
    if one in "\n\t":
        return False
    return unicodedata.category(one) in {"Cc", "Cf", "Cs"} or ord(one) in _NOT_CHARACTERS or one in _BRAILLE_BLANK


def has_controls(raw: str) -> bool:
    """Whether there are signs that no keyboard makes, NUL among them, and that no address needs."""
    return any(unicodedata.category(one) in {"Cc", "Cs"} and one not in "\t\n\r" for one in raw)


def has_unseen(raw: str) -> bool:
    """Whether there are signs that nobody sees, a break of the line among them."""
    return any(one in "\n\t" or _is_invisible(one) for one in raw)


def _visible(raw: str) -> str:
    return "".join(one for one in _BREAKS.sub("\n", raw) if not _is_invisible(one))


def prose(raw: str) -> str:
    """Text with its line breaks, no blank at its ends, nothing invisible in it."""
    seen = _FULL_WIDTH.sub(lambda one: unicodedata.normalize("NFKC", one[0]), _visible(raw))
    lines = (_SPACES.sub(" ", line).rstrip() for line in unicodedata.normalize("NFC", seen).split("\n"))
    return "\n".join(lines).strip()


def one_line(raw: str) -> str:
    """Text on a line of its own: as `prose`, every run of spaces and breaks one space."""
    return " ".join(prose(raw).split())


def for_machines(raw: str) -> str:
    """What a machine reads (an address, a number, a code): wholly folded, one space at most between two signs."""
    return " ".join(unicodedata.normalize("NFKC", _visible(raw)).split())
