"""Counts follow every change; a release holds what it says, in every format, and never tells of one business."""

import json
import random
import re

import duckdb
import openpyxl
import polars as pl
import pytest
import schemathesis
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from pysdmx.io import get_datasets
from sqlalchemy import create_engine, text

from cloud.cubes.cells import FIRST
from cloud.cubes.counting import add_to_cells, count_business, recount, stored_counts
from cloud.cubes.models import Contribution, CubeCell
from cloud.disclosure.suppression import THRESHOLD
from cloud.releases.ledger import list_cells, list_draft_cells, list_drafts, list_events, list_releases
from cloud.releases.releases import ask_draft, fill_draft, publish_draft
from demo import city as demo_city
from tenants.anonymity import MOST_VOUCHED
from tenants.clock import now
from tenants.database import Audience, Scope, configure, unit_of_work
from tenants.errors import Conflict
from tests.owners import DETAILS, answer_all, keep_a_phone
from tests.reading import Browser
from webapp import migrating
from webapp.app import create_app
from webapp.cli import main
from webapp.settings import Settings
from webapp.worker_loop import run_worker

PERIOD = "2026-Q3"
AGREED = {**DETAILS, "statistics": "yes", "cloud": "yes"}


@pytest.fixture(scope="module")
def city(tmp_path_factory, settings):
    """A city of its own: (settings, app)."""
    made = Settings.from_env({"FAMAI_DATA_DIR": str(tmp_path_factory.mktemp("cloud"))})
    migrating.migrate(made.admin_database_url)
    configure(made.lines)
    demo_city.open_city(made)
    app = create_app(made)
    app.test_client_class = Browser
    app.config.update(WTF_CSRF_ENABLED=False)
    yield made, app
    configure(settings.lines)


@pytest.fixture(autouse=True)
def here(city):
    configure(city[0].lines)


def counts():
    with unit_of_work(Scope(Audience.WORKER)) as work:
        return stored_counts(work)


def is_whole():
    with unit_of_work(Scope(Audience.WORKER)) as work:
        return {cell: n for cell, n in recount(work).items() if n} == stored_counts(work)


def submit(app, details, slug="hubin", phone=True):
    client = app.test_client()
    url = client.post(f"/f/{slug}/start", data=details).location.rstrip("/")
    if phone:
        keep_a_phone(url)
    answer_all(client, url)  # without enough answers there is no verdict, and nothing to count
    client.post(f"{url}/submit")
    return client, url


