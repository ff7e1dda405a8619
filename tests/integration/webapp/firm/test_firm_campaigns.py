"""A firm's admin makes a campaign of the firm's own and runs it; its bureau sees it and can stop it, nobody else."""

import datetime as dt
import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from demo.city import demo_id
from tenants.campaigns import links, making
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.owners import answer_all
from tests.parks import OFFICER, make_firm_link, partner_scope
from tests.visits import log_in

TODAY = city_day(now())
FORM = {
    "name": "本所用工周", "purpose": "看看合同", "begins_on": TODAY.isoformat(),
    "ends_on": (TODAY + dt.timedelta(days=20)).isoformat(), "languages": ["zh-Hans", "en"],
    "focus": "emp", "budget": "30",
}  # fmt: skip
SHOP = {"form": "individual", "staff": "5-10"}
TOLD = {"name": "王姐网店", "district": "310113"}
AT_FIRM = Scope(Audience.FIRM, demo_id("hubin"), demo_id("hubin:1"))
BUREAU = Scope(Audience.BUREAU, demo_id(OFFICER), bureau_id=demo_id("bureau:310113"))


@pytest.fixture
def admin(app):
    return log_in(app, "lawyer1@hubin.example")


@pytest.fixture
def path(admin):
    answer = admin.post("/firm/campaigns/new", data=FORM)
    assert answer.status_code == 302, answer.text
    return answer.location


@pytest.fixture
def finish(app):
    """Somebody new who comes by a code and gets to her first result: her browser, and the address of her checkup."""

    def go(link):
        client = app.test_client()
        url = client.post(f"/start?c={link.code}", data={"trade": "catering"}).location
        client.post(client.get(url).location, data=SHOP)
        answer_all(client, url)
        client.post(f"{url}/submit")
        return client, url

    return go


def test_from_a_draft_to_a_code_that_leads_in(app, admin, path):
    assert admin.post(f"{path}/links", data={"place": "本所前台"}).status_code == 302
    code = re.search(r"/c/([2-9A-Z]{6})", admin.get(path).text)[1]
    assert app.test_client().get(f"/c/{code}").status_code == 404
    assert admin.post(f"{path}/open").status_code == 302
    page = app.test_client().get(f"/c/{code}").text
    assert "沪滨" in page
    assert "请不请律师、请哪家，您自己定" in page
    assert "本所用工周" in admin.get("/firm/campaigns").text


def test_its_kit_bears_the_firms_name_in_each_language(admin, path):
    admin.post(f"{path}/links", data={"place": "本所前台"})
    kit = re.search(rf"{path}/links/[\w-]+", admin.get(path).text)[0]
    assert f"{kit}/a4/en.pdf" in admin.get(kit).text
    drawn = admin.get(f"{kit}/a4/zh-Hans.svg").text
    assert "沪滨" in drawn
    assert "司法局" not in drawn
    assert admin.get(f"{kit}/roll-up/en.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"ends_on": (TODAY - dt.timedelta(days=1)).isoformat()}, "日期要在"),
        ({"ends_on": (TODAY + dt.timedelta(days=900)).isoformat()}, "日期要在"),
        ({"name": "长" * (making.MOST_NAME + 1)}, f"最多{making.MOST_NAME}"),
        ({"budget": str(making.MOST_BUDGET + 1)}, f"{making.MOST_BUDGET}"),
        ({"languages": ["xx"]}, "请从列出的"),
        ({"focus": "xx"}, "请从列出的"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_nothing_typed_is_lost(admin, changed, fault):
    answer = admin.post("/firm/campaigns/new", data=FORM | changed)
    assert answer.status_code == 422
    assert fault in answer.text
    assert "看看合同" in answer.text


def test_a_place_without_a_name_is_refused(admin, path):
    assert admin.post(f"{path}/links", data={"place": ""}).status_code == 422


def test_a_link_of_a_partner_is_not_a_firms_to_make(app, admin, path):
    said = {"place": "大厅", "partner": str(partner_scope().partner_id), "cap": "1"}
    assert admin.post(f"{path}/links", data=said).status_code == 302
    with unit_of_work(AT_FIRM) as session:
        [link] = links.list_links(session, path.rsplit("/", 1)[1])
        assert (link.partner_id, link.cap) == (None, 0)


def test_what_runs_keeps_its_name(admin):
    path = f"/firm/campaigns/{make_firm_link().campaign_id}"
    assert admin.post(f"{path}/plan", data=FORM).status_code == 302
    page = admin.get(path).text
    assert "<h1>门前体检周</h1>" in page
    assert "一共30次" in page


def test_its_bureau_sees_it_and_stops_it_with_a_reason(app, admin):
    link = make_firm_link()
    officer, path = log_in(app, OFFICER), f"/bureau/campaigns/{link.campaign_id}"
    assert "沪滨" in officer.get("/bureau/campaigns").text
    page = officer.get(path).text
    assert "律所自己办的" in page
    assert "停用这个码" not in page
    assert officer.post(f"{path}/end").status_code == 422
    assert officer.post(f"{path}/end", data={"why": "用语夸大"}).status_code == 302
    assert app.test_client().get(f"/c/{link.code}").status_code == 410
    assert "用语夸大" in admin.get(f"/firm/campaigns/{link.campaign_id}").text
    assert admin.post(f"/firm/campaigns/{link.campaign_id}/links", data={"place": "后门"}).status_code == 409


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("plan", FORM),
        ("open", {}),
        ("drop", {}),
        ("partners", {}),
        ("firms", {"quota": "3"}),
        ("links", {"place": "x", "partner": "x"}),
        ("links/{link}/stop", {}),
    ],
)
def test_nothing_else_of_it_is_its_bureaus_to_change(app, act, data):
    link = make_firm_link()
    act = act.format(link=link.id)
    answer = log_in(app, OFFICER).post(f"/bureau/campaigns/{link.campaign_id}/{act}", data=data)
    assert answer.status_code == 404


