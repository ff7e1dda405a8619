"""What an indicator divides by: everything that fell due, not only what somebody finished."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select, text

from bureau.complaints.models import Complaint
from bureau.dashboard.parameter_simulation import simulate_value
from bureau.hours.moves import Mover, get_entry, move
from bureau.reports.process_measures import read_all
from checkup.cases.models import Checkup
from demo.city import demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.working_days import working_days_after, working_days_between
from tests.factories import make_case, owner_scope
from tests.hours import FIRM, clinic, new_lawyer

CITY = demo_id("bureau")
TODAY = city_day(now())


def long_ago(days):
    return now() - dt.timedelta(days=days)


def measures(period=str(TODAY.year), today=TODAY):
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY)) as session:
        return {one.key: one.value for one in read_all(session, bureau_id=CITY, period=period, today=today)}


def gained(before, after):
    return {key: after[key] - before[key] for key in ("reviews_signed", "reviews_due", "reviews_on_time")}


@pytest.fixture
def before(settings):
    return measures()


def test_what_nobody_signs_is_due_and_not_on_time(before, settings):
    make_case(settings, "in_review", at=long_ago(30), seed=21)
    assert gained(before, measures()) == {"reviews_signed": 0, "reviews_due": 1, "reviews_on_time": 0}


def test_what_is_signed_late_is_due_and_not_on_time(before, settings):
    case = make_case(settings, "signed", at=long_ago(40), seed=22)
    with unit_of_work(Scope(Audience.WORKER, case.firm_id)) as session:
        row = session.scalars(select(Checkup).where(Checkup.id == case.checkup_id)).one()
        row.submitted_at, row.signed_at = long_ago(40), long_ago(3)
    assert gained(before, measures()) == {"reviews_signed": 1, "reviews_due": 1, "reviews_on_time": 0}


def test_what_may_still_be_signed_in_time_is_not_due(before, settings):
    make_case(settings, "submitted", at=now(), seed=23)
    assert gained(before, measures())["reviews_due"] == 0


def test_what_was_signed_before_its_day_is_due_when_the_day_is_over(before, settings):
    make_case(settings, "signed", at=now(), seed=24)
    after = measures()
    assert gained(before, after) == {"reviews_signed": 1, "reviews_due": 0, "reviews_on_time": 0}
    due = working_days_after(TODAY, 5).day
    later = measures(str(due.year), due + dt.timedelta(days=1))
    assert later["reviews_on_time"] > 0


def test_what_an_owner_took_back_is_due_to_nobody(before, settings):
    case = make_case(settings, "in_review", at=long_ago(30), seed=25)
    with unit_of_work(owner_scope(case)) as session:
        session.execute(text("UPDATE checkup SET state = 'withdrawn' WHERE id = :id"), {"id": case.checkup_id})
    assert gained(before, measures())["reviews_due"] == 0


def test_a_complaint_is_counted_by_the_day_on_which_its_answer_was_due(settings):
    case = make_case(settings, "signed", seed=26)
    before = measures()
    for state, due_on, settled in (
        ("settled", TODAY - dt.timedelta(days=3), long_ago(4)),
        ("opened", TODAY - dt.timedelta(days=2), None),
        ("withdrawn", TODAY - dt.timedelta(days=2), None),
        ("opened", TODAY + dt.timedelta(days=2), None),
    ):
        with unit_of_work(owner_scope(case)) as session:
            session.add(
                Complaint(
                    id=uuid.uuid4(),
                    firm_id=case.firm_id,
                    owner_id=case.owner_id,
                    checkup_id=case.checkup_id,
                    state=state,
                    wants_call=False,
                    opened_at=now(),
                    due_on=due_on,
                    settled_at=settled,
                )  # fmt: skip
            )
    after = measures()
    assert after["complaints"] - before["complaints"] == 4
    assert after["complaints_due"] - before["complaints_due"] == 2
    assert after["complaints_in_time"] - before["complaints_in_time"] == 1


def moved(before):
    """What has changed since, by measure."""
    after = measures()
    return {key: after[key] - before[key] for key in before if before[key] is not None and after[key] != before[key]}


HOURS = ("minutes_counted", "minutes_verified", "lawyers", "lawyers_reached")


def hours_moved(before):
    return {key: value for key, value in moved(before).items() if key in HOURS}


def in_state(entry_id, *steps):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        for step in steps:
            move(session, get_entry(session, entry_id), step, by=Mover(None, "firm"), now=now())


def test_what_nobody_confirmed_is_in_no_share_of_the_hours(before, settings):
    clinic("09:00-10:00", lawyer=new_lawyer())
    assert hours_moved(before) == {}


def test_what_was_rejected_is_in_no_share_of_the_hours(before, settings):
    in_state(clinic("09:00-10:00", lawyer=new_lawyer()), "confirm", "sample", "reject")
    assert hours_moved(before) == {}


def test_confirmed_minutes_are_what_the_verified_ones_are_a_share_of(before, settings):
    lawyer = new_lawyer()
    in_state(clinic("09:00-10:00", lawyer=lawyer), "confirm", "sample", "verify")
    in_state(clinic("10:00-12:00", lawyer=lawyer), "confirm")
    assert hours_moved(before) == {"minutes_counted": 180, "minutes_verified": 60, "lawyers": 1}


def test_hours_of_another_year_are_in_no_share_of_this_one(before, settings):
    in_state(clinic("09:00-10:00", lawyer=new_lawyer(), day=dt.date(TODAY.year - 1, 12, 31)), "confirm")
    assert hours_moved(before) == {}


def test_a_lawyer_of_many_days_is_one_lawyer_and_one_case_of_aid_in_two_entries_is_one_case(before, settings):
    lawyer = new_lawyer()
    for day, reference in ((3, "A-1"), (4, "A-1")):
        given = {"lawyer": lawyer, "category": "legal_aid", "reference": reference}
        in_state(clinic("09:00-10:00", day=dt.date(TODAY.year, 9, day), **given), "confirm")
    assert {key: moved(before).get(key, 0) for key in HOURS[2:]} == {"lawyers": 1, "lawyers_reached": 0}
    in_state(clinic("09:00-10:00", day=dt.date(TODAY.year, 9, 7), **{**given, "reference": "A-2"}), "confirm")
    assert {key: moved(before).get(key, 0) for key in HOURS[2:]} == {"lawyers": 1, "lawyers_reached": 1}


def test_the_median_is_of_what_was_signed_in_the_period_whenever_it_came_in(settings):
    quarter, last_year = "2026-Q1", dt.datetime(2025, 12, 30, 4, tzinfo=dt.UTC)
    for signed_at, seed in ((dt.datetime(2026, 1, 6, 4, tzinfo=dt.UTC), 31), (None, 32)):
        case = make_case(settings, "signed" if signed_at else "in_review", at=long_ago(30), seed=seed)
        with unit_of_work(Scope(Audience.WORKER, case.firm_id)) as session:
            row = session.scalars(select(Checkup).where(Checkup.id == case.checkup_id)).one()
            row.submitted_at, row.signed_at = last_year, signed_at
    found = measures(quarter)
    assert found["reviews_signed"] == 1
    assert found["review_days_median"] == working_days_between(dt.date(2025, 12, 30), dt.date(2026, 1, 6)).days


def effects():
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY)) as session:
        return {
            one.what: (one.was, one.would_be)
            for one in simulate_value(session, key="review_days", was=30, would_be=1, now=now())
        }


def test_a_shorter_time_is_tried_on_open_reviews_too(settings):
    before = effects()
    make_case(settings, "submitted", at=long_ago(10), seed=27)
    after = effects()
    assert after["reviews"][0] - before["reviews"][0] == 1
    assert (
        after["late_reviews"][0] - before["late_reviews"][0],
        after["late_reviews"][1] - before["late_reviews"][1],
    ) == (0, 1)
