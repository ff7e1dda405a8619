"""Where an opened checkup goes on, whoever types its answers: its path, and what must be told of the business first."""

from checkup.cases.checkups import OpenCheckup
from checkup.owner.asking import FIRST, due_before
from checkup.packs.values import Question
from checkup.scoring.routing import Walk, walk

SHOP = "shop"


def walk_of(opened: OpenCheckup) -> Walk:
    """The path as its answers leave it, express or deep."""
    row = opened.row
    return walk(opened.pack, opened.profile, opened.answers, express=row.is_express, focus=row.focus)


def page_before(opened: OpenCheckup, question: Question | None) -> str | None:
    """What of the business is asked before the question: `SHOP`, or a field of money; None where it can come."""
    due = due_before(opened.pack, opened.told, question, express=opened.row.is_express)
    if not due:
        return None
    return SHOP if set(due) & set(FIRST) else due[0]
