"""Whose turn it is in a case and by when, in working days. Pure.

The review clock runs from the day a lawyer takes the case and stands still while a question waits for the owner.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tenants.working_days import Deadline, Span, working_days_after, working_days_between

OWNER, FIRM, NOBODY = "owner", "firm", "nobody"
STEPS = ("answering", "waiting", "in_review", "signed")


@dataclass(frozen=True)
class ServiceTimes:
    """How many working days a firm gives itself to take a case, to review it and to reply, and the owner to answer."""

    take: int = 3
    review: int = 5
    reply: int = 2
    answer: int = 5


@dataclass(frozen=True)
class Pause:
    """A question to the owner: the review clock stands still from the day it is asked to the day it is answered."""

    since: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class CaseFacts:
    """What decides the turn. `question_due`: the earliest open question's last day; `note_due`: the same for the
    owner's earliest message that nobody replied to."""

    state: str
    is_review_wanted: bool
    has_letter: bool
    submitted_on: dt.date | None = None
    taken_on: dt.date | None = None
    pauses: tuple[Pause, ...] = ()
    question_due: dt.date | None = None
    note_due: dt.date | None = None


@dataclass(frozen=True)
class Turn:
    """Whose turn (`owner`, `firm`, `nobody`), for what, by when; `left` working days, negative when overdue."""

    whose: str
    what: str
    step: int
    due: Deadline | None = None
    left: Span | None = None
    is_paused: bool = False

    @property
    def steps(self) -> int:
        return len(STEPS)

    @property
    def is_overdue(self) -> bool:
        return self.left is not None and self.left.days < 0


def pauses_of(steps: Iterable[tuple[str, str, dt.date]]) -> tuple[Pause, ...]:
    """The review's pauses from its steps (from, to, day), the oldest first: it stands still while it is `asked`."""
    pauses: list[Pause] = []
    for was, became, day in steps:
        if was != "asked" and became == "asked":
            pauses.append(Pause(day, None))
        elif was == "asked" and became != "asked" and pauses:
            pauses[-1] = Pause(pauses[-1].since, day)
    return tuple(pauses)


def paused_days(pauses: Iterable[Pause], today: dt.date) -> int:
    """Working days on which the clock stood still; pauses that overlap count once."""
    days, reached = 0, dt.date.min
    for pause in sorted(pauses, key=lambda one: one.since):
        since, until = max(pause.since, reached), pause.until or today
        if until > since:
            days += working_days_between(since, until).days
            reached = until
    return days


def review_deadline(taken_on: dt.date, pauses: Iterable[Pause], *, days: int, today: dt.date) -> Deadline:
    """The last day of the review: `days` working days after it was taken, and the days it stood still on top."""
    return working_days_after(taken_on, days + paused_days(pauses, today))


def whose_turn(facts: CaseFacts, times: ServiceTimes, today: dt.date) -> Turn:
    """The one turn that the case waits for now."""
    if facts.state in ("started", "answering"):
        return Turn(OWNER, "answer_questions", 1)
    if facts.state in ("withdrawn", "erased"):
        return Turn(NOBODY, "over", 4)
    if facts.state in ("signed", "closed"):
        return _after_signing(facts, today)
    if not facts.is_review_wanted or facts.submitted_on is None:
        return Turn(NOBODY, "automatic_only", 2)
    if facts.taken_on is None:
        if not facts.has_letter:
            return Turn(OWNER, "accept_letter", 2)
        return _turn(FIRM, "take", 2, working_days_after(facts.submitted_on, times.take), today)
    return _in_review(facts, facts.taken_on, times, today)


def _in_review(facts: CaseFacts, taken_on: dt.date, times: ServiceTimes, today: dt.date) -> Turn:
    if facts.question_due is not None:
        due = working_days_after(facts.question_due, 0)
        return _turn(OWNER, "answer_lawyer", 3, due, today, is_paused=True)
    due = review_deadline(taken_on, facts.pauses, days=times.review, today=today)
    if not facts.has_letter:
        return _turn(OWNER, "accept_letter", 3, due, today)
    return _turn(FIRM, "review", 3, due, today)


def _after_signing(facts: CaseFacts, today: dt.date) -> Turn:
    if facts.note_due is not None and facts.state == "signed":
        return _turn(FIRM, "reply", 4, working_days_after(facts.note_due, 0), today)
    return Turn(OWNER, "mend", 4)


def _turn(whose: str, what: str, step: int, due: Deadline, today: dt.date, *, is_paused: bool = False) -> Turn:
    return Turn(whose, what, step, due, working_days_between(today, due.day), is_paused)
