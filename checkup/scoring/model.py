"""The transparent model: from a pack and its answers to a score, honest bounds, a grade and findings. Pure.

Read it once and you can explain a score:

* A risk of severity s weighs w = 2^(s−1). Its likelihood L is in [0, 1]; where answers are missing, L is only
  known to lie in [lo, hi].
* Score = 100 − stretch × 100 × Σ w·L / Σ w over the risks that apply, never below 0. 100 is best.
* The bounds are the lowest and the highest score that any completion of the missing answers could give.
* The grade is that of the points, and no better than the ladder allows; it is said what held it.
* Where too little of the weight is known there is neither score nor grade.
* A likely risk is a finding, an unlikely one a hint.

Sums are whole numbers (`exact.py`). Source: `docs/decisions/0003` and `0022`; model 1 is the same with other numbers.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from checkup.packs.answers import Answers, Value
from checkup.packs.conditions import ALWAYS, NEVER, Closure, Truth, compile_condition, refs
from checkup.packs.values import Pack, Risk
from checkup.scoring.exact import NO_RISK, Harm, Scale, best, units, worst
from checkup.scoring.findings import find
from checkup.scoring.ladder import HeldBy, Standing, climb
from checkup.scoring.routing import CheckupFacts
from checkup.scoring.values import DomainScore, Finding, Rated, Score

_HIDDEN = "D"  # a grade that no green light may hide


@dataclass(frozen=True)
class _CompiledRisk:
    """`applies` and `questions` are places among the pack's distinct ones: many risks share one."""

    risk: Risk
    weight: int
    applies: int
    cases: tuple[tuple[int, Closure, int], ...]  # place, condition, likelihood
    otherwise: int
    if_unknown: int | None
    questions: int


@dataclass(frozen=True)
class _CompiledPack:
    scale: Scale
    enough: Fraction
    applies: tuple[Closure, ...]
    risks: tuple[_CompiledRisk, ...]
    questions: tuple["_Named", ...]
    hanging: tuple[str, ...]
    urgent: Mapping[str, Closure]
    standing_from: int


@dataclass(frozen=True)
class _Named:
    """The questions that a likelihood names: for each condition they hang on the pack's first that does, and whether
    all are express."""

    hanging: tuple[str, ...]
    is_any: bool
    is_express: bool

    @classmethod
    def of(cls, pack: Pack, names: tuple[str, ...]) -> "_Named":
        asked = [pack.question(name) for name in names]
        hanging = {question.ask for question in asked if question.ask != ALWAYS}
        first = {question.ask: question.id for question in reversed(pack.questions)}
        return cls(tuple(sorted(map(first.__getitem__, hanging))), bool(names), all(q.express for q in asked))


_COMPILED: dict[str, _CompiledPack] = {}


def _compiled(pack: Pack) -> _CompiledPack:
    if pack.hash not in _COMPILED:
        applies = {condition: place for place, condition in enumerate(dict.fromkeys(r.applies for r in pack.risks))}
        named = {risk.id: _Named.of(pack, named_questions(risk)) for risk in pack.risks}
        questions = {one: place for place, one in enumerate(dict.fromkeys(named.values()))}
        _COMPILED[pack.hash] = _CompiledPack(
            scale=Scale.of(pack),
            enough=Fraction(str(pack.model.enough_from)),
            applies=tuple(map(compile_condition, applies)),
            risks=tuple(
                _CompiledRisk(
                    risk=risk,
                    weight=risk.weight,
                    applies=applies[risk.applies],
                    cases=tuple(
                        (place, compile_condition(case.when), units(case.is_)) for place, case in enumerate(risk.cases)
                    ),
                    otherwise=units(risk.otherwise),
                    if_unknown=None if risk.if_unknown is None else units(risk.if_unknown),
                    questions=questions[named[risk.id]],
                )
                for risk in pack.risks
            ),
            questions=tuple(questions),
            hanging=tuple(dict.fromkeys(name for one in questions for name in one.hanging)),
            urgent={risk.id: compile_condition(risk.urgent) for risk in pack.risks if risk.urgent != NEVER},
            standing_from=units(min(rung.likelihood for rung in pack.model.ladder)),
        )
    return _COMPILED[pack.hash]


