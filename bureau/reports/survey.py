"""知晓率 and 首选率: two taps on the result page, kept without a name; told from ten answers on."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bureau.reports.measures import COUNT, Measure
from bureau.reports.survey_models import SurveyAnswer
from tenants.anonymity import LEAST_BEHIND
from tenants.errors import FieldFault, Invalid

# Question → its answers; the first is the one that the indicator counts.
QUESTIONS: Mapping[str, Sequence[str]] = {
    "known": ("yes", "no"),
    "first": ("here", "lawyer", "internet", "friend", "nobody"),
}


def answer_survey(session: Session, *, firm_id: uuid.UUID, answers: Mapping[str, str], today: dt.date) -> int:
    """Keep the answers given; returns how many. Raises: Invalid `unknown_option`."""
    given = {question: answers[question] for question in QUESTIONS if answers.get(question)}
    faults = [FieldFault(q, "unknown_option") for q, answer in given.items() if answer not in QUESTIONS[q]]
    if faults:
        raise Invalid(tuple(faults))
    session.add_all(
        SurveyAnswer(firm_id=firm_id, question=question, answer=answer, day=today) for question, answer in given.items()
    )
    session.flush()
    return len(given)


def count_answers(session: Session, *, first: dt.date, after: dt.date) -> Counter[tuple[str, str]]:
    """(question, answer) → how often, between two days, as far as the scope sees."""
    query = (
        select(SurveyAnswer.question, SurveyAnswer.answer, func.count())
        .where(SurveyAnswer.day >= first, SurveyAnswer.day < after)
        .group_by(SurveyAnswer.question, SurveyAnswer.answer)
    )
    return Counter({(question, answer): count for question, answer, count in session.execute(query).tuples()})


def survey_measures(counts: Mapping[tuple[str, str], int], source: str) -> list[Measure]:
    """`known_yes`, `known_all`, `first_here`, `first_all`; withheld while a group is smaller than ten answers."""
    measures = []
    for question, answers in QUESTIONS.items():
        everyone = sum(counts.get((question, answer), 0) for answer in answers)
        counted = counts.get((question, answers[0]), 0)
        is_hidden = any(0 < group < LEAST_BEHIND for group in (everyone, counted, everyone - counted))
        for name, value in ((answers[0], counted), ("all", everyone)):
            told = Measure(f"{question}_{name}", float(value), COUNT, f"survey {source}: {question}")
            measures.append(withhold(told, value) if is_hidden else told)
    return measures


def withhold(told: Measure, count: int) -> Measure:
    """The measure without its number; it says that it is below ten where it is, and nothing more elsewhere."""
    return replace(told, value=None, is_withheld=True, is_small=0 < count < LEAST_BEHIND)
