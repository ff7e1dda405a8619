"""The poster of a gathering: what, when, where and how to sign up, for whoever makes it; none once nobody may come."""

import io

import pytest
from pypdf import PdfReader

from bureau.gatherings import making
from demo.city import demo_id
from tenants.clock import now
from tenants.database import unit_of_work
from tests.gatherings import AT_FIRM, BUREAU, BY, FIRM, OFFICER, PLAN, make
from tests.visits import log_in


@pytest.fixture(scope="module")
def officer(app):
    return log_in(app, OFFICER)


def poster_of(row, desk="bureau"):
    return f"/{desk}/events/{row.id}/poster"


def test_it_says_what_when_where_and_how_to_sign_up(officer, settings):
    row = make()
    drawn = officer.get(f"{poster_of(row)}/zh-Hans.svg").text
    for said in ("普法讲座", "租约怎么看", "友谊路1号", "14:00–16:00", "（周", "免费，不推销", row.number, "扫码报名"):
        assert said in drawn


def test_in_english_it_is_english(officer, settings):
    drawn = officer.get(f"{poster_of(make())}/en.svg").text
    assert "How to read a lease" in drawn
    assert "Scan to sign up" in drawn
    assert "扫码" not in drawn


def test_as_pdf_it_is_one_page_of_a4(officer, settings):
    answer = officer.get(f"{poster_of(make())}/zh-Hans.pdf")
    [page] = PdfReader(io.BytesIO(answer.data)).pages
    assert [round(float(side) * 25.4 / 72) for side in page.mediabox[2:]] == [210, 297]
    assert answer.mimetype == "application/pdf"


def test_what_somebody_called_it_stays_words(officer, settings):
    row = make(name="<script>甲&乙</script>", place="<b>一楼</b>")
    drawn = officer.get(f"{poster_of(row)}/zh-Hans.svg").text
    assert "<script>" not in drawn
    assert "&lt;" in drawn


def test_a_firm_prints_that_of_its_own(app, settings):
    host = making.Host(demo_id("bureau:310113"), by_firm=FIRM)
    with unit_of_work(AT_FIRM) as session:
        row = making.make_gathering(session, PLAN, host, by=BY, now=now())
    lawyer = log_in(app, "lawyer1@hubin.example")
    page = lawyer.get(f"/firm/events/{row.id}").text
    assert f"{poster_of(row, 'firm')}/en.pdf" in page
    assert "沪滨" in lawyer.get(f"{poster_of(row, 'firm')}/zh-Hans.svg").text


def test_a_firm_that_nobody_asked_prints_none(app, settings):
    assert log_in(app, "lawyer1@hubin.example").get(f"{poster_of(make(), 'firm')}/zh-Hans.svg").status_code == 404


def test_one_that_was_called_off_prints_none(officer, settings):
    row = make()
    with unit_of_work(BUREAU) as session:
        making.cancel(session, making.get_to_change(session, row.id), why="下雨", by=BY, now=now())
    assert officer.get(f"{poster_of(row)}/zh-Hans.svg").status_code == 409
    assert "poster" not in officer.get(f"/bureau/events/{row.id}").text


@pytest.mark.parametrize("file", ["zh-Hant.svg", "zh-Hans.png"])
def test_there_is_no_other_language_or_kind(officer, settings, file):
    assert officer.get(f"{poster_of(make())}/{file}").status_code == 404
