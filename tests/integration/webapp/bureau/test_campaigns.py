"""An officer makes a campaign, fills it, lets it begin and ends it; her partner reads what is its own."""

import datetime as dt
import io
import re

import openpyxl
import pytest

from demo.city import demo_id
from tenants.clock import city_day, now
from tests.parks import OFFICER, PARK, make_link, partner_scope
from tests.visits import log_in

TODAY = city_day(now())
FORM = {
    "name": "烘焙合规月", "purpose": "看看后厨", "begins_on": TODAY.isoformat(),
    "ends_on": (TODAY + dt.timedelta(days=20)).isoformat(), "languages": ["zh-Hans", "en"],
    "focus": "lic", "budget": "30",
}  # fmt: skip


@pytest.fixture
def officer(app):
    return log_in(app, OFFICER)


@pytest.fixture
def path(officer):
    answer = officer.post("/bureau/campaigns/new", data=FORM)
    assert answer.status_code == 302, answer.text
    return answer.location


def test_from_a_draft_to_a_code_that_leads_in(app, officer, path):
    park = str(partner_scope().partner_id)
    assert officer.post(f"{path}/open").status_code == 422  # nobody takes part yet
    assert officer.post(f"{path}/partners", data={"partners": [park]}).status_code == 302
    assert officer.post(f"{path}/firms", data={"firms": [str(demo_id("hubin"))], "quota": "9"}).status_code == 302
    said = {"partner": park, "place": "后厨", "cap": "1"}
    assert officer.post(f"{path}/links", data=said).status_code == 302
    code = re.search(r"/c/([2-9A-Z]{6})", officer.get(path).text)[1]
    partner = log_in(app, PARK)
    assert "烘焙合规月" not in partner.get("/partner/").text
    assert officer.post(f"{path}/open").status_code == 302
    assert app.test_client().get(f"/c/{code}").status_code == 200
    assert "烘焙合规月" in partner.get("/partner/").text


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"ends_on": (TODAY - dt.timedelta(days=1)).isoformat()}, "日期要在"),
        ({"ends_on": (TODAY + dt.timedelta(days=900)).isoformat()}, "日期要在"),
        ({"languages": []}, "请填写"),
        ({"name": ""}, "请填写"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(officer, changed, fault):
    answer = officer.post("/bureau/campaigns/new", data=FORM | changed)
    assert answer.status_code == 422
    assert fault in answer.text


def test_a_link_of_a_partner_that_takes_no_part_is_refused(officer, path):
    said = {"partner": str(partner_scope().partner_id), "place": "门口"}
    assert officer.post(f"{path}/links", data=said).status_code == 422


def test_what_runs_keeps_its_name(officer):
    link = make_link()
    path = f"/bureau/campaigns/{link.campaign_id}"
    assert officer.post(f"{path}/plan", data=FORM).status_code == 302
    page = officer.get(path).text
    assert "<h1>试试</h1>" in page
    assert "一共30次" in page


def test_ending_early_takes_a_reason(officer):
    path = f"/bureau/campaigns/{make_link().campaign_id}"
    assert officer.post(f"{path}/end").status_code == 422
    assert officer.post(f"{path}/end", data={"why": "疫情"}).status_code == 302
    assert (
        officer.post(f"{path}/links", data={"partner": str(partner_scope().partner_id), "place": "x"}).status_code
        == 409
    )


def test_a_bureau_beside_does_not_find_it(app):
    beside = log_in(app, "officer@youyi.example")
    assert beside.get(f"/bureau/campaigns/{make_link().campaign_id}").status_code == 404


@pytest.fixture(scope="module")
def hung(settings):
    """A code that hangs somewhere, in Chinese alone."""
    return make_link()


@pytest.mark.parametrize(
    ("file", "status", "begins"),
    [
        ("a4/zh-Hans.pdf", 200, b"%PDF"),
        ("a6/zh-Hans.svg", 200, b"<svg"),
        ("roll-up/zh-Hans.svg", 200, b"<svg"),
        ("a4/en.pdf", 404, b""),
        ("a5/zh-Hans.pdf", 404, b""),
        ("a4/zh-Hans.exe", 404, b""),
    ],
)
def test_a_partner_prints_what_hangs_at_its_place_in_the_campaigns_languages(app, hung, file, status, begins):
    answer = log_in(app, PARK).get(f"/partner/campaigns/{hung.campaign_id}/links/{hung.id}/{file}")
    assert answer.status_code == status
    assert answer.data.startswith(begins)


def test_a_kit_shows_the_code_in_two_threes(app, hung):
    drawn = log_in(app, PARK).get(f"/partner/campaigns/{hung.campaign_id}/links/{hung.id}/a4/zh-Hans.svg").text
    assert f">{hung.code[:3]} {hung.code[3:]}<" in drawn
    assert "友谊路电商园（演示）只知道一共多少家" in drawn.replace("\n", "")


def test_a_report_says_what_the_page_says_and_no_more(app, officer, hung):
    path = f"/bureau/campaigns/{hung.campaign_id}/report"
    sheet = openpyxl.load_workbook(io.BytesIO(officer.get(f"{path}.xlsx").data)).active
    assert {row[1] for row in sheet.iter_rows(min_row=6, values_only=True) if row[1]} == {"不公开"}
    assert officer.get(f"{path}.pdf").data.startswith(b"%PDF")
    assert officer.get(f"{path}.doc").status_code == 404
