"""A hardship policy as values: who may ask, on which grounds, with which proof, for which relief, within which means.

Pure. `billing/hardship/policy_reader.py` makes one from a document and names everything that is wrong with it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from billing.books.terms import Relief, Terms, months_later
from checkup.packs.conditions import Compare, Condition, compares

Text = dict[str, str]


@dataclass(frozen=True)
class Rule:
    """One criterion. `gate`: everybody must pass it. `ground`: one is enough. `passport`: a ground that a certificate
    already proved, so nothing more is asked. `near`: where a person will look instead of a flat no.
    """

    id: str
    kind: str
    name: Text
    when: Condition
    near: Condition | None
    holds: Text
    fails: Text
    nearly: Text
    evidence: tuple[str, ...]
    takes_declaration: bool
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """One relief that may be granted where `when` holds. Cap in fen; `percent` for reduce only."""

    id: str
    name: Text
    when: Condition
    relief: Relief
    fee_kinds: tuple[str, ...]
    valid_months: int
    cap_minor: int
    percent: int = 0
    months: int = 0
    instalments: int = 0

    def terms(self, first_day: dt.date, cap_minor: int | None = None) -> Terms:
        """The terms if granted on this day; an officer may lower the cap."""
        return Terms(
            relief=self.relief,
            fee_kinds=frozenset(self.fee_kinds),
            valid_from=first_day,
            valid_until=months_later(first_day, self.valid_months) - dt.timedelta(days=1),
            basis_points=self.percent * 100,
            months=self.months,
            instalments=self.instalments,
            cap_minor=self.cap_minor if cap_minor is None else min(cap_minor, self.cap_minor),
        )


@dataclass(frozen=True)
class DecisionClock:
    """Days for the decision and, after it, for the certificate; the firm recommends within `recommend_days`.

    An owner may appeal within `appeal_within_days` of a refusal; another person decides within `appeal_days`.
    """

    days: int
    calendar: str
    then_days: int
    recommend_days: int
    appeal_within_days: int
    appeal_days: int


@dataclass(frozen=True)
class Policy:
    """One version of one bureau's policy, in force from `effective_from` to `effective_until` (both included).

    `budget`: fen a calendar year, for what is let off (`waive`) and for what is put off (`defer`).
    """

    id: str
    version: str
    title: Text
    effective_from: dt.date
    effective_until: dt.date | None
    sources: tuple[Text, ...]
    clock: DecisionClock
    spot_check_percent: int
    budget_waive_minor: int
    budget_defer_minor: int
    resets_most: int
    resets_months: int
    rules: tuple[Rule, ...]
    outcomes: tuple[Outcome, ...]
    elsewhere: dict[str, Text]

    @property
    def grounds(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.kind != "gate")

    def rule(self, rule_id: str) -> Rule:
        """Raises: KeyError."""
        return {rule.id: rule for rule in self.rules}[rule_id]

    def outcome(self, outcome_id: str) -> Outcome:
        """Raises: KeyError."""
        return {one.id: one for one in self.outcomes}[outcome_id]

    def thresholds(self, fact: str) -> tuple[float, ...]:
        """Where the policy draws lines through a number, rising: the bands in which it need be asked."""
        found = {
            float(compare.operand)
            for compare in self._compares()
            if compare.ref == fact and isinstance(compare.operand, int | float)
        }
        return tuple(sorted(found - {0.0}))

    def words(self, fact: str) -> tuple[str, ...]:
        """The values of a choice that the policy names."""
        operands = [compare.operand for compare in self._compares() if compare.ref == fact]
        words = [word for one in operands for word in (one if isinstance(one, tuple) else (one,))]
        return tuple(dict.fromkeys(map(str, words)))

    def _compares(self) -> Iterable[Compare]:
        for rule in self.rules:
            yield from compares(rule.when)
            if rule.near is not None:
                yield from compares(rule.near)
        for outcome in self.outcomes:
            yield from compares(outcome.when)
