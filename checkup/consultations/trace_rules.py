"""Whether a text lets somebody be recognised: numbers, addresses, names that whoever asks has before her. Pure."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\d[\d -]{5,}\d|[0-9A-Z]{18}|\S+@\S+")


def names_somebody(text: str, names: Iterable[str] = ()) -> bool:
    """A phone, an identity or credit code, a mail address, or one of the names."""
    flat = "".join(text.split()).casefold()
    known = ("".join(name.split()).casefold() for name in names)
    return bool(_NUMBER.search(text)) or any(len(name) > 1 and name in flat for name in known)
