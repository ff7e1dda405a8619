"""What an owner may ask of a delegate, and for how long. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tenants.clock import start_of
from tenants.errors import FieldFault, Invalid
from tenants.typed.words import check_line

ACCOUNTANT, MANAGER, FAMILY, OTHER = "accountant", "manager", "family", "other"
KINDS = (ACCOUNTANT, MANAGER, FAMILY, OTHER)
OWNERS_WORD, DELEGATES_WORD, RAN_OUT, ERASED = "owner", "delegate", "ran_out", "erased"
ENDED = (OWNERS_WORD, DELEGATES_WORD, RAN_OUT, ERASED)
# Of the text in `templates/delegate/accept.html`; another text gets another version.
DUTY_TEXT = "2026-12"
# A quarter: a checkup and the first fixes. A year: who is still wanted at the next checkup is asked anew.
LASTS, LONGEST = dt.timedelta(days=90), dt.timedelta(days=365)
# A link that nobody has answered in two weeks was not wanted, or went astray.
ANSWERED_WITHIN = dt.timedelta(days=14)
MOST_DELEGATES = 10
MOST_NAME = 40
# What a delegate may do with a thing to mend. That it stays as it is, is the owner's own decision.
STEPS = frozenset({"take", "claim"})
DELEGATE = "delegate"  # as answers and events name who acted


@dataclass(frozen=True)
class Asked:
    """Whom an owner asks, and for what; `until`: the last day."""

    name: str
    kind: str
    areas: tuple[str, ...]
    sees_fixes: bool
    reads_messages: bool
    until: dt.date


def check_asked(asked: Asked, *, known_areas: Iterable[str], today: dt.date) -> str:
    """Her name as it is kept. Raises: Invalid on `name`, `kind`, `areas` or `until`."""
    faults = []
    if asked.kind not in KINDS:
        faults.append(FieldFault("kind", "unknown_option"))
    if set(asked.areas) - set(known_areas):
        faults.append(FieldFault("areas", "unknown_option"))
    if not asked.areas and not asked.sees_fixes:
        faults.append(FieldFault("areas", "nothing_asked"))
    if not today < asked.until <= today + LONGEST:
        faults.append(FieldFault("until", "not_within_a_year"))
    if faults:
        raise Invalid(tuple(faults))
    return check_line(asked.name, "name", most=MOST_NAME)


def ends_at(until: dt.date) -> dt.datetime:
    """The instant after the last day."""
    return start_of(until + dt.timedelta(days=1))
