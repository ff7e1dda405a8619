"""The light of an area, how it moved, and what nobody asked about."""

import datetime as dt

import pytest

from checkup.packs.answers import UNSURE
from checkup.report.areas import Earlier, Found, count_asked, light_of, make_areas
from checkup.report.values import Area
from checkup.scoring.model import score
from tests.reports import SHIPPED, golden_report

TODAY = dt.date(2026, 11, 24)
PROFILE = {"form": "individual", "trade": "catering", "staff": 6.0, "size": "micro", "district": "310113"}


@pytest.mark.parametrize(
    ("found", "light"),
    [
        ([("emp", "yellow", False), ("emp", "red", False)], "red"),
        ([("emp", "yellow", True)], "red"),
        ([("emp", "orange", False)], "orange"),
        ([("emp", "yellow", False)], "yellow"),
        ([("tax", "red", True)], "green"),
    ],
)
def test_the_light_of_an_area_is_that_of_the_gravest_thing_in_it(found, light):
    assert light_of("emp", [Found(*one) for one in found], ()) == light


def test_an_area_without_findings_is_not_green_while_something_in_it_is_open():
    assert light_of("emp", [], {"emp"}) == "grey"


def area(light, was):
    return Area("emp", "用工", light, was, 3, 3, 0.0, 50.0, 50.0, 50.0)


@pytest.mark.parametrize(
    ("was", "light", "moved"),
    [
        ("red", "green", "better"), ("yellow", "orange", "worse"), ("red", "red", "same"), ("", "red", ""),
        ("grey", "green", ""), ("green", "grey", ""),
    ],
)  # fmt: skip
def test_an_area_moves_only_between_lights_that_say_something(was, light, moved):
    assert area(light, was).moved == moved


def made_areas(answers, earlier=None):
    asked = count_asked(SHIPPED, PROFILE, answers, express=False)
    return {one.id: one for one in make_areas(SHIPPED, scored(answers), (), asked, earlier, "zh-Hans")}


def scored(answers):
    return score(SHIPPED, PROFILE, answers, today=TODAY)


def test_whoever_does_not_know_was_asked_and_did_not_answer():
    emp = made_areas({"emp.contracts": UNSURE, "emp.wages": "always"})["emp"]
    assert emp.asked > 2
    assert emp.answered == 1


def test_an_area_has_an_earlier_light_only_where_it_was_asked_about_then():
    earlier = Earlier(TODAY, (Found("emp", "red", False),), frozenset(), frozenset({"emp"}))
    areas = made_areas({}, earlier)
    assert (areas["emp"].was, areas["tax"].was) == ("red", "")


def test_an_area_without_a_question_is_named_as_not_asked():
    report = golden_report("noodle-drowning")
    assert report.not_asked
    assert not set(report.not_asked) & {one.name for one in report.areas}


def test_every_finding_lies_in_an_area_of_the_report():
    report = golden_report("noodle-drowning")
    shown = [entry for one in report.areas for entry in (*report.grave_in(one), *report.small_in(one))]
    assert sorted(entry.place for entry in shown) == list(range(1, len(report.findings) + 1))
