"""A lesson is answered by the owner and given by her lawyer, who reads of it only in her own case."""

import re

import pytest
from sqlalchemy import text

from checkup.cases.checkups import get_checkup_row
from checkup.lessons.taking import do_lesson, give_lesson, lessons_of, list_taken
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import unit_of_work
from tenants.errors import Conflict, NotFound
from tests.erased import erase_in_full, finish
from tests.factories import find_no_conflict, lawyer_scope, make_case, owner_scope
from tests.visits import be_owner

LESSON = "written-deals"


@pytest.fixture
def case(settings):
    return make_case(settings)


def give(case, lesson=LESSON):
    with unit_of_work(lawyer_scope(case)) as work:
        give_lesson(work, checkup_id=case.checkup_id, lesson_id=lesson, by=Actor(case.lawyer_id, "陈律师"), now=now())


def told(case):
    with unit_of_work(owner_scope(case)) as work:
        query = text("SELECT count(*) FROM message WHERE template = 'lesson_given' AND owner_id = :id")
        return work.scalar(query, {"id": case.owner_id})


def test_answers_are_explained_and_the_next_lesson_is_offered(app, case):
    client = be_owner(app, case)
    page = client.get(f"/checkup/{case.checkup_id}/lessons/{LESSON}").text
    assert page.count('type="radio"') == 6
    answer = client.post(f"/checkup/{case.checkup_id}/lessons/{LESSON}", data={"q1": "no", "q2": "no", "q3": "yes"})
    assert "3题对了2题" in answer.text
    assert answer.text.count("您答对了") == 2
    assert answer.text.count("您答错了") == 1
    with unit_of_work(owner_scope(case)) as work:
        taken = list_taken(work, case.checkup_id)[LESSON]
        assert (taken.answered_right, taken.given_at) == (2, None)


def test_a_question_left_open_is_asked_again_and_nothing_is_kept(app, case):
    answer = be_owner(app, case).post(f"/checkup/{case.checkup_id}/lessons/{LESSON}", data={"q1": "no"})
    assert answer.status_code == 422
    with unit_of_work(owner_scope(case)) as work:
        assert list_taken(work, case.checkup_id) == {}


def test_an_unknown_lesson_is_nowhere(app, case):
    assert be_owner(app, case).get(f"/checkup/{case.checkup_id}/lessons/dragons").status_code == 404


def test_the_result_shows_one_card_and_the_list_three(app, case):
    client = be_owner(app, case)
    result = client.get(f"/checkup/{case.checkup_id}/result").text
    assert len(re.findall(r'class="card lesson-card"', result)) == 1
    listed = client.get(f"/checkup/{case.checkup_id}/lessons").text
    assert 1 <= len(re.findall(r'class="card lesson-card"', listed)) <= 3


def test_a_given_lesson_comes_first_and_the_owner_is_told_once(settings, case):
    find_no_conflict(settings, case, case.lawyer_id)
    give(case, "price-tags")
    give(case, "price-tags")
    assert told(case) == 1
    with unit_of_work(owner_scope(case)) as work:
        assert lessons_of(work, get_checkup_row(work, case.checkup_id), now=now()).next.id == "price-tags"


def test_without_a_conflict_check_nothing_is_given(case):
    with pytest.raises(Exception, match="row-level security"):
        give(case)


def test_before_there_is_a_result_there_is_nothing_to_learn_from(settings):
    begun = make_case(settings, "answering")
    with unit_of_work(owner_scope(begun)) as work, pytest.raises(Conflict, match="not_now"):
        do_lesson(work, checkup_id=begun.checkup_id, lesson_id=LESSON, answers=[True] * 3, now=now())


def test_an_erased_case_keeps_no_lesson(settings, case, admin_rows):
    with unit_of_work(owner_scope(case)) as work:
        do_lesson(work, checkup_id=case.checkup_id, lesson_id=LESSON, answers=[True] * 3, now=now())
    erase_in_full(case)
    finish(settings, case)
    query = "SELECT count(*) AS many FROM lesson_taken WHERE checkup_id = :id"
    assert admin_rows(query, id=case.checkup_id)[0].many == 0


def test_nobody_elses_case_takes_a_lesson(settings, case):
    other = make_case(settings)
    with unit_of_work(owner_scope(other)) as work, pytest.raises(NotFound):
        do_lesson(work, checkup_id=case.checkup_id, lesson_id=LESSON, answers=[True] * 3, now=now())


def test_the_routes_of_a_dispute_begin_with_the_limit_then_mediation(app, case):
    page = be_owner(app, case).get(f"/checkup/{case.checkup_id}/ways/debt").text
    places = [page.index(words) for words in ("先看时间", "先试：找人调解", "别的路", "向法院申请支付令")]
    assert places == sorted(places)


def test_an_unknown_dispute_is_nowhere(app, case):
    assert be_owner(app, case).get(f"/checkup/{case.checkup_id}/ways/dragons").status_code == 404
