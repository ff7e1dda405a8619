"""A filled city's report, first page and goals: every printed number equals a slow recount of the rows, and every mark
of withholding stands where the release withholds, and nowhere else."""

import csv
import datetime as dt
import io
import re
import statistics
import uuid
from collections import Counter
from html import unescape

import pytest
from sqlalchemy import create_engine, text

from bureau.reports.edition_rules import from_bytes
from bureau.reports.files import render_data
from bureau.reports.survey import answer_survey
from cloud.cubes.counting import count_business
from cloud.releases.draft import SUPPRESSION
from cloud.releases.releases import ask_draft, fill_draft, publish_draft
from demo.city import demo_id
from demo.steering import fill_steering
from demo.year import simulate_year
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.districts import DISTRICTS
from tenants.working_days import working_days_after
from tests.recounting import (
    COUNTED_STATES,
    LEAST,
    REVIEW_DAYS,
    SUMS,
    UNKNOWN,
    WITHHELD,
    at_target,
    count_survey,
    count_work,
    counts,
    list_businesses,
    minutes_of,
    published_names,
    ratings,
    read_rows,
    released,
)
from tests.visits import log_in
from webapp.report_editions import topic_names
from webapp.tasks.bureaus import count_homes

QUARTERS, YEAR, TODAY = ("2026-Q3", "2026-Q4"), 2026, city_day(now())
BAOSHAN, YOUYI = demo_id("bureau:310113"), demo_id("bureau:310113:1")
MARKS = {
    "zh-Hans": {one: one for one in (WITHHELD, UNKNOWN)},
    "en": {WITHHELD: "withheld", UNKNOWN: "n/a"},
}
SOURCE = re.compile(r"(process|hours|complaints|bodies|gatherings|survey|release) \d")
TABLES = (
    "checkup", "finding", "business", "consent", "rating", "fix", "hour_entry", "waiver", "complaint", "green_call",
    "survey_answer", "firm", "bureau", "released_cell", "release", "goal",
    "person", "referral", "mediation", "gathering", "gathering_told",
)  # fmt: skip
# Three districts, so that a few hundred businesses are many in each; two marks, given by most owners.
_FEW_DISTRICTS = (
    "UPDATE business b SET district = (ARRAY['310113', '310110', '310115'])[1 + abs(hashtext(c.case_number)) % 3] "
    "FROM checkup c WHERE c.firm_id = b.firm_id AND c.business_id = b.id"
)
# Nearly everybody agrees, so that a quarter is large enough for its districts to be told.
_AGREEMENTS = (
    "UPDATE consent SET granted = true WHERE purpose IN ('statistics', 'cloud') "
    "AND abs(hashtext(business_id::text)) % 20 > 0"
)
_RATINGS = (
    "INSERT INTO rating (firm_id, checkup_id, owner_id, moment, useful, clear, kind, rated_at) "
    "SELECT firm_id, id, owner_id, 'signed', mark, 4, mark, signed_at FROM "
    "(SELECT *, (3 + 2 * (abs(hashtext(case_number)) % 2))::smallint AS mark FROM checkup) rated "
    "WHERE state = 'signed' AND abs(hashtext(case_number)) % 7 < 5 ON CONFLICT DO NOTHING"
)
_SURVEYED = (dt.date(YEAR, 8, 3), dt.date(YEAR, 11, 2))
_ANSWERS = {("known", "yes"): 30, ("known", "no"): 12, ("first", "here"): 4, ("first", "friend"): 20}


@pytest.fixture(scope="module")
def city(settings):
    """The demo city with a year of synthetic businesses, two published quarters, and what its bureau steers by."""
    simulate_year(settings, checkups=1200, seed=5, firms=6, lawyers=2, until=now())
    engine = create_engine(settings.admin_database_url)
    with engine.begin() as connection:
        connection.execute(text(_FEW_DISTRICTS))
        connection.execute(text(_AGREEMENTS))
        connection.execute(text(_RATINGS))
        businesses = connection.execute(text("SELECT firm_id, id FROM business")).all()
    for firm_id, business_id in businesses:
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            count_business(session, firm_id=firm_id, business_id=business_id)
    with unit_of_work(Scope(Audience.OWNER, demo_id("hubin"), uuid.uuid4())) as session:
        for (question, answer), count in _ANSWERS.items():
            for _ in range(count):
                for day in _SURVEYED:
                    answer_survey(session, firm_id=demo_id("hubin"), answers={question: answer}, today=day)
    for quarter in QUARTERS:
        with unit_of_work(Scope(Audience.OPERATOR)) as session:
            draft_id = ask_draft(session, period=quarter, method=SUPPRESSION, k=LEAST, by="周工", now=now()).id
        with unit_of_work(Scope(Audience.WORKER)) as session:
            fill_draft(session, draft_id, now=now())
        with unit_of_work(Scope(Audience.OPERATOR)) as session:
            publish_draft(session, draft_id, by="周工", now=now())
    fill_steering()
    count_homes(settings)
    with engine.connect() as connection:
        held = read_rows(lambda query: connection.execute(text(query)).all(), *TABLES)
    engine.dispose()
    return held


