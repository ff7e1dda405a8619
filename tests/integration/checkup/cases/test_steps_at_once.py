"""Two steps of one case at the same moment: the second sees what the first made of it."""

import pytest

from checkup.cases.checkups import get_checkup_row, save_answer, submit_checkup
from checkup.cases.models import CheckupEvent
from checkup.owner.erasure import erase_checkup
from demo.cases import clear
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import unit_of_work
from tenants.errors import Conflict
from tests import waiting
from tests.factories import lawyer_scope, make_case, owner_scope, worker_scope


@pytest.fixture
def beside(settings):
    with waiting.beside(settings) as start:
        yield start


def answer(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        save_answer(
            session, checkup_id=case.checkup_id, question_id="con.written", raw="unsure", by="owner", via="web",
            keys=settings.keyring(), now=now(),
        )  # fmt: skip


def submit(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        submit_checkup(session, checkup_id=case.checkup_id, keys=settings.keyring(), now=now())


def erase(case):
    with unit_of_work(owner_scope(case)) as session:
        by = Actor(case.owner_id, "店主本人")
        erase_checkup(session, checkup_id=case.checkup_id, asked_by="owner", by=by, now=now())


def state_of(case):
    with unit_of_work(worker_scope(case)) as session:
        return get_checkup_row(session, case.checkup_id).state


def moves_of(case):
    with unit_of_work(worker_scope(case)) as session:
        rows = session.query(CheckupEvent).filter_by(checkup_id=case.checkup_id).order_by(CheckupEvent.at)
        return [(row.was, row.became) for row in rows]


def test_an_answer_that_waits_for_a_lawyers_taking_does_not_take_the_case_back(settings, beside):
    case = make_case(settings, "submitted", seed=31)
    lawyer = make_case(settings, "in_review", seed=32).lawyer_id
    with unit_of_work(lawyer_scope(case)) as session:
        clear(session, checkup_id=case.checkup_id, person_id=lawyer, takes_case=True, keys=settings.keyring(), at=now())
        answering = beside(lambda: answer(settings, case))
    with pytest.raises(Conflict, match="not_now"):
        answering.result()
    assert state_of(case) == "in_review"


def test_a_checkup_that_is_handed_in_twice_at_once_is_handed_in_once(settings, beside):
    case = make_case(settings, "answering", seed=33)
    with unit_of_work(owner_scope(case)) as session:
        submit_checkup(session, checkup_id=case.checkup_id, keys=settings.keyring(), now=now())
        again = beside(lambda: submit(settings, case))
    again.result()
    assert moves_of(case).count(("answering", "submitted")) == 1


def test_a_case_that_is_erased_twice_at_once_has_one_receipt(settings, beside):
    case = make_case(settings, "submitted", seed=34)
    with unit_of_work(owner_scope(case)) as session:
        by = Actor(case.owner_id, "店主本人")
        erase_checkup(session, checkup_id=case.checkup_id, asked_by="owner", by=by, now=now())
        again = beside(lambda: erase(case))
    with pytest.raises(Conflict, match="not_now"):
        again.result()
    assert [became for _, became in moves_of(case)].count("erased") == 1
