"""The transparent model: from a pack and its answers to a score, honest bounds, a grade and findings. Pure.

Read it once and you can explain a score:

* A risk of severity s weighs w = 2^(s−1). Its likelihood L is in [0, 1]; where answers are missing, L is only
  known to lie in [lo, hi].
* Score = 100 × (1 − Σ w·L / Σ w) over the risks that apply. 100 is best.
* The bounds are the lowest and the highest score that any completion of the missing answers could give.
* A grave risk that is likely caps the grade, however good the rest.

Source: `docs/decisions/0003`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from checkup.packs.answers import Answers, Value
from checkup.packs.conditions import Closure, Truth, compile_condition
from checkup.packs.values import GRADES, Pack, Risk
from checkup.scoring.legal_deadlines import due_on, is_pressing
from checkup.scoring.routing import CheckupFacts

LIKELY = 0.5
CAPS = {5: "D", 4: "C"}
RED, ORANGE = 8.0, 3.0


@dataclass(frozen=True)
class Finding:
    """A risk this checkup detected (`found`), cannot rate yet (`unknown`), or that may apply (`possible`).

    `priority` = weight × likelihood; `points` = what the score gains once it is mended.
    """

    risk: str
    domain: str
    severity: int
    likelihood: float
    lo: float
    hi: float
    state: str
    priority: float
    colour: str
    points: float
    urgent: bool
    due: dt.date | None


@dataclass(frozen=True)
class DomainScore:
    id: str
    score: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Score:
    """All None where no risk applies ("not applicable"). `confidence` = 100 − (high − low)."""

    score: float | None
    low: float | None
    high: float | None
    grade: str | None
    grade_low: str | None
    grade_high: str | None
    confidence: float | None
    domains: tuple[DomainScore, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Rated:
    """One risk as the answers leave it."""

    risk: Risk
    weight: int
    applies: Truth
    lo: float
    hi: float
    likelihood: float


@dataclass(frozen=True)
class _CompiledRisk:
    """`applies` is the place of its condition among the pack's distinct ones: many risks share one."""

    risk: Risk
    applies: int
    cases: tuple[tuple[Closure, float], ...]
    urgent: Closure


@dataclass(frozen=True)
class _CompiledPack:
    applies: tuple[Closure, ...]
    risks: tuple[_CompiledRisk, ...]
    urgent: Mapping[str, Closure]


_COMPILED: dict[str, _CompiledPack] = {}


def _compiled(pack: Pack) -> _CompiledPack:
    if pack.hash not in _COMPILED:
        distinct = {condition: place for place, condition in enumerate(dict.fromkeys(r.applies for r in pack.risks))}
        risks = tuple(
            _CompiledRisk(
                risk,
                distinct[risk.applies],
                tuple((compile_condition(case.when), case.is_) for case in risk.cases),
                compile_condition(risk.urgent),
            )
            for risk in pack.risks
        )
        applies = tuple(map(compile_condition, distinct))
        _COMPILED[pack.hash] = _CompiledPack(applies, risks, {c.risk.id: c.urgent for c in risks})
    return _COMPILED[pack.hash]


def score(
    pack: Pack,
    profile: Mapping[str, Value],
    answers: Answers,
    *,
    today: dt.date,
    overruled: Mapping[str, float] | None = None,
) -> Score:
    """Score one checkup. `answers`: question id → value; unsure, unanswered and off-path never count as bad.

    `overruled`: risk → the likelihood that a lawyer put in the place of the model's.
    """
    facts = CheckupFacts(pack, profile, answers)
    compiled = _compiled(pack)
    truths = [applies(facts) for applies in compiled.applies]
    rated = [_rate(risk, facts, truths[risk.applies]) for risk in compiled.risks if truths[risk.applies] is not False]
    rated = [_overrule(one, (overruled or {}).get(one.risk.id)) for one in rated]
    low, high = _low(rated), _high(rated)
    point = _point(rated)
    by_domain: dict[str, list[_Rated]] = {}
    for one in rated:
        by_domain.setdefault(one.risk.domain, []).append(one)
    return Score(
        score=point,
        low=low,
        high=high,
        grade=_grade(pack, point, (r for r in rated if r.applies), lambda r: r.likelihood),
        grade_low=_grade(pack, low, rated, lambda r: r.hi),
        grade_high=_grade(pack, high, (r for r in rated if r.applies), lambda r: r.lo),
        confidence=None if low is None or high is None else 100 - (high - low),
        domains=tuple(
            DomainScore(d.id, _point(own), _low(own), _high(own))
            for d in pack.domains
            for own in (by_domain.get(d.id, []),)
        ),
        findings=_findings(rated, facts, compiled.urgent, today),
    )


def _rate(compiled: _CompiledRisk, facts: CheckupFacts, applies: Truth) -> _Rated:
    risk = compiled.risk
    lo, hi = _interval(compiled, facts)
    if lo == hi:
        likelihood = lo
    elif risk.if_unknown is not None:
        likelihood = min(max(risk.if_unknown, lo), hi)
    else:
        likelihood = (lo + hi) / 2
    return _Rated(risk, risk.weight, applies, lo, hi, likelihood)