def work_off(settings):
    """Let the worker count; reports are not what is tested here, and rendering them takes seconds each."""
    engine = create_engine(settings.admin_database_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs WHERE task_name = 'render_report' AND status = 'todo'"))
    engine.dispose()
    run_worker(settings, wait=False)


def total():
    return sum(n for (_, block, _), n in counts().items() if block == "base")


def fill_quarter(seed, size=4000):
    """Counts of a whole quarter, written as deltas, as if the city's businesses had come."""
    rng, moved = random.Random(seed), {}
    districts, sections = ("310101", "310113", "310115", "310110"), ("F", "H", "I")
    for _ in range(size):
        district, section = rng.choices(districts, (5, 20, 60, 15))[0], rng.choices(sections, (70, 25, 5))[0]
        kind, grade = rng.choices(("micro", "small"), (90, 10))[0], rng.choices("ABCDE", (50, 5, 30, 13, 2))[0]
        found = "with" if rng.random() < 0.3 else "without"
        month = rng.choice(("M1", "M2", "M3"))
        items = [("base", f"{district}|{section}|{kind}"), ("grade", f"{district}|{kind}|{grade}")]
        items += [("month", f"{district}|{month}"), ("topic:emp", f"{district}|{found}")]
        items += [("risk", "emp|emp.unwritten")] * (found == "with")
        for block, key in items:
            moved[PERIOD, block, key] = moved.get((PERIOD, block, key), 0) + 1
    with unit_of_work(Scope(Audience.WORKER)) as work:
        add_to_cells(work, moved)


def draft(period=PERIOD, method="suppression"):
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        row = ask_draft(work, period=period, method=method, k=THRESHOLD, by="周", now=now())
    with unit_of_work(Scope(Audience.WORKER)) as work:
        return fill_draft(work, row.id, now=now())


def publish(row):
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        return publish_draft(work, row.id, by="周", now=now())


@pytest.fixture(scope="module")
def released(city):
    """A published quarter."""
    configure(city[0].lines)
    fill_quarter(1)
    return publish(draft())


def test_only_a_business_whose_owner_agreed_to_both_is_counted(city):
    before = total()
    for details in (DETAILS, {**DETAILS, "statistics": "yes"}, AGREED):
        submit(city[1], details)
    work_off(city[0])
    assert total() == before + 1


def test_a_business_of_nobody_counts_once_a_phone_is_confirmed(city):
    before = total()
    _, url = submit(city[1], AGREED, phone=False)
    work_off(city[0])
    assert total() == before
    keep_a_phone(url)
    work_off(city[0])
    assert total() == before + 1


def test_one_phone_vouches_for_three_businesses_and_no_more(city):
    before = total()
    client, _ = submit(city[1], AGREED)
    for number in range(4):
        url = client.post("/f/hubin/start", data={**AGREED, "name": f"又一家{number}"}).location.rstrip("/")
        answer_all(client, url)
        client.post(f"{url}/submit")
    work_off(city[0])
    assert total() == before + MOST_VOUCHED


def test_withdrawing_consent_and_erasing_take_the_business_out_again(city):
    before = counts()
    withdrawn, erased = submit(city[1], AGREED), submit(city[1], AGREED)
    work_off(city[0])
    assert counts() != before
    withdrawn[0].post(f"{withdrawn[1]}/mine/consent", data={"purpose": "cloud", "granted": "no"})
    erased[0].post(f"{erased[1]}/mine/erase")
    work_off(city[0])
    assert counts() == before


def test_deltas_equal_a_recount_after_random_events(city):
    rng, clients = random.Random(5), []
    for _ in range(60):
        if not clients or rng.random() < 0.5:
            clients.append(submit(city[1], rng.choice((AGREED, DETAILS)), rng.choice(("hubin", "jiangwan"))))
        client, url = rng.choice(clients)
        match rng.randrange(4):
            case 0:
                granted = rng.choice(("yes", "no"))
                client.post(f"{url}/mine/consent", data={"purpose": "statistics", "granted": granted})
            case 1:
                client.post(f"{url}/question/con.written", data={"answer": rng.choice(("all", "none", "few"))})
                client.post(f"{url}/submit")
            case 2 if rng.random() < 0.4:
                client.post(f"{url}/mine/erase")
    work_off(city[0])
    assert is_whole()


def test_rebuild_from_the_checkups_agrees_with_the_deltas(city):
    result = CliRunner().invoke(main, ["cloud", "rebuild"], env={"FAMAI_DATA_DIR": str(city[0].data_dir)})
    configure(city[0].lines)
    assert " 0 moved by businesses" in result.output, result.output


def test_a_release_withholds_small_cells_and_says_how_many(released):
    manifest = json.loads(released.manifest)
    with unit_of_work(Scope(Audience.PUBLIC)) as work:
        cells = list_cells(work, released.number)
    assert manifest["withheld"] == sum(count is None for count in cells.values())
    assert not [count for count in cells.values() if count is not None and 0 < count < THRESHOLD]


def move(many, district="310113"):
    """So many businesses of a district come, or go."""
    items = (("base", f"{district}|F|micro"), ("grade", f"{district}|micro|A"), ("month", f"{district}|M1"),
             ("topic:emp", f"{district}|without"))  # fmt: skip
    with unit_of_work(Scope(Audience.WORKER)) as work:
        add_to_cells(work, {(PERIOD, *item): many for item in items})


def test_no_second_edition_leaves_before_a_number_has_changed_by_ten_businesses(released):
    move(-1)
    assert draft().why == "few"


def test_a_second_edition_tells_what_changed_by_many_and_the_rest_as_it_was_told(released):
    move(40)
    row = draft()
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        second, first = list_draft_cells(work, row.id), list_cells(work, released.number)
    assert second[()] > first[()]
    for cell, count in second.items():
        assert (count is None) == (first[cell] is None), cell
        assert count is None or count == first[cell] or abs(count - first[cell]) >= THRESHOLD, cell


def test_what_a_draft_told_stays_told_although_nobody_published_it(released):
    move(40)
    first = draft()
    move(-1)
    second = draft()
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        assert list_draft_cells(work, first.id) == list_draft_cells(work, second.id)


def test_counting_goes_on_while_a_draft_is_being_filled(city, released):
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        row = ask_draft(work, period=PERIOD, method="suppression", k=THRESHOLD, by="周", now=now())
    with unit_of_work(Scope(Audience.WORKER)) as drafting:
        fill_draft(drafting, row.id, now=now())
        with unit_of_work(Scope(Audience.WORKER)) as counting:
            counting.execute(text("SET LOCAL lock_timeout = '2s'"))
            add_to_cells(counting, {("2033-Q1", "base", "310113|F|micro"): 1})
            for one in counting.query(Contribution).limit(1):
                count_business(counting, firm_id=one.firm_id, business_id=one.business_id)


def test_a_checked_draft_becomes_one_release_and_its_life_is_on_record(city, released):
    move(40)
    row = draft()
    made = publish(row)
    with pytest.raises(Conflict):
        publish(row)
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        moves = [one.became for one in list_events(work, row.id)]
        older = [one.state for one in list_drafts(work) if one.number == released.number]
    assert moves == ["drafted", "checked", "published"]
    assert older == ["corrected"]
    assert made.number > released.number


def test_a_draft_that_another_release_has_overtaken_does_not_leave(city, released):
    move(40)
    first, second = draft(), draft()
    publish(first)
    with pytest.raises(Conflict, match="stale"):
        publish(second)


def test_a_year_adds_its_quarters_as_they_were_told_and_holds_their_months(city, released):
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        row = draft("2026")
        assert row.why == ""
        cells = list_draft_cells(work, row.id)
    quarter = (("quarter", "Q3"),)
    assert cells[(("month", "M2"), *quarter)] is not None
    assert cells[()] == sum(cells.get((("quarter", name),), 0) for name in ("Q1", "Q2", "Q3", "Q4"))


def test_exact_counts_and_noise_never_meet(city, released):
    assert draft(method="noise").why == "method"


def test_noise_is_refused_when_the_budget_of_the_year_is_spent(city):
    with unit_of_work(Scope(Audience.WORKER)) as work:
        add_to_cells(work, {("2031-Q1", "base", "310113|F|micro"): 40})
    assert [draft("2031-Q1", "noise").state for _ in range(5)] == ["checked"] * 4 + ["failed"]


def sdmx_cells(file):
    """How many observations the SDMX library reads."""
    [dataset] = get_datasets(file)
    return len(dataset.data)


def test_every_format_holds_the_same_numbers(city, released, tmp_path):
    move(40)
    env = {"FAMAI_DATA_DIR": str(city[0].data_dir)}
    result = CliRunner().invoke(main, ["cloud", "release", "--period", PERIOD, "--out", str(tmp_path)], env=env)
    configure(city[0].lines)
    assert result.exit_code == 0, result.output
    folder = tmp_path / re.search(r"release-\d+", result.output)[0]
    frame = pl.read_parquet(folder / "cells.parquet")
    table = duckdb.sql(f"SELECT count(*), sum(OBS_VALUE) FROM read_csv('{folder}/cells.csv')").fetchall()[0]
    assert table == (frame.height, frame["OBS_VALUE"].sum())
    sheet = openpyxl.load_workbook(folder / "cells.xlsx", read_only=True)["cells"]
    assert sum(row[10] or 0 for row in sheet.iter_rows(min_row=2, values_only=True)) == frame["OBS_VALUE"].sum()
    assert sdmx_cells(folder / "cells.csv") == frame.height
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["cells"] == frame.height


def test_nothing_is_released_of_an_empty_quarter(city, tmp_path):
    env = {"FAMAI_DATA_DIR": str(city[0].data_dir)}
    result = CliRunner().invoke(main, ["cloud", "release", "--period", "2019-Q1", "--out", str(tmp_path)], env=env)
    configure(city[0].lines)
    assert result.exit_code == 1
    assert "no business is counted" in result.output


def test_the_page_shows_the_edition_and_never_a_small_number(city, released):
    page = city[1].test_client().get(f"/statistics?period={PERIOD}").text
    assert "不公开" in page
    assert "宝山区" in page


def test_a_release_is_never_sent_twice_to_who_has_it(city, released):
    client, path = city[1].test_client(), f"/api/v1/releases/{released.number}/cells.csv"
    first = client.get(path)
    assert first.text.startswith("STRUCTURE,STRUCTURE_ID,ACTION,TIME_PERIOD")
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_releases_are_listed_after_the_one_that_is_known(city, released):
    client = city[1].test_client()
    assert released.number in [one["number"] for one in client.get("/api/v1/releases").json["releases"]]
    with unit_of_work(Scope(Audience.PUBLIC)) as work:
        last = list_releases(work)[-1].number
    assert client.get(f"/api/v1/releases?after={last}").json == {"releases": [], "next": None}
    assert client.get("/api/v1/releases?after=x").status_code == 400


def test_the_interface_answers_as_it_is_described(city, released):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", city[1])
    for described in schema.get_all_operations():

        @given(case=described.ok().as_strategy())
        @hypothesis_settings(max_examples=25)
        def answers_as_described(case):
            case.call_and_validate(headers={"Accept-Encoding": "identity"})  # its client unpacks nothing

        answers_as_described()


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.WORKER])
def test_nobody_but_the_worker_reads_raw_counts(city, audience):
    with pytest.raises(Exception, match="permission denied"), unit_of_work(Scope(audience)) as work:
        stored_counts(work)


def test_the_operator_reads_what_stands_behind_no_sum(city):
    with pytest.raises(Exception, match="permission denied"), unit_of_work(Scope(Audience.OPERATOR)) as work:
        work.execute(text("SELECT amount FROM contribution_sum"))


def test_a_business_that_comes_in_two_quarters_is_one_new_business_of_the_year(city):
    before = counts()
    client, url = submit(city[1], AGREED)
    work_off(city[0])
    with unit_of_work(Scope(Audience.WORKER)) as work:
        rows = [row for row in work.query(CubeCell) if row.block == FIRST]
    assert sum(row.count for row in rows) == len({(row.firm_id, row.business_id) for row in contributions()})
    client.post(f"{url}/mine/erase")
    work_off(city[0])
    assert counts() == before


def contributions():
    with unit_of_work(Scope(Audience.WORKER)) as work:
        return [row for row in work.query(Contribution) if row.items]
