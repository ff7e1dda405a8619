"""Goals of a year: what may be set, and how far one is."""

import datetime as dt

import pytest

from bureau.dashboard.goal_rules import Standing, check_goal, share_of_year
from tenants.errors import Invalid

SUBJECTS = {"district": frozenset({"310113"}), "firm": frozenset({"f1"})}
GOOD = {"year": "2026", "kind": "hours", "subject": "firm:f1", "value": "500"}


def faults_of(**changed):
    with pytest.raises(Invalid) as refused:
        check_goal(GOOD | changed, SUBJECTS, this_year=2026)
    return {(one.field, one.code) for one in refused.value.faults}


def test_a_goal_names_its_year_its_kind_and_its_subject():
    found = check_goal(GOOD, SUBJECTS, this_year=2026)
    assert (found.year, found.kind, found.subject_kind, found.subject, found.value) == (
        2026,
        "hours",
        "firm",
        "f1",
        500,
    )


def test_every_fault_is_told_at_once():
    faults = faults_of(year="2025", kind="x", subject="firm:elsewhere", value="0")
    assert {field for field, _ in faults} == {"year", "kind", "subject", "value"}


@pytest.mark.parametrize("value", ["", "-1", "1.5", "十", "9" * 30, "1e3"])
def test_a_goal_is_a_whole_number(value):
    assert faults_of(value=value) == {("value", "not_between")}


def test_published_businesses_are_not_counted_for_a_firm():
    assert faults_of(kind="reached") == {("subject", "not_counted_for")}


@pytest.mark.parametrize(
    ("day", "share"), [((2025, 12, 31), 0), ((2026, 7, 2), 183 / 365), ((2026, 12, 31), 1), ((2027, 5, 1), 1)]
)
def test_the_share_of_the_year_that_has_passed(day, share):
    assert share_of_year(2026, dt.date(*day)) == pytest.approx(share)


def test_a_goal_is_behind_when_less_is_done_than_the_year_has_passed():
    assert Standing(100, 49.0, 0.5).is_behind
    assert not Standing(100, 50.0, 0.5).is_behind


def test_what_is_withheld_is_neither_behind_nor_a_percentage():
    standing = Standing(100, None, 0.5)
    assert (standing.percent, standing.is_behind) == (None, False)
