"""The life of a referral, who may make which move, and the clock of each state. Pure.

Nothing dies in silence: each running state has a last day, and whoever lets it pass is told, and others with her.
"""

import datetime as dt

from tenants.clock import city_day
from tenants.lives import Life
from tenants.providers.kinds import LEGAL_AID
from tenants.working_days import working_days_after

_RUNNING = ("offered", "accepted", "under_way", "more_asked")
LIFE = Life(
    {
        ("drafted", "send"): "offered",
        ("offered", "accept"): "accepted",
        ("offered", "decline"): "declined",
        ("accepted", "begin"): "under_way",
        ("accepted", "ask"): "more_asked",
        ("accepted", "decline"): "declined",
        ("under_way", "report"): "under_way",
        ("under_way", "ask"): "more_asked",
        ("under_way", "close"): "closed",
        ("under_way", "decline"): "declined",
        ("more_asked", "answer"): "under_way",
        ("more_asked", "close"): "closed",
        ("more_asked", "decline"): "declined",
        **{(state, "withdraw"): "withdrawn" for state in _RUNNING},
    }
)
RUNNING = frozenset(_RUNNING)
OWNER, PROVIDER, CLOCK = "owner", "provider", "clock"
ROLES: dict[str, frozenset[str]] = {
    OWNER: frozenset({"send", "answer", "withdraw"}),
    PROVIDER: frozenset({"accept", "decline", "begin", "ask", "report", "close"}),
    CLOCK: frozenset({"withdraw"}),
}
LATE, CHARGE = "late", "charge"  # no moves: the clock's event, and that the body asks a fee
MAY_CHARGE = ("accepted", "under_way", "more_asked")
# Working days for the next step, and on whom it waits.
_DAYS = {"offered": 3, "accepted": 5, "under_way": 20, "more_asked": 5}
# The law's own days for a centre of legal aid, Sundays and all: to decide, to send a lawyer (Legal Aid Law, art. 43).
_AID_DAYS = {"offered": 7, "accepted": 3}
WAITS_FOR = {"offered": PROVIDER, "accepted": PROVIDER, "under_way": PROVIDER, "more_asked": OWNER}
NEEDS_WORDS = frozenset({"decline", "ask", "answer", "close"})
# What is told of a body: how matters ended, what owners made of it, and what the other sides of its mediations did.
HANDLED, RATED, OTHER_RATED = "handled", "rated", "other_rated"
REASONS = ("knows_a_party", "no_room", "not_ours", "other")  # of a body that declines
OUTCOMES = ("done", "partly", "failed", "elsewhere")  # of one that closes


def due_after(state: str, kind: str, now: dt.datetime) -> dt.date | None:
    """The last day for the next step at a body of this kind; None where nothing is waited for."""
    if kind == LEGAL_AID and state in _AID_DAYS:
        return city_day(now) + dt.timedelta(days=_AID_DAYS[state])
    days = _DAYS.get(state)
    return None if days is None else working_days_after(city_day(now), days).day
