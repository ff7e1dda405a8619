"""Numbers that people read out: a kind, the city's year, and letters that nobody mistakes for one another."""

import datetime as dt
import secrets

from tenants.clock import city_day

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O, no 1 I L


def random_letters(count: int) -> str:
    """So many letters that cannot be guessed from others."""
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def mint(kind: str, *, at: dt.datetime, letters: int = 6, dash: str = "-") -> str:
    """A new number, `SH26-7K3M9P`: the year is the city's, which begins eight hours before UTC's."""
    return f"{kind}{city_day(at):%y}{dash}{random_letters(letters)}"
