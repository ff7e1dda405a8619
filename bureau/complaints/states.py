"""The life of a complaint and its clock: one working day, unless the bureau has decided otherwise. Pure."""

import datetime as dt

from tenants.clock import city_day
from tenants.lives import Life
from tenants.working_days import working_days_after

LIFE = Life(
    {
        ("opened", "take"): "in_hand",
        ("opened", "settle"): "settled",
        ("in_hand", "settle"): "settled",
        ("opened", "withdraw"): "withdrawn",
        ("in_hand", "withdraw"): "withdrawn",
    }
)
RUNNING = frozenset({"opened", "in_hand"})
STATES = ("opened", "in_hand", "settled", "withdrawn")


def answer_by(opened_at: dt.datetime, working_days: int = 1) -> dt.date:
    """The last day for an answer: so many working days after the day in the city on which it came in."""
    return working_days_after(city_day(opened_at), working_days).day


def is_late(state: str, due_on: dt.date, today: dt.date) -> bool:
    return state in RUNNING and due_on < today
