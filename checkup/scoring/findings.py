"""From rated risks to findings, in the one order that every page keeps. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence

from checkup.packs.conditions import Closure
from checkup.packs.values import Clock, LegalDay, Pack
from checkup.scoring.exact import ORANGE, RED, UNIT, Scale, units
from checkup.scoring.legal_deadlines import due_on, is_past, is_pressing
from checkup.scoring.routing import CheckupFacts
from checkup.scoring.values import Finding, Rated

RANKS = {"found": 0, "possible": 1, "unknown": 1, "hint": 2}  # of every state a finding may have


def find(
    pack: Pack,
    scale: Scale,
    rated: Sequence[Rated],
    facts: CheckupFacts,
    urgent: Mapping[str, Closure],
    today: dt.date,
) -> tuple[Finding, ...]:
    """What could be wrong at all, what was found first; within that live legal deadlines, urgency, priority.

    `urgent`: when a risk is so by its answers; one that never is has no entry.
    """
    weight = sum([one.weight for one in rated if one.applies])
    least = units(pack.model.finding_from)
    made = [_finding(one, scale, weight, least, facts, urgent, today) for one in rated if one.hi > 0]
    return tuple(sorted(made, key=lambda f: (RANKS[f.state], *order(f, today))))


def order(one: Finding, today: dt.date) -> tuple[bool, dt.date, bool, float, str]:
    """A deadline that still runs comes first, the nearest ahead; then what is urgent; then what weighs most."""
    is_live = one.due is not None and not one.expired
    return not is_live, one.due if is_live and one.due else dt.date.max, not one.urgent, -one.priority, one.risk


def _finding(
    one: Rated,
    scale: Scale,
    weight: int,
    least: int,
    facts: CheckupFacts,
    urgent: Mapping[str, Closure],
    today: dt.date,
) -> Finding:
    priority, state = one.weight * one.likelihood, _state(one, least)
    risk = one.risk.on(today) if one.risk.variants else one.risk
    due = None if risk.clock is None else _due(risk.clock, facts, is_certain=state in ("found", "hint"))
    return Finding(
        risk=one.risk.id,
        domain=one.risk.domain,
        severity=one.risk.severity,
        likelihood=one.likelihood / UNIT,
        lo=one.lo / UNIT,
        hi=one.hi / UNIT,
        state=state,
        priority=priority / UNIT,
        colour=_colour(priority) if state in ("found", "hint") else "grey",
        points=scale.points(priority, weight) if one.applies else 0.0,
        urgent=_is_urgent(urgent.get(one.risk.id), facts) or (due is not None and is_pressing(due, today)),
        due=due,
        expired=due is not None and is_past(due, today),
        case=one.case,
    )


def _is_urgent(when: Closure | None, facts: CheckupFacts) -> bool:
    return when is not None and when(facts) is True


def _state(one: Rated, least: int) -> str:
    if one.applies is None:
        return "possible"
    if one.lo == 0:  # nothing is certain but that it could be
        return "unknown"
    return "found" if one.likelihood >= least else "hint"


def _colour(priority: int) -> str:
    return "red" if priority >= RED else "orange" if priority >= ORANGE else "yellow"


def _due(clock: Clock | LegalDay | None, facts: CheckupFacts, *, is_certain: bool) -> dt.date | None:
    """A day that the law names holds for whom the risk is certain to concern; a clock runs from her own date."""
    if isinstance(clock, LegalDay):
        return clock.on if is_certain else None
    if clock is None or facts.on_path(clock.question) is not True:
        return None
    start = facts.value(clock.question)
    return due_on(clock, dt.date.fromisoformat(start)) if isinstance(start, str) else None
