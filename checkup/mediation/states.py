"""The life of a mediation, who may make which move, and the last day of each state. Pure.

Nobody is bound before both have signed: until then either side may leave, and the body may say that it came to nothing.
"""

import datetime as dt

from tenants.clock import city_day
from tenants.lives import Life
from tenants.working_days import working_days_after

OWNER, OTHER, BODY, CLOCK = "owner", "other", "body", "clock"
_RUNNING = ("asked", "invited", "willing", "appointing", "seated", "drafted")
LIFE = Life(
    {
        ("asked", "invite"): "invited",
        ("invited", "invite"): "invited",
        ("invited", "agree"): "willing",
        ("invited", "refuse"): "refused",
        ("willing", "appoint"): "appointing",
        ("appointing", "appoint"): "appointing",
        ("appointing", "object"): "willing",
        ("appointing", "accept"): "appointing",
        ("appointing", "seat"): "seated",
        ("seated", "meet"): "seated",
        ("seated", "draft"): "drafted",
        ("drafted", "meet"): "drafted",
        ("drafted", "draft"): "drafted",
        ("drafted", "sign"): "drafted",
        ("drafted", "settle"): "signed",
        ("signed", "confirm"): "confirmed",
        ("signed", "lapse"): "lapsed",
        **{(state, "fail"): "failed" for state in ("willing", "appointing", "seated", "drafted")},
        **{(state, "leave"): "left" for state in _RUNNING},
    }
)
RUNNING = frozenset(_RUNNING)
BOUND = frozenset({"signed", "confirmed", "lapsed"})
SEATED = BOUND | {"seated", "drafted"}  # from here on there is a mediator whom both accepted
SIDES = (OWNER, OTHER)
ROLES: dict[str, frozenset[str]] = {
    OWNER: frozenset({"accept", "object", "sign", "leave"}),
    OTHER: frozenset({"agree", "refuse", "accept", "object", "sign", "leave"}),
    BODY: frozenset({"invite", "appoint", "meet", "draft", "fail", "confirm"}),
    CLOCK: frozenset({"lapse", "leave"}),
}
NEEDS_WORDS = frozenset({"object", "refuse", "fail", "draft"})
LATE = "late"  # no move: the clock's event
OFFER, OPEN, PAPER = "offer", "open", "paper"  # nor are these: what is done while both talk
TALKING = frozenset({"seated", "drafted"})  # papers and offers go to and fro
# Working days for the next step; nobody may be made to wait for ever.
_DAYS = {"asked": 3, "invited": 10, "willing": 5, "appointing": 3, "seated": 20, "drafted": 10}
COURT_DAYS = 30  # calendar days in which both may ask the court to confirm what they have signed


def due_after(state: str, now: dt.datetime) -> dt.date | None:
    """The last day for the next step; once signed, for the court; None where nothing is waited for.

    Source: 民事诉讼法 205, 人民调解法 33: within thirty days from the agreement's coming into force.
    """
    if state == "signed":
        return city_day(now) + dt.timedelta(days=COURT_DAYS)
    days = _DAYS.get(state)
    return None if days is None else working_days_after(city_day(now), days).day
