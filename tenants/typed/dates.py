"""Days as people type them: 2026-11-24, 2026/11/24, 2026.11.24, 20261124, 2026年11月24日, in full width too. Pure."""

import datetime as dt
import re

from tenants.errors import Unreadable
from tenants.typed.text import for_machines

_WRITTEN = (
    re.compile(r"(\d{4}) ?[-/.。·–—−] ?(\d{1,2}) ?[-/.。·–—−] ?(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?", re.ASCII),
    re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
)


def day(raw: str) -> dt.date:
    """Raises: Unreadable `required`, `not_a_date`."""
    typed = for_machines(raw[:40])
    if not typed:
        raise Unreadable("required")
    found = next(filter(None, (written.fullmatch(typed) for written in _WRITTEN)), None)
    try:
        return dt.date(*map(int, found.groups())) if found else dt.date.fromisoformat("")
    except ValueError:
        raise Unreadable("not_a_date") from None
