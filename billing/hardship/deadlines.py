"""When a waiver must be decided: the policy's days, natural or working, standing still while the owner is asked. Pure.

A natural time limit whose last day is no working day ends on the next one (`civil-code 203`).
"""

import datetime as dt

from billing.hardship.policy import DecisionClock
from tenants.working_days import next_working_day, working_days_after, working_days_between


def days_after(clock: DecisionClock, day: dt.date, days: int) -> dt.date:
    """The last of so many days of the clock's calendar; the first day is not counted."""
    if clock.calendar == "working":
        return working_days_after(day, days).day
    return next_working_day(day + dt.timedelta(days=days)).day


def decide_by(clock: DecisionClock, applied_on: dt.date) -> dt.date:
    return days_after(clock, applied_on, clock.days)


def appeal_until(clock: DecisionClock, decided_on: dt.date) -> dt.date:
    """The last day for an appeal: natural days, whatever the calendar of the decision."""
    return next_working_day(decided_on + dt.timedelta(days=clock.appeal_within_days)).day


def days_left(clock: DecisionClock, due_on: dt.date, today: dt.date) -> int:
    """How many days of the clock are still to run when it stops; at least one, so that an answer can be read."""
    if clock.calendar == "working":
        return max(1, working_days_between(today, due_on).days)
    return max(1, (due_on - today).days)


def is_recommendation_late(clock: DecisionClock, applied_on: dt.date, today: dt.date) -> bool:
    """Whether the bureau need no longer wait for the firm."""
    return today > days_after(clock, applied_on, clock.recommend_days)