def test_the_database_lets_a_bureau_end_a_firms_and_change_it_in_no_other_way(settings):
    link = make_firm_link()
    with pytest.raises(ProgrammingError, match="row-level security"), unit_of_work(BUREAU) as session:
        session.execute(text("UPDATE campaign SET name = 'x' WHERE id = :id"), {"id": link.campaign_id})


def test_a_firm_changes_no_campaign_of_its_bureau(app, admin):
    row = re.findall(r"/bureau/campaigns/([\w-]{36})", log_in(app, OFFICER).get("/bureau/campaigns").text)
    pages = [admin.get(f"/firm/campaigns/{one}").status_code for one in row]
    assert pages.count(200) == admin.get("/firm/campaigns").text.count('<th scope="row">')
    assert 404 in pages


@pytest.mark.parametrize("act", ["", "/plan", "/links", "/end", "/links/{link}/stop", "/report.pdf", "/links/{link}"])
def test_another_firm_neither_sees_nor_changes_it(app, act):
    link = make_firm_link()
    path = f"/firm/campaigns/{link.campaign_id}{act.format(link=link.id)}"
    other = log_in(app, "lawyer1@jiangwan.example")
    is_read = act in ("", "/report.pdf", "/links/{link}")
    answer = other.get(path) if is_read else other.post(path, data=FORM | {"place": "x", "why": "x"})
    assert answer.status_code == 404
    assert "门前体检周" not in other.get("/firm/campaigns").text


def test_a_lawyer_who_does_not_run_the_firm_is_kept_out(app):
    assert log_in(app, "lawyer3@hubin.example").get("/firm/campaigns/new").status_code == 403


def test_while_its_firm_is_suspended_its_codes_say_so_and_lead_on(app, admin_write):
    link = make_firm_link()
    admin_write("UPDATE firm SET state = 'suspended' WHERE id = :id", id=demo_id("hubin"))
    try:
        answer = app.test_client().get(f"/c/{link.code}")
        begun = app.test_client().post(f"/start?c={link.code}", data={"trade": "catering"})
    finally:
        admin_write("UPDATE firm SET state = 'active' WHERE id = :id", id=demo_id("hubin"))
    assert answer.status_code == 409
    assert "专项先停着" in answer.text
    assert re.findall(r'class="button big" href="([^"]+)"', answer.text) == ["/start"]
    assert begun.location == f"/c/{link.code}"
    assert app.test_client().get(f"/c/{link.code}").status_code == 200


def test_owners_who_come_see_its_firm_first_and_may_choose_another(finish, admin_rows):
    client, url = finish(make_firm_link(slug="jiangwan"))
    page = client.get(f"{url}/firm").text
    assert "“门前体检周”有名额" in page
    assert page.index('value="jiangwan"') < page.index('value="hubin"')
    assert client.post(f"{url}/firm", data={**TOLD, "firm": "hubin"}).status_code == 302


def test_a_budget_counts_what_was_asked_of_the_firm_and_nothing_of_who_went_elsewhere(app, finish):
    link = make_firm_link(budget=1)
    client, url = finish(link)
    client.post(f"{url}/firm", data={**TOLD, "firm": "jiangwan"})
    assert app.test_client().get(f"/c/{link.code}").status_code == 200
    client, url = finish(link)
    client.post(f"{url}/firm", data={**TOLD, "firm": "hubin"})
    assert app.test_client().get(f"/c/{link.code}").status_code == 410
