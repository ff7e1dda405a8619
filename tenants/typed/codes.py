"""Codes as people type them or paste them: case, hyphens, spaces, full width, look-alikes, words around them. Pure."""

import re

from tenants.typed.text import for_machines

DIGITS = "0123456789"
HEX = "0123456789ABCDEF"
MINTED = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # numbers and codes that the house makes: nothing that is easily misread
MOST_TYPED = 200
_JOINING = re.compile("[-\u00ad\u2010-\u2015\u2212\u2500\u30fc_ ]+")
_PIECES = re.compile("[^0-9A-Z]+")
# Letters of other alphabets that look like ours, and ours that look like digits (used where a code has no such letter).
_FOREIGN = str.maketrans("АВЕЅЗІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABES3IJKMHOPCTYXABEZHIKMNOPTYX")
_NUMBER = re.compile(f"[A-Z]+[0-9]{{2}}-[{MINTED}]{{6}}")
_LIKE = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8", "0": "O", "1": "I"}


def code(raw: str, alphabet: str = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ") -> str:
    """The longest run of signs of a code in what was typed, in capitals, without hyphens and spaces; "" where none is.

    A pasted message or link may stand around it (`续答码：5q5z－8jte`). A sign that is not of the code's alphabet
    becomes the one of the alphabet that it looks like, else it stays.
    """
    upper = _JOINING.sub("", for_machines(raw[:MOST_TYPED]).upper().translate(_FOREIGN))
    longest = max(_PIECES.split(upper), key=len)
    return fit(longest, alphabet)


def minted(raw: str, kind: str) -> str:
    """A number of this kind such as `SH26-7K3M9P`, however it is typed; "" where it is none."""
    signs = code(raw)
    year, letters = fit(signs[len(kind) : len(kind) + 2], DIGITS), fit(signs[len(kind) + 2 :], MINTED)
    told = f"{kind}{year}-{letters}"
    return told if signs.startswith(kind) and _NUMBER.fullmatch(told) else ""


def fit(signs: str, alphabet: str) -> str:
    """Each sign that is not of the alphabet as the one of the alphabet that it looks like, where there is one."""
    return "".join(one if one in alphabet else _like(one, alphabet) for one in signs)


def _like(one: str, alphabet: str) -> str:
    other = _LIKE.get(one, one)
    return other if other in alphabet else one