def named_questions(risk: Risk) -> tuple[str, ...]:
    """The questions that the risk's likelihood names, profile facts aside."""
    named = (ref for case in risk.cases for ref in refs(case.when))
    return tuple(dict.fromkeys(ref for ref in named if not ref.startswith("profile.")))


def score(
    pack: Pack,
    profile: Mapping[str, Value],
    answers: Answers,
    *,
    today: dt.date,
    express: bool = False,
    overruled: Mapping[str, float] | None = None,
) -> Score:
    """Score one checkup. `answers`: question id → value; unsure, unanswered and off-path never count as bad.

    `express`: only the express questions were to be asked. `overruled`: risk → the likelihood that a lawyer put in
    the place of the model's.
    """
    facts = CheckupFacts(pack, profile, answers)
    compiled = _compiled(pack)
    scale = compiled.scale
    rated = _rate_all(compiled, facts, overruled or {})
    by_domain = _sums_by_domain(pack, rated)
    sums = _Sums.whole(by_domain.values())
    low, high = sums.lowest, sums.highest
    known, weight = _answered(compiled, rated, facts, express=express)
    enough = known >= compiled.enough * weight and (weight > 0 or not compiled.enough)
    findings = find(pack, scale, rated, facts, compiled.urgent, today)
    point, least = sums.at_point if enough else NO_RISK, compiled.standing_from
    certain = [one for one in rated if one.applies and one.hi >= least]
    at_point = [Standing(one.risk, one.likelihood) for one in certain if one.likelihood >= least]
    at_worst = [Standing(one.risk, one.hi) for one in rated if one.hi >= least]
    at_best = [Standing(one.risk, one.lo) for one in certain if one.lo >= least]
    grade, held_by = _grade(pack, scale, point, at_point)
    worst_grade = _grade(pack, scale, low, at_worst)[0]
    return Score(
        score=scale.score(point),
        low=scale.score(low),
        high=scale.score(high),
        grade=grade,
        grade_low=worst_grade,
        grade_high=_grade(pack, scale, high, at_best)[0],
        held_by=held_by,
        answered=known / weight if weight else 0.0,
        enough=enough,
        light=_light(findings, enough=enough, worst=worst_grade),
        confidence=scale.confidence(low, high),
        domains=tuple(_domain(domain, scale, own, enough=enough) for domain, own in by_domain.items()),
        findings=findings,
    )


def rate(pack: Pack, profile: Mapping[str, Value], answers: Answers) -> list[Rated]:
    """Every risk that applies or may, as the answers leave it."""
    return _rate_all(_compiled(pack), CheckupFacts(pack, profile, answers), {})


def find_some(pack: Pack, facts: CheckupFacts, risks: frozenset[str], *, today: dt.date) -> tuple[Finding, ...]:
    """What `score` finds of these risks, for a fraction of its work; only `points` are no share of the whole."""
    compiled = _compiled(pack)
    some = [(one, compiled.applies[one.applies](facts)) for one in _those(pack.hash, risks)]
    rated = [_rate(one, facts, applies, None) for one, applies in some if applies is not False]
    return find(pack, compiled.scale, rated, facts, compiled.urgent, today)


@lru_cache(maxsize=8)
def _those(pack_hash: str, risks: frozenset[str]) -> tuple[_CompiledRisk, ...]:
    return tuple(one for one in _COMPILED[pack_hash].risks if one.risk.id in risks)


def _rate_all(compiled: _CompiledPack, facts: CheckupFacts, overruled: Mapping[str, float]) -> list[Rated]:
    truths = [applies(facts) for applies in compiled.applies]
    return [
        _rate(one, facts, applies, overruled.get(one.risk.id) if overruled else None)
        for one in compiled.risks
        if (applies := truths[one.applies]) is not False
    ]


