"""The frozen values of a pack: Domain → Question → Option, and Risk. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from checkup.packs.conditions import Condition

Text = Mapping[str, str]
Kind = Literal["choice", "many", "yes_no", "number", "date"]
GRADES = ("A", "B", "C", "D", "E")


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder: with `count` or more risks of these severities that are at least so likely, the grade
    is no better than `at_most`."""

    id: str
    at_most: str
    severities: tuple[int, ...]
    count: int
    likelihood: float = 0.5


@dataclass(frozen=True)
class Model:
    """The numbers by which a pack scores. `stretch`: points that each percent of what could go wrong costs;
    `finding_from`: what is less likely is a hint; `enough_from`: with less of the weight known there is no grade."""

    number: int
    stretch: int
    ladder: tuple[Rung, ...]
    finding_from: float
    enough_from: float


MODEL_1 = Model(1, 1, (Rung("one-grave", "C", (4,), 1), Rung("one-ruinous", "D", (5,), 1)), 0.0, 0.0)


@dataclass(frozen=True)
class ProfileField:
    """A fact about the business that conditions may name as `profile.<id>`."""

    id: str
    kind: Literal["choice", "number"]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """`absent`: the options of the same list whose things do not exist in a business that chooses this one."""

    id: str
    text: Text
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One screen. `ask` says when it is on the path; `unit` is set for numbers only; `replaces` names the questions
    of earlier versions whose answers it takes over."""

    id: str
    domain: str
    text: Text
    why: Text
    example: Text
    kind: Kind
    options: tuple[Option, ...]
    unit: Text | None
    minimum: float | None
    maximum: float | None
    express: bool
    ask: Condition
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """What a finding says in the place of its risk's own words; what is None stays as it is."""

    title: Text | None = None
    consequence: Text | None = None
    remedy: Text | None = None


@dataclass(frozen=True)
class Level:
    """The words for a likelihood below this."""

    below: float
    words: Words


@dataclass(frozen=True)
class Case:
    """When the condition holds, the likelihood is `is_`, told in `words`."""

    when: Condition
    is_: float
    words: Words | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Basis:
    """A law, its articles and the date its cited version took effect."""

    law: str
    articles: tuple[str, ...]
    version_on: dt.date


@dataclass(frozen=True)
class Clock:
    """A legal time limit that runs from the date a question asks for."""

    question: str
    amount: int
    unit: Literal["days", "months", "years"]
    calendar: Literal["natural", "working"]


@dataclass(frozen=True)
class LegalDay:
    """A day that the law itself names, the same for everybody."""

    on: dt.date


@dataclass(frozen=True)
class Variant:
    """From this day on, what it names takes the place of the risk's own."""

    from_: dt.date
    title: Text | None = None
    basis: tuple[Basis, ...] | None = None
    consequence: Text | None = None
    remedy: Text | None = None
    clock: Clock | LegalDay | None = None
    levels: tuple[Level, ...] | None = None


@dataclass(frozen=True)
class Risk:
    """What the pack can detect. Severity 1–5; likelihood cases in [0, 1], walked in order.

    `table` names the question whose every option the cases speak of (the short form); `exists` is the author's claim
    of what shows that the thing is there, which lint proves; `levels` are the words for lower likelihoods. `beside`
    names the risks that rest on the same harm and are counted beside this one on purpose.
    """

    id: str
    domain: str
    title: Text
    severity: int
    severity_why: Text
    applies: Condition
    cases: tuple[Case, ...]
    otherwise: float
    if_unknown: float | None
    basis: tuple[Basis, ...]
    consequence: Text
    remedy: Text
    effort: int
    provider: str
    clock: Clock | LegalDay | None
    urgent: Condition
    beside: tuple[str, ...] = ()
    table: str | None = None
    exists: Condition | None = None
    levels: tuple[Level, ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def has_fixed_day(self) -> bool:
        """Whether the law itself names the day: no holiday moves it."""
        return isinstance(self.clock, LegalDay)

    @property
    def weight(self) -> int:
        """2^(severity − 1): 1, 2, 4, 8, 16."""
        return 1 << (self.severity - 1)

    def on(self, day: dt.date) -> "Risk":
        """The risk with the law and the words of this day."""
        return next((risk for begins, risk in self._editions if begins <= day), self)

    @cached_property
    def _editions(self) -> tuple[tuple[dt.date, "Risk"], ...]:
        """The risk from each of its dates on, the latest first."""
        current, editions = replace(self, variants=()), list[tuple[dt.date, Risk]]()
        for variant in sorted(self.variants, key=lambda v: v.from_):
            given = {name: value for name, value in vars(variant).items() if name != "from_" and value is not None}
            current = replace(current, **given)
            editions.append((variant.from_, current))
        return tuple(reversed(editions))

    def worded(self, likelihood: float, case: int | None = None) -> "Risk":
        """The risk in the words for this answer: those of the case that held, else those of the likelihood."""
        own = self.cases[case].words if case is not None and case < len(self.cases) else None
        own = own or next((level.words for level in self.levels if likelihood < level.below), None)
        if own is None:
            return self
        return replace(
            self,
            title=own.title or self.title,
            consequence=own.consequence or self.consequence,
            remedy=own.remedy or self.remedy,
        )


@dataclass(frozen=True)
class Opportunity:
    """A right the business may use; told in the report, never scored."""

    id: str
    domain: str
    title: Text
    when: Condition
    basis: tuple[Basis, ...]
    text: Text
    step: Text


@dataclass(frozen=True)
class Law:
    """A law as the pack cites it: in force from `from_` to `until`, after which `successor` takes its place."""

    title: Text
    from_: dt.date | None = None
    until: dt.date | None = None
    successor: Text | None = None


@dataclass(frozen=True)
class Domain:
    id: str
    name: Text
    questions: tuple[Question, ...]
    risks: tuple[Risk, ...]
    opportunities: tuple[Opportunity, ...] = ()


@dataclass(frozen=True)
class Pack:
    """A questionnaire with its risks, identified by id, version and content hash."""

    id: str
    version: str
    hash: str
    jurisdiction: str
    effective_on: dt.date
    title: Text
    profile: tuple[ProfileField, ...]
    grades: Mapping[str, float]
    domains: tuple[Domain, ...]
    laws: Mapping[str, Law]
    model: Model = MODEL_1

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for domain in self.domains for q in domain.questions)

    @cached_property
    def risks(self) -> tuple[Risk, ...]:
        return tuple(r for domain in self.domains for r in domain.risks)

    @cached_property
    def opportunities(self) -> tuple[Opportunity, ...]:
        return tuple(o for domain in self.domains for o in domain.opportunities)

    @cached_property
    def _question_by_id(self) -> dict[str, Question]:
        return {q.id: q for q in self.questions}

    @cached_property
    def _risk_by_id(self) -> dict[str, Risk]:
        return {r.id: r for r in self.risks}

    @cached_property
    def _opportunity_by_id(self) -> dict[str, Opportunity]:
        return {o.id: o for o in self.opportunities}

    def question(self, question_id: str) -> Question:
        """Raises: KeyError."""
        return self._question_by_id[question_id]

    def risk(self, risk_id: str) -> Risk:
        """Raises: KeyError."""
        return self._risk_by_id[risk_id]

    def opportunity(self, opportunity_id: str) -> Opportunity:
        """Raises: KeyError."""
        return self._opportunity_by_id[opportunity_id]

    def domain(self, domain_id: str) -> Domain:
        """Raises: KeyError."""
        return next(d for d in self.domains if d.id == domain_id)
