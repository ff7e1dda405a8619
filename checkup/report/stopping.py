"""What an answer shows that cannot wait for the last question: a hearing, a freeze, a limit about to end. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from checkup.packs.answers import Answers, Value
from checkup.packs.conditions import ALWAYS, Closure, compile_condition, refs
from checkup.packs.values import Clock, Pack, Risk
from checkup.report.frightening import is_frightening
from checkup.scoring.model import find_some, named_questions, score
from checkup.scoring.routing import CheckupFacts
from checkup.scoring.values import Finding

_GRAVE, _LAWYER = 4, "lawyer"
_CERTAIN_TO_CONCERN_HER = ("found", "unknown")
_Asked = tuple[Closure, tuple[str, ...]]
_DECIDING: dict[str, dict[str, list[_Asked]]] = {}
_STOPPING: dict[str, frozenset[str]] = {}


def stops_after(
    pack: Pack, profile: Mapping[str, Value], answers: Answers, question: str, *, today: dt.date, express: bool
) -> list[Finding]:
    """What cannot wait now that this question is answered, and did not show without it; in the order of the report."""
    facts = CheckupFacts(pack, profile, answers)
    if not _may_stop(pack, facts, question):  # nearly always: nothing is scored
        return []
    shown = _find_stopping(pack, facts, answers, today=today, express=express)
    if not shown:
        return []
    before = {name: value for name, value in answers.items() if name != question}
    anew = shown - _find_stopping(pack, CheckupFacts(pack, profile, before), before, today=today, express=express)
    if not anew:
        return []
    return [one for one in stops(pack, profile, answers, today=today, express=express) if one.risk in anew]


def stops(
    pack: Pack, profile: Mapping[str, Value], answers: Answers, *, today: dt.date, express: bool
) -> list[Finding]:
    """What is urgent, and the law has set a day or a lawyer must see to it; and what may be a crime.

    What she mends herself (a blocked exit) stands in the result with the rest: a stop for each would only frighten.
    Nothing is shown while a question that bears on it is still to come: the day it counts from, what she has done.
    """
    facts = CheckupFacts(pack, profile, answers)
    names = _find_stopping(pack, facts, answers, today=today, express=express)
    return [one for one in score(pack, profile, answers, today=today).findings if one.risk in names] if names else []


def _find_stopping(
    pack: Pack, facts: CheckupFacts, answers: Answers, *, today: dt.date, express: bool
) -> frozenset[str]:
    """The risks that stop her; the others are not looked at."""
    to_come = {one.id for one in facts.list_questions(express=express) if one.id not in answers}
    found = find_some(pack, facts, _stopping(pack), today=today)
    return frozenset(one.risk for one in found if _is_stop(one, pack.risk(one.risk).on(today), to_come))


def _is_stop(finding: Finding, risk: Risk, to_come: Set[str]) -> bool:
    if finding.state not in _CERTAIN_TO_CONCERN_HER or not to_come.isdisjoint((*named_questions(risk), *_days(risk))):
        return False
    is_for_a_lawyer = finding.severity >= _GRAVE and risk.provider == _LAWYER
    if finding.urgent:
        return finding.due is not None or is_for_a_lawyer
    return finding.state == "found" and is_for_a_lawyer and _is_crime(risk)  # of what she does not know, no such word


def _is_crime(risk: Risk) -> bool:
    """Whether its text tells her of prison: there a person stands beside it before she reads on."""
    return is_frightening(risk.consequence["zh-Hans"])


def _days(risk: Risk) -> tuple[str, ...]:
    """The questions for the days from which the law counts, now or from a later date on."""
    clocks = (risk.clock, *(variant.clock for variant in risk.variants))
    return tuple(clock.question for clock in clocks if isinstance(clock, Clock))


def _may_stop(pack: Pack, facts: CheckupFacts, question: str) -> bool:
    """Whether a risk that this answer bears on is urgent by its own words, a crime, or has a day to count from."""
    asked = _deciding(pack).get(question, ())
    return any(
        is_urgent(facts) is True or any(facts.value(day) is not None for day in days) for is_urgent, days in asked
    )


def _stopping(pack: Pack) -> frozenset[str]:
    """The risks that can stop an owner at all: urgent by their own words, with a day, or a crime."""
    if pack.hash not in _STOPPING:
        able = (risk.id for risk in pack.risks if tuple(refs(risk.urgent)) or _has_day(risk) or _is_crime(risk))
        _STOPPING[pack.hash] = frozenset(able)
    return _STOPPING[pack.hash]


def _has_day(risk: Risk) -> bool:
    return any(clock is not None for clock in (risk.clock, *(variant.clock for variant in risk.variants)))


def _deciding(pack: Pack) -> Mapping[str, Sequence[_Asked]]:
    """Per question the risks whose stop its answer can complete."""
    if pack.hash not in _DECIDING:
        found = _DECIDING[pack.hash] = defaultdict(list)
        for risk in pack.risks:
            if tuple(refs(risk.urgent)) or _days(risk) or _is_crime(risk):
                one = compile_condition(ALWAYS if _is_crime(risk) else risk.urgent), _days(risk)
                for question in {*refs(risk.urgent), *named_questions(risk), *_days(risk)}:
                    found[question].append(one)
    return _DECIDING[pack.hash]