def _rate(one: _CompiledRisk, facts: CheckupFacts, applies: Truth, overruled: float | None) -> Rated:
    """Walk the cases: true ends the walk, unknown is noted and the walk goes on, false is skipped."""
    if overruled is not None:
        value = units(overruled)
        return Rated(one.risk, one.weight, applies, value, value, value, None, one.questions)
    noted: list[int] = []
    for place, when, is_ in one.cases:
        truth = when(facts)
        if truth is True:
            if not noted:
                return Rated(one.risk, one.weight, applies, is_, is_, is_, place, one.questions)
            noted.append(is_)
            break
        if truth is None:
            noted.append(is_)
    else:
        value = one.otherwise
        if not noted:
            return Rated(one.risk, one.weight, applies, value, value, value, None, one.questions)
        if one.risk.table is None or facts.on_path(one.risk.table) is not True:
            noted.append(value)
    lo, hi = min(noted), max(noted)
    likelihood = (lo + hi) // 2 if one.if_unknown is None else min(max(one.if_unknown, lo), hi)
    return Rated(one.risk, one.weight, applies, lo, hi, likelihood, None, one.questions)


@dataclass(frozen=True)
class _Sums:
    """Σ w, and Σ w·L at the point and at both ends over what applies; and what may apply."""

    weight: int
    point: int
    low: int
    high: int
    possible: tuple[Rated, ...]

    @classmethod
    def of(cls, rated: Iterable[Rated]) -> "_Sums":
        weight = point = low = high = 0
        possible = []
        for one in rated:
            if one.applies is None:
                possible.append(one)
                continue
            own = one.weight
            weight += own
            point += own * one.likelihood
            low += own * one.hi
            high += own * one.lo
        return cls(weight, point, low, high, tuple(possible))

    @classmethod
    def whole(cls, parts: Collection["_Sums"]) -> "_Sums":
        return cls(
            sum(one.weight for one in parts),
            sum(one.point for one in parts),
            sum(one.low for one in parts),
            sum(one.high for one in parts),
            tuple(possible for one in parts for possible in one.possible),
        )

    @property
    def at_point(self) -> Harm:
        return Harm(self.weight, self.point)

    @property
    def lowest(self) -> Harm:
        """Everything at its highest, with each possible risk that makes it worse."""
        return worst(Harm(self.weight, self.low), [(one.weight, one.hi) for one in self.possible])

    @property
    def highest(self) -> Harm:
        """Everything at its lowest, with each possible risk that makes it better."""
        return best(Harm(self.weight, self.high), [(one.weight, one.lo) for one in self.possible])


def _answered(
    compiled: _CompiledPack, rated: Iterable[Rated], facts: CheckupFacts, *, express: bool
) -> tuple[int, int]:
    """The known weight, and the weight that this path can decide."""
    on_path = {name for name in compiled.hanging if facts.on_path(name) is True}
    decided = [
        named.is_any and (named.is_express or not express) and on_path.issuperset(named.hanging)
        for named in compiled.questions
    ]
    known = weight = 0
    for one in rated:
        if decided[one.questions]:
            weight += one.weight
            if one.applies and one.lo == one.hi:
                known += one.weight
    return known, weight


def _grade(pack: Pack, scale: Scale, harm: Harm, standing: Sequence[Standing]) -> tuple[str | None, HeldBy | None]:
    points = scale.grade(harm)
    return (None, None) if points is None else climb(pack.model, points, standing)


def _sums_by_domain(pack: Pack, rated: Iterable[Rated]) -> dict[str, _Sums]:
    by_domain: dict[str, list[Rated]] = {domain.id: [] for domain in pack.domains}
    for one in rated:
        by_domain[one.risk.domain].append(one)
    return {domain: _Sums.of(risks) for domain, risks in by_domain.items()}


def _domain(domain: str, scale: Scale, sums: _Sums, *, enough: bool) -> DomainScore:
    point = scale.score(sums.at_point) if enough else None
    return DomainScore(domain, point, scale.score(sums.lowest), scale.score(sums.highest))


def _light(findings: Iterable[Finding], *, enough: bool, worst: str | None) -> str:
    """Red and orange by what was found, red too where something urgent concerns her for certain and what she has done
    about it is not known yet. Without it grey where too little is known, yellow where what is still open could make the
    grade D or worse, and green only where nothing could."""
    seen = [one for one in findings if one.state in ("found", "unknown")]
    if any(one.urgent or (one.colour == "red" and one.state == "found") for one in seen):
        return "red"
    if any(one.colour == "orange" and one.state == "found" for one in seen):
        return "orange"
    if not enough:
        return "grey"
    return "yellow" if worst is not None and worst >= _HIDDEN else "green"
