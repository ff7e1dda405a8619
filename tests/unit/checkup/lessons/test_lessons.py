"""Lessons are short, plain, tied to risks and to their law by date; what weighs most comes first."""

import datetime as dt
from dataclasses import replace

import pytest

from checkup.lessons.choosing import FIRST, choose_lessons
from checkup.lessons.linting import find_faults
from checkup.lessons.loading import list_lessons
from checkup.packs.catalogue import PACK, get_pack

LESSONS, SHOWN = list_lessons(PACK), get_pack(PACK)
DAY = dt.date(2026, 11, 29)
NAMED = {lesson.id: lesson for lesson in LESSONS}


def chosen(found, given=(), done=(), day=DAY):
    return choose_lessons(LESSONS, SHOWN, found=found, given=given, done=done, day=day)


def ids(lessons):
    return [lesson.id for lesson in lessons]


def test_there_are_sixty_and_more_without_a_fault():
    assert find_faults(LESSONS, SHOWN) == []
    assert len(LESSONS) >= 60


def test_every_area_of_law_has_a_lesson():
    assert {lesson.domain for lesson in LESSONS} == {domain.id for domain in SHOWN.domains}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"risks": ("con.unknown",)}, "no risk con.unknown"),
        ({"basis": {"civil-code": ("1",)}}, "none of its risks rests on civil-code 1"),
        ({"figure": "dragon"}, "no drawing dragon"),
        ({"text": ()}, "0 sentences"),
        ({"title": {"zh-Hans": "用人单位应当签", "en": "Sign"}}, "words of a statute"),
        ({"title": {"zh-Hans": "签", "en": "The parties shall sign"}}, "words of a statute: shall"),
        ({"title": {"zh-Hans": "长" * 41, "en": "Long"}}, "too long"),
        ({"title": {"zh-Hans": "短", "en": ""}}, "nothing said"),
    ],
)
def test_lint_names_what_is_wrong(change, fault):
    assert any(fault in told for told in find_faults([replace(NAMED["written-deals"], **change)], SHOWN))


def test_two_lessons_of_one_name_are_a_fault():
    assert find_faults([LESSONS[0], LESSONS[0]], SHOWN) == [f"{LESSONS[0].id}: there are two"]


def test_the_lesson_on_the_weightiest_finding_comes_first_and_three_at_a_time():
    made = chosen(["saf.gas-alarm", "emp.no-contract", "con.unwritten", "rec.old-debt", "tax.no-books"])
    assert ids(made.first) == ["gas-alarm", "contract-first-month", "written-deals"]
    assert len(made.first) == FIRST
    assert ids(made.more) == ["three-years", "book-income"]


def test_what_a_lawyer_gave_goes_before_what_was_found_and_what_is_done_goes_last():
    made = chosen(["saf.gas-alarm", "emp.no-contract"], given={"price-tags"}, done={"gas-alarm"})
    assert ids(made.first) == ["price-tags", "contract-first-month"]
    assert ids(made.done) == ["gas-alarm"]


def test_without_a_finding_there_is_no_lesson():
    assert chosen([]).next is None


def test_a_lesson_cites_the_law_of_the_day():
    lesson = NAMED["register-mark"]
    assert [basis.law for basis in lesson.basis_on(SHOWN, DAY)] == ["trademark-law"]
    assert [basis.law for basis in lesson.basis_on(SHOWN, dt.date(2027, 1, 2))] == ["trademark-law-2026"]


def test_a_lesson_without_law_in_force_is_not_shown():
    stale = replace(NAMED["written-deals"], basis={"trademark-law-2026": ("24",)})
    assert choose_lessons([stale], SHOWN, found=["con.unwritten"], given=(), done=(), day=DAY).next is None


def test_right_answers_are_counted():
    lesson = NAMED["written-deals"]
    right = [one.right for one in lesson.questions]
    assert lesson.count_right(right) == 3
    assert lesson.count_right([not one for one in right]) == 0
