"""Where an opened checkup goes on, whoever types its answers: its path, and what must be told of the business first."""

from collections.abc import Sequence
from dataclasses import dataclass

from checkup.cases.asking import FIRST, due_before
from checkup.cases.checkups import OpenCheckup
from checkup.packs.values import Domain, Question
from checkup.scoring.routing import Walk, minutes_left, screen_of, walk
from tenants.bands import BANDED

SHOP = "shop"
# What is asked of the business, page by page: field after field.
PAGES = {SHOP: FIRST, **{field: (field,) for field in BANDED if field not in FIRST}}


def walk_of(opened: OpenCheckup) -> Walk:
    """The path as its answers leave it, express or deep."""
    row = opened.row
    return walk(opened.pack, opened.profile, opened.answers, express=row.is_express, focus=row.focus)


@dataclass(frozen=True)
class Screen:
    """The questions that stand together, how far she is, and what comes before and after."""

    questions: Sequence[Question]
    domain: Domain
    before: Question | None
    after: Question | None
    done: int
    total: int
    minutes: int


def screen_at(opened: OpenCheckup, walked: Walk, question_id: str) -> Screen | None:
    """The screen of a question; None where it is not on the path that is walked."""
    if walked.find(question_id) is None:
        return None
    questions, left = screen_of(walked.questions, question_id, express=opened.row.is_express), walked.count_open()
    return Screen(
        questions,
        opened.pack.domain(questions[0].domain),
        walked.before(questions[0].id),
        walked.after(questions[-1].id),
        len(walked.questions) - left,
        len(walked.questions),
        minutes_left(left),
    )


def page_before(opened: OpenCheckup, question: Question | None) -> str | None:
    """What of the business is asked before the question: `SHOP`, or a field of money; None where it can come."""
    due = due_before(opened.pack, opened.told, question, express=opened.row.is_express)
    if not due:
        return None
    return SHOP if set(due) & set(FIRST) else due[0]
