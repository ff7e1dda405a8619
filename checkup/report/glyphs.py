"""Rare characters that no font here can draw: found before a paper is made, and told by their number, never as a box.

A box in a name is no name, and two boxes are the same name. Fontconfig is asked, whose fonts the PDF falls back on.
"""

import shutil
import subprocess
import unicodedata
from functools import cache

# The CJK fonts that a report needs anyway draw all of these.
_COMMON = range(0x4E00, 0x9FA6)
_FIRST_ASKED = 0x3400
_UNSEEN = {"Mn", "Cf"}


def find_undrawn(text: str) -> tuple[str, ...]:
    """The characters of a text that would be boxes, each once, in their order; none where fontconfig is missing."""
    return tuple(one for one in dict.fromkeys(text) if _is_rare(one) and not _is_drawn(one))


def spell_undrawn(text: str) -> str:
    """The text with each such character as its number: 〔U+2BC20〕, which can be looked up and is nobody else's."""
    return text.translate({ord(one): f"〔{number_of(one)}〕" for one in find_undrawn(text)})


def number_of(character: str) -> str:
    return f"U+{ord(character):04X}"


def _is_rare(one: str) -> bool:
    return ord(one) >= _FIRST_ASKED and ord(one) not in _COMMON and unicodedata.category(one) not in _UNSEEN


@cache
def _is_drawn(one: str) -> bool:
    """Whether any font here has it; a font that is installed later counts from the next start on."""
    listing = shutil.which("fc-list")
    if listing is None:
        return True
    asked = [listing, f":charset={ord(one):x}", "family"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - a number, no shell
    return found.returncode != 0 or bool(found.stdout.strip())