def _overrule(one: _Rated, likelihood: float | None) -> _Rated:
    return one if likelihood is None else replace(one, lo=likelihood, hi=likelihood, likelihood=likelihood)


def _interval(compiled: _CompiledRisk, facts: CheckupFacts) -> tuple[float, float]:
    """Walk the cases: true ends the walk, unknown is noted and the walk goes on, false is skipped."""
    noted: list[float] = []
    for when, is_ in compiled.cases:
        truth = when(facts)
        if truth is False:
            continue
        noted.append(is_)
        if truth is True:
            break
    else:
        noted.append(compiled.risk.otherwise)
    return min(noted), max(noted)


def _point(rated: Iterable[_Rated]) -> float | None:
    return _ratio_score([(r.weight, r.weight * r.likelihood) for r in rated if r.applies])


def _ratio_score(pairs: list[tuple[int, float]]) -> float | None:
    """100 × (1 − Σ w·L / Σ w), None for no risk at all."""
    weight = sum(w for w, _ in pairs)
    if not weight:
        return None
    return min(100.0, max(0.0, 100 * (1 - sum(harm for _, harm in pairs) / weight)))


def _low(rated: Iterable[_Rated]) -> float | None:
    """The worst completion: everything at hi, and each possible risk that makes it worse."""
    return _extreme(rated, lambda r: r.hi, worst=True)


def _high(rated: Iterable[_Rated]) -> float | None:
    """The best completion: everything at lo, and each possible risk that makes it better."""
    return _extreme(rated, lambda r: r.lo, worst=False)


def _extreme(rated: Iterable[_Rated], end: Callable[[_Rated], float], *, worst: bool) -> float | None:
    """Sorting finds the exact extreme of the ratio: a risk raises it while its likelihood is above the ratio."""
    rated = list(rated)
    pairs = [(r.weight, r.weight * end(r)) for r in rated if r.applies]
    weight, harm = sum(w for w, _ in pairs), sum(h for _, h in pairs)
    for one in sorted((r for r in rated if r.applies is None), key=end, reverse=worst):
        ratio = harm / weight if weight else None
        if ratio is None or (end(one) > ratio if worst else end(one) < ratio):
            pairs.append((one.weight, one.weight * end(one)))
            weight, harm = weight + one.weight, harm + one.weight * end(one)
    return _ratio_score(pairs)


def grade_of(pack: Pack, value: float) -> str:
    """The grade that an unrounded score alone gives."""
    return next((g for g in GRADES[:-1] if value >= pack.grades[g]), GRADES[-1])


def _grade(
    pack: Pack, value: float | None, capping: Iterable[_Rated], likelihood: Callable[[_Rated], float]
) -> str | None:
    """The grade of an unrounded score; a grave risk with likelihood ≥ 0.5 allows no better than its cap."""
    if value is None:
        return None
    grade = grade_of(pack, value)
    caps = [CAPS[r.risk.severity] for r in capping if r.risk.severity in CAPS and likelihood(r) >= LIKELY]
    return max([grade, *caps])


def _findings(
    rated: list[_Rated], facts: CheckupFacts, urgent: Mapping[str, Closure], today: dt.date
) -> tuple[Finding, ...]:
    total = sum(r.weight for r in rated if r.applies)
    found = [_finding(r, total, facts, urgent[r.risk.id], today) for r in rated if r.hi > 0]
    return tuple(sorted(found, key=lambda f: (f.state != "found", not f.urgent, -f.priority, f.risk)))


def _finding(one: _Rated, total: int, facts: CheckupFacts, urgent: Closure, today: dt.date) -> Finding:
    is_possible = one.applies is None
    priority = one.weight * one.likelihood
    state = "possible" if is_possible else "unknown" if one.lo == 0 and one.hi > 0 else "found"
    due = _due(one.risk, facts)
    return Finding(
        risk=one.risk.id,
        domain=one.risk.domain,
        severity=one.risk.severity,
        likelihood=one.likelihood,
        lo=one.lo,
        hi=one.hi,
        state=state,
        priority=priority,
        colour=_colour(priority) if state == "found" else "grey",
        points=0.0 if is_possible or not total else 100 * priority / total,
        urgent=urgent(facts) is True or (due is not None and is_pressing(due, today)),
        due=due,
    )


def _colour(priority: float) -> str:
    return "red" if priority >= RED else "orange" if priority >= ORANGE else "yellow"


def _due(risk: Risk, facts: CheckupFacts) -> dt.date | None:
    if risk.clock is None or facts.on_path(risk.clock.question) is not True:
        return None
    start = facts.value(risk.clock.question)
    return due_on(risk.clock, dt.date.fromisoformat(start)) if isinstance(start, str) else None
