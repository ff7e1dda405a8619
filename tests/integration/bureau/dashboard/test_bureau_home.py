"""The bureau's first page against a slow recount; what hand-written SQL in its role cannot reach."""

import datetime as dt
import statistics
from html import escape

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from bureau.dashboard.home import Line, count_figure, first_day_in_time, query_values, withhold
from checkup.cases.models import Checkup
from checkup.desk.green_channel import start_call
from checkup.desk.models import GreenCall
from cloud.cubes.models import Release, ReleasedCell
from cloud.releases.home_figures import FIGURES
from demo.city import demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm
from tenants.working_days import working_days_after
from tests.factories import make_case
from tests.visits import log_in
from webapp.tasks.bureaus import count_homes

CITY, BAOSHAN = demo_id("bureau"), demo_id("bureau:310113")
OPEN = ("submitted", "in_review")


@pytest.fixture(scope="module", autouse=True)
def cases(settings):
    for state, age, seed in (("submitted", 30, 1), ("in_review", 12, 2), ("signed", 9, 3), ("signed", 3, 4)):
        make_case(settings, state, at=now() - dt.timedelta(days=age), seed=seed)


def every_checkup():
    """Firm's name → its checkups, read firm by firm with the worker's rights: slow, and by another way."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firms = session.execute(select(Firm.id, Firm.name)).tuples().all()
    found = {}
    for firm_id, name in firms:
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            found[name] = session.scalars(select(Checkup)).all()
    return found


def figure(key, bureau_id=CITY):
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=bureau_id)) as session:
        values = query_values(session, bureau_id=bureau_id, now=now())
        return {line.label: line.value for line in count_figure(session, FIGURES[key], values)}


def is_open(row):
    return row.review_wanted and row.state in OPEN


def is_late(row):
    return is_open(row) and working_days_after(city_day(row.submitted_at), 5).day < city_day(now())


def test_open_and_overdue_equal_a_slow_recount():
    rows = [row for rows in every_checkup().values() for row in rows]
    assert figure("open")[""] == sum(map(is_open, rows)) > 0
    assert figure("overdue")[""] == sum(map(is_late, rows)) > 0


def test_overdue_by_firm_equals_a_slow_recount():
    recount = {name: sum(map(is_late, rows)) for name, rows in every_checkup().items()}
    assert figure("overdue_by_firm") == {name: count for name, count in recount.items() if count}


def test_waiting_time_equals_a_slow_recount():
    since = now() - dt.timedelta(days=90)
    took = [
        (row.signed_at - row.submitted_at).total_seconds() / 86400
        for rows in every_checkup().values()
        for row in rows
        if row.signed_at and row.signed_at > since
    ]
    assert figure("waiting_days")[""] == pytest.approx(statistics.median(took))


def test_signed_and_coverage_agree():
    assert sum(figure("coverage").values()) == figure("signed")[""] > 0


def test_the_green_channel_equals_a_slow_recount(settings):
    for seed in range(5, 9):
        case = make_case(settings, "submitted", seed=seed)
        with unit_of_work(Scope(Audience.WORKER, case.firm_id)) as session:
            row = session.scalars(select(Checkup).where(Checkup.id == case.checkup_id)).one()
            row.urgent_count = 1
            start_call(session, row, now() - dt.timedelta(days=3))
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firm_ids = session.scalars(select(Firm.id)).all()
    calls = []
    for firm_id in firm_ids:
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            calls += session.scalars(select(GreenCall)).all()
    running = [call for call in calls if call.state != "done"]
    assert figure("green_open")[""] == len(running)
    assert figure("green_late")[""] == sum(call.due_at < now() or call.late_since is not None for call in running) > 0


def test_time_that_was_put_off_after_it_ran_out_stays_late(settings):
    before = figure("green_late")[""]
    for seed in range(15, 19):
        case = make_case(settings, "submitted", seed=seed)
        with unit_of_work(Scope(Audience.WORKER, case.firm_id)) as session:
            row = session.scalars(select(Checkup).where(Checkup.id == case.checkup_id)).one()
            row.urgent_count = 1
            call = start_call(session, row, now())
            call.late_since, call.due_at = now(), now() + dt.timedelta(days=2)
    assert figure("green_late")[""] == before + 4


def test_one_small_count_takes_the_next_smallest_with_it():
    lines = withhold([Line("a", "a", 3.0), Line("b", "b", 40.0), Line("c", "c", 12.0), Line("d", "d", 0.0)])
    assert [(one.label, one.is_small) for one in lines if one.is_withheld] == [("a", True), ("c", False)]


def test_two_small_counts_hide_each_other():
    lines = withhold([Line("a", "a", 3.0), Line("b", "b", 40.0), Line("c", "c", 2.0)])
    assert [one.label for one in lines if one.is_withheld] == ["a", "c"]


def test_the_districts_reached_are_those_of_the_newest_release(settings):
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        for number, counts in ((901, {"310113": 12}), (902, {"310113": 30, "310110": None})):
            session.add(
                Release(number=number, period="2026-Q3", threshold=10, made_at=now(), manifest="", manifest_hash="")
            )
            session.flush()
            for district, count in counts.items():
                status = "F" if count else "C"
                cell = {
                    "number": number,
                    "cell": f"district={district}",
                    "count": count,
                    "status": status,
                    "turnover": 0,
                }
                session.add(ReleasedCell(**cell))
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY)) as session:
        lines = count_figure(session, FIGURES["reached"], {})
    assert [(one.label, one.value, one.is_withheld) for one in lines] == [
        ("310110", None, True),
        ("310113", 30.0, False),
    ]


def test_a_district_counts_its_own_part_only():
    own = every_checkup()["上海沪滨律师事务所"]
    assert figure("open", BAOSHAN)[""] == sum(map(is_open, own)) < figure("open")[""]


@pytest.mark.parametrize("day", [dt.date(2026, 2, 25), dt.date(2026, 10, 9), dt.date(2026, 11, 25)])
def test_the_first_day_in_time_is_the_first_whose_deadline_has_not_passed(day):
    first = first_day_in_time(day, 5)
    assert working_days_after(first, 5).day >= day
    assert working_days_after(first - dt.timedelta(days=1), 5).day < day


def test_the_worker_counts_every_bureau_and_the_page_shows_it(app, settings):
    assert count_homes(settings) >= 4
    page = log_in(app, "officer@city.example").get("/bureau/").text
    assert "在办的体检" in page
    assert "&lt;10" in page


def test_each_figure_shows_its_definition_and_query(app):
    client = log_in(app, "officer@city.example")
    for key, kind in FIGURES.items():
        page = client.get(f"/bureau/figures/{key}").text
        assert escape(kind.definition["zh-Hans"]) in page
        assert "SELECT" in page


def test_an_unknown_figure_is_not_found(app):
    assert log_in(app, "officer@city.example").get("/bureau/figures/nothing").status_code == 404


FORBIDDEN = (
    "SELECT sealed FROM answers", "SELECT risk FROM finding", "SELECT name FROM business", "SELECT body FROM message",
    "SELECT state FROM checkup", "UPDATE progress SET state = 'signed'",
    "SELECT wrapped_key FROM case_key", "SELECT path FROM document", "SELECT count(*) FROM cube_cell",
)  # fmt: skip


@pytest.mark.parametrize("query", FORBIDDEN)
def test_hand_written_sql_in_the_bureaus_role_is_refused(query):
    scope = Scope(Audience.BUREAU, person_id=demo_id("officer@city.example"), bureau_id=CITY)
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope) as session:
        session.execute(text(query)).all()
