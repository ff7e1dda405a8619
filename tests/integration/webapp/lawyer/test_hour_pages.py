import json
import re
import threading

import pytest

from bureau.hours.moves import Lawyer, Mover, get_entry, move
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tests.factories import make_case
from tests.hours import FIRM, clinic, firm_says
from tests.visits import be_owner, log_in
from webapp.edge.record_links import make_link

CLINIC = {
    "day": city_day(now()).isoformat(),
    "times": "08:10-08:40",
    "category": "clinic",
    "place": "创业园",
    "witness": "王主任",
}


@pytest.fixture
def lawyer(app):
    return log_in(app, "lawyer3@hubin.example")


@pytest.fixture
def case(settings):
    return make_case(settings, "in_review", lawyer=3, seed=21, at=now())


def test_saving_without_javascript_becomes_a_suggestion(lawyer, case):
    url = f"/lawyer/checkups/{case.checkup_id}"
    version = re.search(r'name="version" value="(\d+)"', lawyer.get(url).text).group(1)
    assert lawyer.post(f"{url}/advice", data={"version": version, "advice": "先补合同"}).status_code == 302
    lawyer.post("/lawyer/hours/suggest")
    assert "1分钟" in lawyer.get("/lawyer/hours").text


def test_a_heartbeat_is_kept_as_a_minute_and_shown_to_the_lawyer(lawyer, case):
    answer = lawyer.post(f"/lawyer/checkups/{case.checkup_id}/beat")
    assert answer.json["minutes"] >= 1
    assert "页面在用" in lawyer.get("/lawyer/hours/trace").text


def test_a_heartbeat_for_a_foreign_case_is_not_found(app, case):
    stranger = log_in(app, "lawyer1@jiangwan.example")
    assert stranger.post(f"/lawyer/checkups/{case.checkup_id}/beat").status_code == 404


def test_from_the_suggestion_to_the_owners_tap(app, lawyer, case):
    lawyer.post(f"/lawyer/checkups/{case.checkup_id}/beat")
    lawyer.post("/lawyer/hours/suggest")
    for entry_id in re.findall(r"/lawyer/hours/([\w-]+)/submit", lawyer.get("/lawyer/hours").text):
        assert lawyer.post(f"/lawyer/hours/{entry_id}/submit").status_code == 302
    owner = be_owner(app, case)
    page = owner.get(f"/checkup/{case.checkup_id}/hours").text
    assert "律师为您的体检用了" in page
    assert owner.post(f"/checkup/{case.checkup_id}/hours", data={"answer": "yes"}).status_code == 302
    assert "已确认" in owner.get(f"/checkup/{case.checkup_id}/hours").text
    assert owner.post(f"/checkup/{case.checkup_id}/hours", data={"answer": "yes"}).status_code == 409


def test_a_refused_clinic_keeps_what_was_typed(lawyer):
    answer = lawyer.post("/lawyer/hours/clinic", data={**CLINIC, "witness": ""})
    assert answer.status_code == 422
    assert "创业园" in answer.text
    assert "请填写这一项" in answer.text


def test_a_clinic_waits_for_the_firms_admin(app, lawyer):
    assert lawyer.post("/lawyer/hours/clinic", data=CLINIC).status_code == 302
    admin = log_in(app, "lawyer1@hubin.example")
    page = admin.get("/firm/hours").text
    entry_id = re.search(r"/firm/hours/([\w-]+)\"", page).group(1)
    refused = admin.post(f"/firm/hours/{entry_id}", data={"step": "reject", "why": " "})
    assert refused.status_code == 422
    assert admin.post(f"/firm/hours/{entry_id}", data={"step": "confirm"}).status_code == 302
    assert admin.post(f"/firm/hours/{entry_id}", data={"step": "confirm"}).status_code == 409


