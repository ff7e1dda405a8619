"""The bureau's first page against a slow recount; what hand-written SQL in its role cannot reach."""

import datetime as dt
import statistics
from html import escape

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from bureau.dashboard.home import count_figure, first_day_in_time, query_values
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


@pytest.fixture(scope="module")
def releases(settings):
    """The last quarter in two editions, an older quarter corrected after them, and a year published last of all."""
    made = (
        (901, "2026-Q3", {"district=310113": 12, "stars=1": 0, "stars=5": 40}),
        (902, "2026-Q3", {"district=310113": 30, "district=310110": None, "stars=1": 10, "stars=5": 10}),
        (903, "2026-Q2", {"district=310113": 500, "stars=1": 0, "stars=5": 90}),
        (904, "2026", {"district=310113": 999, "stars=1": 90, "stars=5": 0}),
    )
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        for number, period, counts in made:
            session.add(
                Release(number=number, period=period, threshold=10, made_at=now(), manifest="", manifest_hash="")
            )
            session.flush()
            for cell, count in counts.items():
                status = "C" if count is None else "F"
                session.add(ReleasedCell(number=number, cell=cell, count=count, status=status))


def published(key):
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY)) as session:
        return count_figure(session, FIGURES[key], {})


def test_the_districts_reached_are_those_of_the_latest_quarter_whatever_was_released_after_it(releases):
    assert [(one.label, one.value, one.is_withheld) for one in published("reached")] == [
        ("310110", None, True),
        ("310113", 30.0, False),
    ]


def test_all_published_figures_of_the_page_are_of_one_quarter_and_say_which(releases, app, settings):
    assert {one.period for key in ("reached", "stars") for one in published(key)} == {"2026-Q3"}
    assert published("stars")[0].value == 3
    count_homes(settings)
    page = log_in(app, "officer@city.example").get("/bureau/").text
    assert page.count("2026-Q3") == 2
    assert "公开1个区，不公开1个" in page


def test_few_checkups_in_the_bureaus_own_files_are_shown_as_they_are(app, settings):
    count_homes(settings)
    assert 0 < min(value for value in figure("coverage").values() if value) < 10
    page = log_in(app, "officer@city.example").get("/bureau/figures/coverage").text
    assert "&lt;10" not in page
    assert "不公开" not in page


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
