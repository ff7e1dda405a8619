"""The form for time off the platform: date, from–to, place, kind, witness. Pure."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bureau.hours.rules import AID, ON_PLATFORM
from bureau.hours.time_spans import NONE, Spans, parse_spans
from tenants.errors import FieldFault, Invalid

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


def parse_clinic(raw: Mapping[str, str], *, categories: Collection[str], today: dt.date) -> Clinic:
    """Raises: Invalid with every fault; a legal-aid case needs its number, all else a place and a witness."""
    faults: list[FieldFault] = []
    category = raw.get("category", "")
    if category not in categories or category == ON_PLATFORM:
        faults.append(FieldFault("category", "unknown_option"))
    day = _day(raw.get("day", ""), today, faults)
    spans = NONE
    try:
        spans = parse_spans(raw.get("times", ""), day)
    except Invalid as invalid:
        faults += invalid.faults
    is_aid = category == AID
    clinic = Clinic(
        day=day,
        spans=spans,
        category=category,
        place=_line(raw, "place", faults, is_needed=not is_aid),
        witness=_line(raw, "witness", faults, is_needed=not is_aid),
        reference=_line(raw, "reference", faults, is_needed=is_aid),
        note=_line(raw, "note", faults, is_needed=False, most=MOST_NOTE),
    )
    if faults:
        raise Invalid(tuple(faults))
    return clinic


def _day(raw: str, today: dt.date, faults: list[FieldFault]) -> dt.date:
    try:
        day = dt.date.fromisoformat(raw.strip())
    except ValueError:
        faults.append(FieldFault("day", "not_a_date"))
        return today
    if not today - dt.timedelta(days=MOST_DAYS_BACK) <= day <= today:
        faults.append(FieldFault("day", "day_out_of_range", {"most": MOST_DAYS_BACK}))
    return day


def _line(
    raw: Mapping[str, str], field: str, faults: list[FieldFault], *, is_needed: bool, most: int = MOST_LINE
) -> str:
    words = " ".join(raw.get(field, "").split())
    if (is_needed and not words) or len(words) > most:
        faults.append(FieldFault(field, "too_long" if words else "required", {"most": most}))
    return words
