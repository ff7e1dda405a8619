"""Indicators, frozen editions and the report: the same numbers give the same bytes, whoever reruns it."""

import datetime as dt
import filecmp
import json
import os
import uuid

import pytest
from click.testing import CliRunner

from bureau.reports.editions import find_before, get_edition
from demo.city import demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import make_case
from tests.visits import log_in
from webapp.cli import main
from webapp.report_editions import draft
from webapp.tasks.bureaus import TASKS, freeze_running_quarter
from webapp.worker_loop import run_worker

CITY = demo_id("bureau")
ON_TIME = {
    "key": "on_time", "name": "按时率", "name_en": "On time", "formula": "reviews_on_time / reviews_due * 100",
    "unit": "percent", "weight": "10", "target": "95", "source": "评价指标体系",
}  # fmt: skip


@pytest.fixture
def officer(app):
    return log_in(app, "officer@city.example")


def run(settings, *arguments):
    result = CliRunner(env=os.environ | settings.same_city()).invoke(main, ["bureau", "report", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


def test_an_indicator_is_checked_and_then_computed(officer, settings):
    make_case(settings, "signed", at=now() - dt.timedelta(days=60))
    wrong = officer.post("/bureau/indicators", data={**ON_TIME, "formula": "nothing + 1", "weight": "101"})
    assert wrong.status_code == 422
    assert "没有这个数字：nothing" in wrong.text
    assert "请填0到100之间的整数" in wrong.text
    assert officer.post("/bureau/indicators", data=ON_TIME).status_code == 302
    page = officer.get("/bureau/indicators").text
    assert "按时率" in page
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY)) as session:
        rated = {one.definition.key: one for one in draft(session, bureau_id=CITY, period="2026").rated}
    assert 0 < rated["on_time"].value <= 100
    assert f"{rated['on_time'].value:.1f} %" in page


def test_a_changed_formula_is_a_new_version(officer, settings):
    for formula in ("reviews_signed", "reviews_signed * 2"):
        officer.post("/bureau/indicators", data={**ON_TIME, "key": "volume", "formula": formula, "unit": "count"})
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY)) as session:
        rated = {one.definition.key: one.definition for one in draft(session, bureau_id=CITY, period="2026").rated}
    assert (rated["volume"].version, rated["volume"].formula) == (2, "reviews_signed * 2")


def test_a_district_uses_the_indicators_of_its_city(app, officer):
    officer.post("/bureau/indicators", data={**ON_TIME, "key": "from_above"})
    assert "上级定的" in log_in(app, "officer@baoshan.example").get("/bureau/indicators").text


def test_a_period_that_is_none_is_refused(officer):
    refused = officer.post("/bureau/reports", data={"period": "last year"})
    assert refused.status_code == 422
    assert "last year" in refused.text


def test_the_same_numbers_are_not_frozen_twice(officer):
    assert officer.post("/bureau/reports", data={"period": "2021"}).status_code == 302
    assert officer.post("/bureau/reports", data={"period": "2021"}).status_code == 409


def test_a_period_that_has_not_begun_is_not_frozen(officer):
    refused = officer.post("/bureau/reports", data={"period": str(city_day(now()).year + 1)})
    assert refused.status_code == 422
    assert "还没有开始" in refused.text


def test_an_edition_of_a_running_period_is_marked_provisional_and_one_of_an_ended_period_is_not(officer):
    year = city_day(now()).year
    assert "暂时的" in officer.post("/bureau/reports", data={"period": str(year)}, follow_redirects=True).text
    assert "暂时的" not in officer.post("/bureau/reports", data={"period": "2022"}, follow_redirects=True).text


def test_a_withdrawn_edition_keeps_its_reason_gives_no_files_and_is_compared_with_no_more(officer, settings):
    shown = officer.post("/bureau/reports", data={"period": "2023-Q1"}).location
    TASKS["write_report"](settings, bureau_id=str(CITY), edition_id=shown.rsplit("/", 1)[1])
    assert officer.get(f"{shown}/data.csv").status_code == 200
    assert officer.post(f"{shown}/withdraw", data={"why": " "}).status_code == 422
    assert officer.post(f"{shown}/withdraw", data={"why": "漏了两家所"}).status_code == 302
    assert "漏了两家所" in officer.get(shown).text
    assert officer.get(f"{shown}/data.csv").status_code == 404
    assert officer.post(f"{shown}/withdraw", data={"why": "再撤一次"}).status_code == 409
    later = officer.post("/bureau/reports", data={"period": "2024-Q1"}).location
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=CITY)) as session:
        edition = get_edition(session, bureau_id=CITY, edition_id=uuid.UUID(later.rsplit("/", 1)[1]))
        assert find_before(session, edition) is None


def test_an_edition_that_was_withdrawn_can_be_made_again_with_the_same_numbers(officer):
    shown = officer.post("/bureau/reports", data={"period": "2020-Q1"}).location
    officer.post(f"{shown}/withdraw", data={"why": "重做"})
    assert officer.post("/bureau/reports", data={"period": "2020-Q1"}).status_code == 302


def test_on_friday_each_bureau_finds_its_quarter_frozen_and_once_only(app, settings):
    assert freeze_running_quarter(settings) >= 4
    assert freeze_running_quarter(settings) == 0
    assert "Famai" in log_in(app, "officer@baoshan.example").get("/bureau/reports").text


def test_a_report_is_written_by_the_worker_and_downloaded(officer, settings, admin_write):
    admin_write("TRUNCATE procrastinate_jobs CASCADE")  # twenty editions that other tests have asked for
    shown = officer.post("/bureau/reports", data={"period": "2022-Q1"}).location
    assert "PDF和Word正在写" in officer.get(shown).text
    run_worker(settings, wait=False)
    assert "report.zh-Hans.pdf" in officer.get(shown).text
    assert officer.get(f"{shown}/report.zh-Hans.pdf").data.startswith(b"%PDF")
    assert officer.get(f"{shown}/report.en.docx").data.startswith(b"PK")
    assert officer.get(f"{shown}/../../etc/passwd").status_code == 404


def test_anybody_can_rerun_a_report_and_gets_the_same_bytes(settings, tmp_path):
    run(settings, "--year", "2026", "--out", tmp_path / "first")
    run(settings, "--year", "2026", "--out", tmp_path / "second")
    run(settings, "--edition", tmp_path / "first" / "edition.json", "--out", tmp_path / "third")
    names = sorted(file.name for file in (tmp_path / "first").iterdir())
    assert len(names) == 9
    for other in ("second", "third"):
        assert filecmp.cmpfiles(tmp_path / "first", tmp_path / other, names, shallow=False) == (names, [], [])


def test_every_measure_of_an_edition_names_its_source(settings, tmp_path):
    run(settings, "--year", "2026", "--out", tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["reviews_signed"]["source"].startswith(f"process 2026-01-01–{city_day(now())}")
    assert all(entry["source"] for entry in manifest.values())