@pytest.fixture(scope="module")
def admin_read(settings):
    engine = create_engine(settings.admin_database_url)

    def read(query):
        with engine.connect() as connection:
            return connection.execute(text(query)).all()

    yield read
    engine.dispose()


@pytest.fixture(scope="module")
def officer(app, city):
    return log_in(app, "officer@city.example")


# The report


@pytest.fixture(scope="module")
def told(city):
    """Plain name → what a report may print of it: a number, or the mark in its place."""
    businesses = [one for (*_, quarter), one in list_businesses(city).items() if quarter in QUARTERS]
    cells, found = released(city, QUARTERS), {}
    for name, (cell, is_in) in published_names(DISTRICTS, topic_names()["zh-Hans"]).items():
        if cell in cells:
            found[name] = WITHHELD if cells[cell] is None else sum(map(is_in, businesses))
    for name in SUMS:
        cell = f"measure={name}"
        if cell in cells:
            found[name] = WITHHELD if cells[cell] is None else sum(one.amounts[name] for one in businesses)
    found["ratings"], found["rating_mean"] = ratings([found[f"stars_{stars}"] for stars in range(1, 6)])
    work = count_work(city, YEAR, TODAY)
    return found | work | count_survey(city, cells, lambda day: f"{day.year}-Q{(day.month + 2) // 3}" in QUARTERS)


# Indicator → what is divided by what, times what; its target and weight, as the demo city's bureau has set them.
INDICATORS = {
    "on_time": ("reviews_on_time", "reviews_due", 100, 95, 30),
    "known": ("known_yes", "known_all", 100, 60, 20),
    "verified": ("minutes_verified", "minutes_counted", 100, 30, 20),
    "satisfied": ("rating_mean", None, 1, 4.5, 30),
}


def rated(told):
    """Indicator → its value, or the mark in its place."""
    found = {}
    for key, (above, below, times, *_) in INDICATORS.items():
        parts = [told[name] for name in (above, below) if name]
        marks = {one for one in parts if isinstance(one, str)}
        mark = UNKNOWN if marks == {UNKNOWN} else WITHHELD
        found[key] = mark if marks else parts[0] / (parts[1] if below else 1) * times
    return found


def total_of(values):
    """Progress by weight, each at most 100; unknown while one of them is."""
    if any(isinstance(value, str) for value in values.values()):
        return UNKNOWN
    shares = [(weight, min(values[key] / target, 1)) for key, (*_, target, weight) in INDICATORS.items()]
    return f"{100 * sum(weight * share for weight, share in shares) / sum(weight for weight, _ in shares):.1f} %"


@pytest.fixture(scope="module")
def edition(officer, admin_read):
    """(its address, its frozen content)."""
    found = admin_read("SELECT id, content FROM bureau_edition WHERE period = '2026'")
    assert len(found) == 1
    return f"/bureau/reports/{found[0].id}", bytes(found[0].content)


@pytest.fixture(scope="module", params=["zh-Hans", "en"])
def page(request, app, city, edition):
    """The report in either language, and its words for a number that is not told."""
    client = log_in(app, "officer@city.example")
    client.post("/language", data={"locale": request.param})
    return client.get(edition[0]).data.decode(), MARKS[request.param]


def printed(page):
    """(key, text) of every figure on a page of the report."""
    found = re.findall(r'data-figure="([^"]+)"[^>]*>([^<]*)<', page)
    return [(unescape(key), " ".join(unescape(shown).split())) for key, shown in found]


def as_printed(name, value, marks):
    """How a number may stand: as people read it, and exact in the table of data."""
    if isinstance(value, str):
        return {marks[value]}
    exact = str(int(value)) if value == int(value) else repr(float(value))
    if name.endswith("_fen"):
        return {f"{value / 100:,.2f}", exact}
    return {f"{value:,.0f}" if value == int(value) else f"{value:,.1f}", exact}


def test_every_number_of_the_report_equals_a_slow_recount(page, told):
    shown, marks = page
    seen = Counter()
    for name, text_ in printed(shown):
        if name in told and text_ != name and not SOURCE.match(text_):
            assert text_ in as_printed(name, told[name], marks), (name, text_, told[name])
            seen[name] += 1
    assert seen.keys() == told.keys()


