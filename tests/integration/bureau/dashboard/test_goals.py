"""Goals by district and firm: who sets them, who sees them, what is reached."""

import datetime as dt

import pytest
from sqlalchemy.exc import ProgrammingError

from bureau.dashboard.goal_rules import Proposed
from bureau.dashboard.goals import list_goals, set_goal
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import make_case
from tests.visits import log_in

CITY, BAOSHAN, HUBIN = demo_id("bureau"), demo_id("bureau:310113"), demo_id("hubin")
OFFICER = Actor(demo_id("officer"), "李科长")
YEAR = city_day(now()).year


def set_one(kind, subject_kind, subject, value, bureau_id=CITY, at=None):
    proposed = Proposed(YEAR, kind, subject_kind, str(subject), value)
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=bureau_id)) as session:
        set_goal(session, bureau_id=bureau_id, proposed=proposed, by=OFFICER, now=at or now())


def lines(scope, published=None):
    with unit_of_work(scope) as session:
        found = list_goals(session, year=YEAR, published=published or {}, now=now())
    return {(one.kind, one.subject): one.standing for group in found.values() for one in group}


@pytest.fixture(scope="module", autouse=True)
def goals(settings):
    make_case(settings, "signed", at=now() - dt.timedelta(days=1), seed=3)
    set_one("signed", "firm", HUBIN, 10, at=now() - dt.timedelta(days=1))
    set_one("signed", "firm", HUBIN, 20)
    set_one("signed", "district", "310113", 40)
    set_one("reached", "district", "310113", 50)


def test_the_newest_goal_of_a_subject_holds():
    assert lines(Scope(Audience.BUREAU, bureau_id=CITY))["signed", str(HUBIN)].goal == 20


def test_a_firm_and_its_district_count_the_same_checkups():
    found = lines(Scope(Audience.BUREAU, bureau_id=CITY))
    assert found["signed", "310113"].value >= found["signed", str(HUBIN)].value > 0


def test_a_firm_sees_its_own_goal_and_what_it_has_reached():
    found = lines(Scope(Audience.FIRM, HUBIN))
    assert set(found) == {("signed", str(HUBIN))}
    assert found["signed", str(HUBIN)] == lines(Scope(Audience.BUREAU, bureau_id=CITY))["signed", str(HUBIN)]


def test_a_district_sees_what_the_city_asks_of_it():
    assert ("signed", "310113") in lines(Scope(Audience.BUREAU, bureau_id=BAOSHAN))


def test_few_signed_checkups_are_shown_alike_to_the_bureau_that_aims_and_to_the_firm(app):
    counted = int(lines(Scope(Audience.FIRM, HUBIN))["signed", str(HUBIN)].value)
    assert 0 < counted < 10
    assert f"{counted} / 20" in log_in(app, "officer@city.example").get("/bureau/goals").text
    assert f"{counted} / 20" in log_in(app, "lawyer1@hubin.example").get("/firm/hours").text


def test_businesses_are_taken_from_what_was_published_only():
    scope = Scope(Audience.BUREAU, bureau_id=CITY)
    assert lines(scope, {"310113": 25})["reached", "310113"].percent == 50
    withheld, unpublished = (lines(scope, told)["reached", "310113"] for told in ({"310113": None}, {}))
    assert withheld.percent is unpublished.percent is None
    assert (withheld.is_withheld, unpublished.is_withheld) == (True, False)


def test_what_was_not_published_yet_is_not_called_withheld(app):
    assert "还没有公布" in log_in(app, "officer@city.example").get("/bureau/goals").text


def test_a_bureau_sets_no_goal_for_a_firm_outside_its_part():
    with pytest.raises(ProgrammingError, match="row-level security"):
        set_one("signed", "firm", demo_id("jiangwan"), 5, bureau_id=BAOSHAN)


def test_an_officer_sets_a_goal_on_the_page(app):
    client = log_in(app, "officer@city.example")
    typed = {"kind": "hours", "subject": f"firm:{HUBIN}", "year": str(YEAR), "value": "1000"}
    page = client.post("/bureau/goals", data=typed, follow_redirects=True).text
    assert "/ 1,000" in page


def test_what_cannot_be_set_comes_back_with_a_word_and_what_was_typed(app):
    client = log_in(app, "officer@city.example")
    typed = {"kind": "reached", "subject": f"firm:{HUBIN}", "year": str(YEAR), "value": "77"}
    answer = client.post("/bureau/goals", data=typed)
    assert answer.status_code == 422
    assert "不按律所算" in answer.text
    assert 'value="77"' in answer.text


def test_a_firm_reads_its_goal_beside_its_hours(app):
    assert "司法局给本所定的年度目标" in log_in(app, "lawyer1@hubin.example").get("/firm/hours").text
