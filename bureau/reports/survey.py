"""知晓率 and 首选率: two taps on the result page, kept without a name; told by releases, as other numbers are."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bureau.reports.survey_models import SurveyAnswer
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


def count_answers(session: Session, *, first: dt.date, after: dt.date) -> Counter[tuple[str, str, str]]:
    """(firm, question, answer) → how often, between two days; under Scope(WORKER), which alone reads them."""
    query = (
        select(SurveyAnswer.firm_id, SurveyAnswer.question, SurveyAnswer.answer, func.count())
        .where(SurveyAnswer.day >= first, SurveyAnswer.day < after)
        .group_by(SurveyAnswer.firm_id, SurveyAnswer.question, SurveyAnswer.answer)
    )
    return Counter({(str(firm), question, answer): n for firm, question, answer, n in session.execute(query).tuples()})