def test_what_is_recounted_is_not_a_city_of_noughts(told):
    assert sum(value not in (0, WITHHELD, UNKNOWN) for value in told.values()) > 25
    assert "businesses@310113" in told
    assert WITHHELD in told.values()


def test_no_number_of_businesses_below_ten_is_printed_anywhere(page, told, city):
    businesses = list_businesses(city).items()
    for quarter in QUARTERS:
        cells = released(city, (quarter,))
        of_quarter = [one for (*_, period), one in businesses if period == quarter]
        for cell, is_in in published_names(DISTRICTS, topic_names()["zh-Hans"]).values():
            if cell in cells and 0 < sum(map(is_in, of_quarter)) < LEAST:
                assert cells[cell] is None, cell


def test_every_indicator_and_their_total_are_what_they_say(page, told):
    shown, marks = page
    values, found = rated(told), {}
    for key, text_ in printed(shown):
        found.setdefault(key, []).append(text_)
    for key, value in values.items():
        unit = "" if key == "satisfied" else " %"
        _, _, _, target, weight = INDICATORS[key]
        is_told = not isinstance(value, str)
        of_target = f"{100 * value / target:.0f} %" if is_told else marks[UNKNOWN]
        said = f"{value:,.1f}{unit}" if is_told else marks[value]
        assert found[f"indicator:{key}"][:3] == [said, f"{target:,.1f}{unit}", of_target]
        assert str(weight) in found[f"indicator:{key}"]
    total = total_of(values)
    assert found["total"] == [marks.get(total, total)]


def test_the_report_counts_what_it_withholds(page, told):
    withheld = sum(value == WITHHELD for value in told.values())
    assert [text_ for key, text_ in printed(page[0]) if key == "withheld"] == [str(withheld), str(len(told))]


def test_the_file_of_data_says_what_the_report_says(edition, told):
    lines = csv.DictReader(io.StringIO(render_data(from_bytes(edition[1])).decode("utf-8-sig")))
    found = {line["key"]: line for line in lines}
    assert found.keys() == told.keys()
    for name, value in told.items():
        mark = "yes" if value == WITHHELD else "no"
        number = "" if isinstance(value, str) else f"{float(value):.9f}"
        assert found[name]["withheld"] == mark, name
        assert (found[name]["value"] and f"{float(found[name]['value']):.9f}") == number, name


# The first page


def home(client):
    """(figure, what it is of) → the text that stands for it."""
    shown = client.get("/bureau/").text
    figures = re.findall(r'href="/bureau/figures/(\w+)"><span>[^<]*</span><strong>([^<]*)</strong>', shown)
    found = {(key, ""): said for key, said in figures}
    for key, rows in re.findall(r'<h2><a href="/bureau/figures/(\w+)">.*?<tbody>(.*?)</tbody>', shown, re.DOTALL):
        lines = re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td>', rows)
        found |= {(key, name): said for name, said in lines}
    return found


def recount_home(city, part):
    """The same of these bureaus' firms, from the rows."""
    firms = {one["id"]: one["name"] for one in city["firm"] if one["bureau_id"] in part}
    bureaus = {one["id"]: one["name"] for one in city["bureau"] if one["id"] in part}
    run_by = {one["id"]: bureaus[one["bureau_id"]] for one in city["firm"] if one["id"] in firms}
    checkups, entries, calls, complaints = (
        [one for one in city[table] if one["firm_id"] in firms]
        for table in ("checkup", "hour_entry", "green_call", "complaint")
    )
    waiting = [one for one in checkups if one["review_wanted"] and one["state"] in COUNTED_STATES[:2]]
    late = [one for one in waiting if working_days_after(city_day(one["submitted_at"]), REVIEW_DAYS).day < TODAY]
    signed = [one for one in checkups if one["signed_at"] and city_day(one["signed_at"]).year == YEAR]
    took = [
        (one["signed_at"] - one["submitted_at"]).total_seconds() / 86400
        for one in checkups
        if one["signed_at"] and (now() - one["signed_at"]).total_seconds() < 90 * 86400
    ]
    given = [one for one in entries if counts(one) and one["day"].year == YEAR]
    ringing = [one for one in calls if one["state"] in ("ringing", "held")]
    open_ones = [one for one in complaints if one["state"] in ("opened", "in_hand")]
    by_firm = Counter()
    for one in given:
        by_firm[firms[one["firm_id"]]] += minutes_of(one)
    found = {
        ("open", ""): len(waiting),
        ("overdue", ""): len(late),
        ("green_open", ""): len(ringing),
        ("green_late", ""): sum(one["late_since"] is not None or one["due_at"] < now() for one in ringing),
        ("waiting_days", ""): statistics.median(took),
        ("signed", ""): len(signed),
        ("complaints_open", ""): len(open_ones),
        ("complaints_late", ""): sum(one["due_on"] < TODAY for one in open_ones),
        ("hours", ""): sum(by_firm.values()),
        ("hours_reached", ""): len(at_target(given)),
    }
    found |= {("overdue_by_firm", name): n for name, n in Counter(firms[one["firm_id"]] for one in late).items()}
    found |= {("hours_by_firm", name): n for name, n in by_firm.items()}
    by_part = Counter(run_by[one["firm_id"]] for one in signed)
    found |= {("coverage", name): by_part[name] for name in bureaus.values()}
    cells, businesses = released(city, QUARTERS[-1:]), list_businesses(city).items()
    newest = [one for (*_, quarter), one in businesses if quarter == QUARTERS[-1]]
    for code, names in DISTRICTS.items():
        many, cell = sum(one.district == code for one in newest), f"district={code}"
        if cell in cells:
            found["reached", names["zh-Hans"]] = WITHHELD if cells[cell] is None else many
        else:
            assert len(newest) < LEAST * len(DISTRICTS), "only of a small quarter the districts are not told"
    classes = [
        WITHHELD if cells[f"stars={n}"] is None else sum(one.stars == str(n) for one in newest) for n in range(1, 6)
    ]
    return {**found, ("stars", ""): ratings(classes)[1]}


