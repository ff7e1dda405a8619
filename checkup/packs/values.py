"""The frozen values of a pack: Domain → Question → Option, and Risk. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from checkup.packs.conditions import Condition

Text = Mapping[str, str]
Kind = Literal["choice", "many", "yes_no", "number", "date"]
GRADES = ("A", "B", "C", "D", "E")


@dataclass(frozen=True)
class ProfileField:
    """A fact about the business that conditions may name as `profile.<id>`."""

    id: str
    kind: Literal["choice", "number"]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    id: str
    text: Text


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
class Case:
    """When the condition holds, the likelihood is `is_`."""

    when: Condition
    is_: float


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
class Risk:
    """What the pack can detect. Severity 1–5; likelihood cases in [0, 1], walked in order.

    `beside` names the risks that rest on the same harm and are counted beside this one on purpose.
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
    clock: Clock | None
    urgent: Condition
    beside: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """2^(severity − 1): 1, 2, 4, 8, 16."""
        return 1 << (self.severity - 1)


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
    """A law as the pack cites it. After `until` its text is no longer in force; `successor` takes its place."""

    title: Text
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
