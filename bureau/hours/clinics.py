"""The form for time off the platform: date, from–to, place, kind, witness. Pure."""

import datetime as dt
from dataclasses import dataclass

from bureau.hours.time_spans import Spans

MOST_DAYS_BACK = 92
MOST_LINE, MOST_NOTE = 60, 500


@dataclass(frozen=True)
class Clinic:
    """What the lawyer says; everything is checked."""

    day: dt.date
    spans: Spans
    category: str
    place: str
    witness: str
    reference: str
    note: str

    def facts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("category", "place", "witness", "reference", "note")}
