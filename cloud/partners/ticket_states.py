"""The life of a ticket and its clock: one table of allowed moves, no other place decides. Pure."""

import datetime as dt

from tenants.lives import Life
from tenants.working_days import working_days_after

# 上海市优化营商环境条例 art. 49: ordinary requests are settled in five working days, hard ones in fifteen; what cannot
# be settled is explained to the enterprise.
PLAIN_DAYS, HARD_DAYS = 5, 15
ENDS = frozenset({"answered", "declined"})
LIFE = Life(
    {
        ("received", "route"): "routed",
        ("routed", "route"): "routed",
        ("routed", "take"): "in_hand",
        ("routed", "return"): "received",
        ("in_hand", "return"): "received",
        ("in_hand", "answer"): "answered",
        **{(state, "decline"): "declined" for state in ("received", "routed", "in_hand")},
        **{(state, "extend"): state for state in ("received", "routed", "in_hand")},
    }
)
BUREAU_STEPS = frozenset({"route", "decline", "extend"})
FIRM_STEPS = frozenset({"take", "return", "answer", "decline", "extend"})
WITH_REASON = frozenset({"return", "decline", "extend"})


def steps_with_case(state: str, *, is_at_firm: bool, has_lawyer: bool) -> tuple[str, ...]:
    """What a ticket in a case has still to do to be as far as the case: at its firm, and in its lawyer's hand."""
    if state in ENDS:
        return ()
    back = ("return",) if state == "in_hand" and not is_at_firm else ()
    to_firm = () if is_at_firm and state != "received" else ("route",)
    waits = state == "routed" or bool(to_firm)
    return (*back, *to_firm, *(("take",) if waits and has_lawyer else ()))


def due_day(received: dt.date, *, is_hard: bool, plain_days: int = PLAIN_DAYS) -> dt.date:
    """The last day by which the ticket must be settled; `plain_days` as its bureau has decided."""
    return working_days_after(received, HARD_DAYS if is_hard else plain_days).day