def as_shown(key, value):
    """A number as a bureau's page writes it."""
    if isinstance(value, str):
        return "–" if value == UNKNOWN else value
    if key in ("hours", "hours_by_firm"):
        hours, rest = divmod(value, 60)
        said = (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest else "")
        return said or "0分钟"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


@pytest.mark.parametrize(
    ("email", "is_of_part"),
    [("officer@city.example", lambda one: True), ("officer@baoshan.example", lambda one: one in (BAOSHAN, YOUYI))],
)
def test_every_number_of_a_bureaus_first_page_equals_a_slow_recount(app, city, email, is_of_part):
    part = {one["id"] for one in city["bureau"] if is_of_part(one["id"])}
    recount = {key: as_shown(key[0], value) for key, value in recount_home(city, part).items()}
    assert home(log_in(app, email)) == recount
    assert sum(bool(re.search("[1-9]", said)) for said in recount.values()) > 12


# The goals


def test_every_goal_stands_where_a_slow_recount_puts_it(officer, city):
    firms = {one["id"]: one for one in city["firm"]}
    shown = officer.get("/bureau/goals").text
    rows = re.findall(r'<th scope="row">([^<]*)</th><td data-label="目标">([^<]*)</td><td[^>]*>(.*?)</td>', shown)
    found = {(name, what): re.sub(r"<[^>]*>| ", "", said) for name, what, said in rows}
    assert len(found) == len(city["goal"]) > 4
    for goal in city["goal"]:
        mine = [one["id"] for one in firms.values() if goal["firm_id"] in (one["id"], None)]
        mine = [one for one in mine if goal["firm_id"] or firms[one]["district"] == goal["district"]]
        name = firms[goal["firm_id"]]["name"] if goal["firm_id"] else DISTRICTS[goal["district"]]["zh-Hans"]
        if goal["kind"] == "signed":
            what, held = "签发的体检（件）", city["checkup"]
            reached = sum(bool(one["signed_at"]) and city_day(one["signed_at"]).year == YEAR
                          for one in held if one["firm_id"] in mine)  # fmt: skip
        else:
            what, held = "公益工时（小时）", city["hour_entry"]
            reached = sum(minutes_of(one) for one in held
                          if one["firm_id"] in mine and counts(one) and one["day"].year == YEAR) / 60  # fmt: skip
        percent = int(100 * reached // goal["value"])
        assert found[name, what].startswith(f"{reached:,.0f}/{goal['value']:,}·{percent}%"), found[name, what]


# The indicators so far


def test_every_indicator_of_the_year_so_far_is_what_it_says(officer, told):
    first = {"key": "first", "name": "首选率", "name_en": "First choice", "formula": "first_here / first_all * 100",
             "unit": "percent", "weight": "0", "target": "50", "source": "试"}  # fmt: skip
    assert officer.post("/bureau/indicators", data=first).status_code == 302
    shown = officer.get("/bureau/indicators").text
    found = dict(re.findall(r'<th scope="row">([^<]*)</th>.*?data-label="今年到现在">(.*?)</td>', shown))
    values = {key: value if isinstance(value, str) else f"{value:,.1f}" for key, value in rated(told).items()}
    assert found["按时复核率"] == f"{values['on_time']} %"
    assert found["知晓率"] == f"{values['known']} %"
    assert found["工时核实率"] == f"{values['verified']} %"
    assert found["满意度（5分）"].startswith(values["satisfied"])
    assert found["首选率"].startswith("不公开 <small>缺 <code>first_all, first_here")
