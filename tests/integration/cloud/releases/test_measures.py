"""What a report takes from releases: of how many a share is, each against its counter-example."""

import pytest

from cloud.cubes.models import Release, ReleasedCell
from cloud.releases.measures import read_measures
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work

CELLS = {
    "2031-Q1": {
        "": 100, "stars=none": 60, "stars=1": 0, "stars=2": 0, "stars=3": 0, "stars=4": 10, "stars=5": 30,
        "mended=none": 50, "mended=open": 10, "mended=part": 20, "mended=all": 20, "topic:emp=with": 40,
        "topic:emp=without": 60, "topic:urgent=with": 12, "district=310113": 55, "measure=minutes": 90,
    },
    "2031-Q2": {
        "": 80, "stars=none": 50, "stars=1": None, "stars=2": 0, "stars=3": 0, "stars=4": 12, "stars=5": None,
        "mended=none": 80, "mended=open": 0, "mended=part": 0, "mended=all": 0, "topic:emp=with": None,
        "topic:emp=without": None, "topic:urgent=with": 10,
    },
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def releases(settings):
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        for number, (period, cells) in enumerate(CELLS.items(), start=911):
            made = {"threshold": 10, "made_at": now(), "manifest": "", "manifest_hash": ""}
            session.add(Release(number=number, period=period, **made))
            session.flush()
            session.add_all(
                ReleasedCell(number=number, cell=cell, count=n, status="C" if n is None else "F")
                for cell, n in cells.items()
            )


def told(period):
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        return {one.key: one for one in read_measures(session, period).measures}


def test_ratings_are_of_those_who_rated_and_of_nobody_else():
    found = told("2031-Q1")
    assert found["ratings"].value == 40
    assert found["rating_mean"].value == (4 * 10 + 5 * 30) / 40


def test_a_mean_of_which_one_class_is_withheld_is_withheld():
    found = told("2031-Q2")
    assert found["ratings"].is_withheld
    assert found["rating_mean"].is_withheld


def test_what_has_no_plan_is_not_among_what_is_being_mended():
    found = told("2031-Q1")
    planned = sum(found[f"mended_{state}"].value for state in ("open", "part", "all"))
    assert planned == found["businesses"].value - found["mended_none"].value == 50


def test_businesses_are_counted_whether_or_not_something_was_found():
    found = told("2031-Q1")
    assert found["businesses"].value == 100 > found["finding_emp"].value == 40


def test_a_year_adds_its_quarters_and_says_so_of_no_distinct_number():
    found = told("2031")
    assert found["businesses"].value == 180
    assert "businesses_distinct" not in found


def test_a_year_withholds_what_one_of_its_quarters_does():
    found = told("2031")
    assert found["finding_emp"].is_withheld
    assert found["urgent"].value == 22


def test_a_table_that_one_quarter_leaves_out_is_not_told_of_the_year():
    assert told("2031-Q1")["businesses@310113"].value == 55
    assert told("2031")["businesses@310113"].is_withheld


def test_a_sum_that_nobody_had_in_a_quarter_adds_nothing():
    assert told("2031")["minutes"].value == 90