def test_a_refused_correction_keeps_times_and_note(lawyer):
    entry_id = clinic("21:00-21:30", lawyer=Lawyer(FIRM, demo_id("hubin:3"), "何安"), day=city_day(now()))
    assert "时间不对" in lawyer.get(f"/lawyer/hours/{entry_id}").text
    answer = lawyer.post(f"/lawyer/hours/{entry_id}/correct", data={"times": "下午", "note": "打了电话"})
    assert answer.status_code == 422
    assert "打了电话" in answer.text
    assert "下午" in answer.text


@pytest.fixture
def verified(settings):
    """周敏 (lawyer 2 of 沪滨) with a verified clinic of an hour."""
    lawyer = Lawyer(FIRM, demo_id("hubin:2"), "周敏")
    entry_id = clinic("20:00-21:00", lawyer=lawyer, day=city_day(now()))
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        for step in ("confirm", "accept"):
            move(session, get_entry(session, entry_id), step, by=Mover(None, "firm"), now=now())


def test_a_certificate_can_be_checked_by_anyone_and_points_to_the_newer(app, verified):
    zhou = log_in(app, "lawyer2@hubin.example")
    for _ in range(2):
        assert zhou.post("/lawyer/record/certificate", data={"year": city_day(now()).year}).status_code == 302
    page = zhou.get("/lawyer/record").text
    newest, oldest = re.findall(r"/verify/(FMH\w+)\"", page)[:2]
    public = app.test_client()
    assert "这张证书是真的。" in public.get(f"/verify/{newest}").text
    assert newest in public.get(f"/verify/{oldest}").text
    pdf = zhou.get(re.search(r"/lawyer/record/certificates/[\w-]+\.pdf", page).group(0)).data
    assert pdf.startswith(b"%PDF-")


def test_nothing_is_public_until_the_lawyer_says_so(app, verified):
    public, zhou = app.test_client(), log_in(app, "lawyer2@hubin.example")
    assert "周敏" not in public.get("/f/hubin").text
    zhou.post("/lawyer/record/public", data={"year": city_day(now()).year, "public": "yes"})
    assert "周敏" in public.get("/f/hubin").text
    zhou.post("/lawyer/record/public", data={"year": city_day(now()).year, "public": "no"})
    assert "周敏" not in public.get("/f/hubin").text


def test_the_record_can_be_taken_along(app, verified):
    zhou = log_in(app, "lawyer2@hubin.example")
    record = json.loads(zhou.get("/lawyer/record/hours.json").data)
    assert {"confirmed", "verified"} <= {event["to"] for entry in record["entries"] for event in entry["events"]}
    assert zhou.get("/lawyer/record/hours.pdf").data.startswith(b"%PDF-")


def test_without_verified_hours_there_is_no_certificate(app):
    other = log_in(app, "lawyer3@jiangwan.example")
    assert other.post("/lawyer/record/certificate", data={"year": 2020}).status_code == 409


def test_who_leaves_a_firm_is_sent_the_way_to_her_own_record(app, settings, verified):
    link = make_link(settings, demo_id("hubin:2"))
    path = link.removeprefix(settings.public_url)
    public = app.test_client()
    assert "周敏的公益工时记录" in public.get(path).text
    record = public.get(f"{path}?as=json").json
    assert {entry["firm"] for entry in record["entries"]} == {"上海沪滨律师事务所"}
    assert public.get(f"{path}x").status_code == 404


def test_two_who_confirm_at_once_confirm_once(settings):
    entry_id = clinic("22:00-22:30", lawyer=Lawyer(FIRM, demo_id("hubin:3"), "何安"), day=city_day(now()))
    done, started = [], threading.Barrier(2)

    def confirm(admin):
        started.wait()
        try:
            done.append(firm_says(entry_id, by=admin))
        except Conflict as conflict:
            done.append(conflict.code)

    admins = (Actor(demo_id("hubin:1"), "陈晓"), Actor(demo_id("hubin:2"), "周敏"))
    both = [threading.Thread(target=confirm, args=(admin,)) for admin in admins]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(done) == ["confirmed", "not_now"]
