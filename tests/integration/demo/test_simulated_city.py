"""A simulated city: every home number equals a slow recount of every row, and the rows open like real ones."""

import statistics
from collections import Counter

import pytest
from sqlalchemy import select

from bureau.complaints.models import Complaint
from bureau.dashboard.home import count_figure, list_counted, query_values
from bureau.hours.models import HourEntry
from bureau.hours.time_spans import minutes
from checkup.cases.checkups import open_checkup
from checkup.cases.models import Checkup
from checkup.desk.models import GreenCall
from cloud.releases.home_figures import FIGURES
from demo.city import demo_id, open_city
from demo.year import simulate_year
from tenants.clock import CITY, city_day, now
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.models import Bureau, Firm
from tenants.working_days import working_days_after
from webapp import migrating
from webapp.settings import Settings
from webapp.tasks.bureaus import count_homes

CITY_BUREAU, CHECKUPS, FIRMS = demo_id("bureau"), 400, 20


@pytest.fixture(scope="module")
def city(tmp_path_factory, settings):
    made = Settings.from_env({"FAMAI_DATA_DIR": str(tmp_path_factory.mktemp("year"))})
    migrating.migrate(made.admin_database_url)
    configure(made.lines)
    open_city(made)
    simulate_year(made, checkups=CHECKUPS, seed=5, firms=FIRMS, lawyers=2, until=now())
    count_homes(made)
    yield made
    configure(settings.lines)


@pytest.fixture(autouse=True)
def here(city):
    configure(city.lines)


@pytest.fixture(scope="module")
def everything(city):
    """(firm, its bureau, checkup) of the whole city, firm by firm: slow, and by another way than the figures."""
    configure(city.lines)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firms = session.scalars(select(Firm)).all()
        bureaus = {one.id: one.name for one in session.scalars(select(Bureau))}
    rows = []
    for firm in firms:
        with unit_of_work(Scope(Audience.WORKER, firm.id)) as session:
            rows += [(firm.name, bureaus[firm.bureau_id], row) for row in session.scalars(select(Checkup))]
    return rows


def is_open(row):
    return row.review_wanted and row.state in ("submitted", "in_review")


def is_late(row):
    return is_open(row) and working_days_after(city_day(row.submitted_at), 5).day < city_day(now())


def is_of_this_year(row):
    return row.signed_at is not None and row.signed_at.astimezone(CITY).year == city_day(now()).year


RECOUNTS = {
    "open": lambda rows: {"": sum(is_open(row) for *_, row in rows)},
    "overdue": lambda rows: {"": sum(is_late(row) for *_, row in rows)},
    "overdue_by_firm": lambda rows: dict(Counter(firm for firm, _, row in rows if is_late(row))),
    "signed": lambda rows: {"": sum(is_of_this_year(row) for *_, row in rows)},
    "coverage": lambda rows: dict(Counter(bureau for _, bureau, row in rows if is_of_this_year(row))),
    "waiting_days": lambda rows: {"": statistics.median(
        (row.signed_at - row.submitted_at).total_seconds() / 86400
        for *_, row in rows if row.signed_at and (now() - row.signed_at).days < 90)},
}  # fmt: skip


@pytest.fixture(scope="module")
def work(city):
    """(firm, complaints, hour entries) of the whole city, firm by firm."""
    configure(city.lines)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firms = session.scalars(select(Firm)).all()
    found = []
    for firm in firms:
        with unit_of_work(Scope(Audience.WORKER, firm.id)) as session:
            found.append(
                (firm.name, session.scalars(select(Complaint)).all(), session.scalars(select(HourEntry)).all())
            )
    return found


def is_counted(entry):
    return entry.state in ("confirmed", "sampled", "verified") and entry.day.year == city_day(now()).year


def figure(key):
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY_BUREAU)) as session:
        values = query_values(session, bureau_id=CITY_BUREAU, now=now())
        return {line.label: line.value for line in count_figure(session, FIGURES[key], values) if line.value}


def test_minutes_equal_a_slow_recount_of_every_span(work):
    by_firm = {
        firm: sum(minutes(entry.credited) for entry in entries if is_counted(entry)) for firm, _, entries in work
    }
    assert figure("hours_by_firm") == {firm: count for firm, count in by_firm.items() if count}
    assert figure("hours")[""] == sum(by_firm.values()) > 0


def test_lawyers_at_the_target_equal_a_slow_recount(work):
    by_lawyer = Counter()
    for *_, entries in work:
        by_lawyer.update({e.lawyer_id: 0 for e in entries})
        for entry in filter(is_counted, entries):
            by_lawyer[entry.lawyer_id] += minutes(entry.credited)
    assert figure("hours_reached").get("", 0) == sum(count >= 3000 for count in by_lawyer.values())


def test_complaints_equal_a_slow_recount(work):
    open_ones = [one for _, complaints, _ in work for one in complaints if one.state in ("opened", "in_hand")]
    assert figure("complaints_open").get("", 0) == len(open_ones)
    assert figure("complaints_late").get("", 0) == sum(one.due_on < city_day(now()) for one in open_ones)


def test_the_green_channel_equals_a_slow_recount(city):
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firm_ids = session.scalars(select(Firm.id)).all()
    running = []
    for firm_id in firm_ids:
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            running += [one.due_at for one in session.scalars(select(GreenCall)) if one.state != "done"]
    assert figure("green_open")[""] == len(running) > 0
    assert figure("green_late").get("", 0) == sum(due_at < now() for due_at in running)


@pytest.mark.parametrize("key", RECOUNTS)
def test_a_home_number_equals_a_slow_recount(everything, key):
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY_BUREAU)) as session:
        values = query_values(session, bureau_id=CITY_BUREAU, now=now())
        lines = {line.label: line.value for line in count_figure(session, FIGURES[key], values)}
    recount = RECOUNTS[key](everything)
    assert {label: value for label, value in lines.items() if value} == pytest.approx(recount)
    assert sum(recount.values()) > 0


def test_what_the_worker_stored_is_what_a_count_gives(city):
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY_BUREAU)) as session:
        values = query_values(session, bureau_id=CITY_BUREAU, now=now())
        for counted in list_counted(session, FIGURES, CITY_BUREAU):
            assert counted.lines == count_figure(session, counted.kind, values)


def test_every_district_has_its_bureau_and_its_share(everything):
    assert len({bureau for _, bureau, _ in everything}) >= 16
    assert len(everything) == CHECKUPS


def test_a_simulated_checkup_opens_and_scores_like_a_real_one(city, everything):
    row = everything[0][2]
    with unit_of_work(Scope(Audience.WORKER, row.firm_id)) as session:
        opened = open_checkup(session, checkup_id=row.id, keys=city.keyring())
    assert len(opened.answers) >= 8
    assert row.grade == opened.score(today=city_day(row.submitted_at)).grade


def test_the_same_seed_gives_the_same_city(everything):
    grades = Counter(row.grade for *_, row in everything)
    assert grades["A"] + grades["C"] + grades["D"] > CHECKUPS / 2
