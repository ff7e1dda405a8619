"""A kiosk: one device a code, one visitor at a time, and nothing of her once she has gone."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from checkup.cases.checkups import open_checkup
from checkup.cases.models import Checkup
from tenants.base import RECEPTION_ID
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.stations import kiosk_rules as rules
from tenants.stations.models import KioskVisit
from tests.helping import HELPER
from tests.kiosks import answered, begun, make_kiosk, paired, switch_off
from tests.visits import log_in
from webapp.tasks.keeping import forget


@pytest.fixture(scope="module")
def officer(app):
    return log_in(app, "officer@baoshan.example")


@pytest.fixture
def kiosk(settings):
    return make_kiosk(settings)


@pytest.fixture
def device(app, kiosk):
    return paired(app, kiosk)


def visit_at(kiosk):
    with unit_of_work(Scope(Audience.WORKER)) as work:
        return work.get(KioskVisit, kiosk.id)


def visitors(visit):
    """The scope of whoever is there."""
    return Scope(Audience.OWNER, RECEPTION_ID, visit.person_id)


@pytest.fixture
def square(monkeypatch):
    """The addresses that squares were made of."""
    made = []

    class Picture:
        def svg_data_uri(self, **_how):
            return "data:image/svg+xml,x"

    monkeypatch.setattr("webapp.views.kiosk.leaving.segno.make", lambda link, **_how: made.append(link) or Picture())
    return made


def handed_over(device, square):
    """The path that her phone reads from the screen."""
    assert device.post("/kiosk/hand-over").status_code == 200
    return urlsplit(square[-1]).path


def test_a_browser_that_is_no_kiosk_is_asked_for_a_code(app):
    stranger = app.test_client()
    assert stranger.get("/kiosk").location == "/kiosk/pair"
    assert stranger.get("/kiosk/first").location == "/kiosk"
    assert stranger.get("/kiosk/result").location == "/kiosk"


def test_the_end_of_a_kiosks_visit_logs_nobody_out_elsewhere(app):
    helper = log_in(app, HELPER)
    assert helper.post("/kiosk/end").location == "/kiosk"
    assert helper.get("/helper/").status_code == 200


def test_two_devices_do_not_share_one_code(app, kiosk, device):
    second = app.test_client()
    refused = second.post("/kiosk/pair", data={"code": kiosk.code})
    assert refused.status_code == 422
    assert "一个码只开一台" in refused.text
    assert second.get("/kiosk").location == "/kiosk/pair"


def test_a_code_is_good_for_a_quarter_of_an_hour(app, kiosk, clock_at):
    clock_at(now() + rules.CODE_LASTS + dt.timedelta(seconds=1))
    assert "过期了" in app.test_client().post("/kiosk/pair", data={"code": kiosk.code}).text


def test_five_wrong_codes_shut_the_door_for_a_while(app, settings):
    stranger = app.test_client()
    stranger.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    statuses = [stranger.post("/kiosk/pair", data={"code": "ABCD-2345"}).status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert stranger.post("/kiosk/pair", data={"code": make_kiosk(settings).code}).status_code == 429


def test_whoever_pairs_a_device_is_logged_out_on_it(app, kiosk):
    helper = log_in(app, HELPER)
    helper.post("/kiosk/pair", data={"code": kiosk.code})
    assert helper.get("/helper/").status_code == 302


def test_a_visit_leads_from_the_first_question_to_the_light_and_is_counted_as_a_kiosks(device, kiosk):
    begun(device)
    answered(device)
    page = device.get("/kiosk/result").text
    assert "您的结果" in page
    visit = visit_at(kiosk)
    with unit_of_work(visitors(visit)) as work:
        row = work.scalars(select(Checkup).where(Checkup.id == visit.checkup_id)).one()
        assert (row.channel, row.state) == ("kiosk", "submitted")


def test_answers_are_marked_as_given_at_a_kiosk(device, kiosk, settings):
    asked = begun(device)
    device.post(asked, data={"answer": "unsure"})
    visit = visit_at(kiosk)
    with unit_of_work(visitors(visit)) as work:
        record = open_checkup(work, checkup_id=visit.checkup_id, keys=settings.keyring()).record
    assert {(one["by"], one["via"]) for one in record.entries.values()} == {("owner", "kiosk")}


def test_an_answer_that_is_none_stands_on_the_screen_again(device):
    refused = device.post(begun(device), data={"answer": "no-such"})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text


def test_no_page_of_a_visit_is_kept_and_none_leads_elsewhere(device):
    pages = ["/kiosk", "/kiosk/first"]
    read = [device.get(path) for path in pages]
    asked = begun(device)
    read += [device.get(asked), device.get("/kiosk/leave"), device.post("/kiosk/slip"), device.post("/kiosk/hand-over")]
    answered(device)
    read.append(device.get("/kiosk/result"))
    assert {one.status_code for one in read} == {200}
    assert {one.headers["Cache-Control"] for one in read} == {"no-store"}
    links = {link for one in read for link in re.findall(r'(?:href|action)="([^"]+)"', one.text)}
    assert {link for link in links if not re.match(r"/kiosk|/static/|data:,", link)} == set()


def test_a_kiosk_is_no_owners_browser(device, kiosk):
    begun(device)
    visit = visit_at(kiosk)
    assert device.get(f"/checkup/{visit.checkup_id}").status_code == 404
    assert device.get(f"/checkup/{visit.checkup_id}/mine").status_code == 404


def test_after_the_end_every_page_of_hers_is_the_first_page(device, kiosk):
    asked = begun(device)
    assert device.post("/kiosk/end").location == "/kiosk"
    assert visit_at(kiosk) is None
    assert {device.get(path).location for path in (asked, "/kiosk/result", "/kiosk/leave")} == {"/kiosk"}
    assert device.post(asked, data={"answer": "unsure"}).location == "/kiosk"
    assert "开始" in device.get("/kiosk").text


def test_a_kiosk_left_open_ends_the_visit_without_a_script(device, kiosk, clock_at):
    asked = begun(device)
    began = now()
    clock_at(began + rules.IDLE - dt.timedelta(seconds=1))
    assert device.get(asked).status_code == 200
    clock_at(began + 2 * rules.IDLE)
    assert device.get(asked).location == "/kiosk"
    assert visit_at(kiosk) is None


def test_asking_whether_the_visit_runs_keeps_it_not_alive(device, clock_at):
    begun(device)
    began = now()
    for minutes in (1, 2):
        clock_at(began + dt.timedelta(minutes=minutes))
        assert device.get("/kiosk/state").json == {"runs": True}
    clock_at(began + rules.IDLE)
    assert device.get("/kiosk/state").json == {"runs": False}


def test_who_says_that_she_is_there_may_read_on(device, clock_at):
    asked = begun(device)
    began = now()
    for minutes in (2, 4):
        clock_at(began + dt.timedelta(minutes=minutes))
        assert device.post("/kiosk/here").status_code == 204
    clock_at(began + dt.timedelta(minutes=6))
    assert device.get(asked).status_code == 200


def test_two_taps_begin_one_visit(device, kiosk):
    device.get("/kiosk/first")
    device.post("/kiosk/first", data={"trade": "catering"})
    first = visit_at(kiosk).checkup_id
    assert device.post("/kiosk/first", data={"trade": "retail"}).location == "/kiosk"
    assert visit_at(kiosk).checkup_id == first


def test_a_phone_takes_the_checkup_over_and_the_kiosk_knows_nobody(app, device, kiosk, square):
    begun(device)
    checkup_id = visit_at(kiosk).checkup_id
    path, phone = handed_over(device, square), app.test_client()
    assert "接着做" in phone.get(path).text
    assert phone.post(path).location == f"/checkup/{checkup_id}"
    assert phone.get(f"/checkup/{checkup_id}").status_code == 302
    assert visit_at(kiosk) is None
    assert device.get("/kiosk/state").json == {"runs": False}
    assert device.get("/kiosk/next").location == "/kiosk"


def test_a_square_leads_on_once(app, device, square):
    begun(device)
    path = handed_over(device, square)
    app.test_client().post(path)
    late = app.test_client()
    assert [late.get(path).status_code, late.post(path).status_code] == [410, 410]


def test_a_square_leads_on_for_minutes(app, device, square, clock_at):
    begun(device)
    path = handed_over(device, square)
    clock_at(now() + rules.HANDOVER_LASTS + dt.timedelta(seconds=1))
    assert app.test_client().post(path).status_code == 410


def test_a_newer_square_makes_the_older_one_worthless(app, device, square):
    begun(device)
    older, newer = handed_over(device, square), handed_over(device, square)
    phone = app.test_client()
    assert (phone.post(older).status_code, phone.post(newer).status_code) == (410, 302)


@pytest.mark.parametrize("forged", ["no-such-token", "x" * 43, "%E5%87%8C"])
def test_a_forged_square_leads_nowhere(app, forged):
    answer = app.test_client().post(f"/take/{forged}")
    assert answer.status_code == 410
    assert "这个码不能用了" in answer.text


def test_a_slip_brings_hands_without_a_phone_back(app, device, kiosk):
    begun(device)
    checkup_id = visit_at(kiosk).checkup_id
    slip = device.post("/kiosk/slip").text
    number, code = re.findall(r'class="code big-code"><strong>([^<]+)<', slip)
    device.post("/kiosk/end")
    home = app.test_client()
    taken = home.post("/claim", data={"number": number, "code": code})
    assert taken.location == f"/checkup/{checkup_id}/helpers?claimed=1"
    assert home.get(taken.location).status_code == 200


def test_a_device_that_was_switched_off_lets_her_take_along_what_she_has(app, device, kiosk, square):
    asked = begun(device)
    switch_off(kiosk)
    assert device.get(asked).location == "/kiosk/leave"
    assert device.post(asked, data={"answer": "unsure"}).location == "/kiosk/leave"
    assert "这台机器刚停用了" in device.get("/kiosk/leave").text
    assert app.test_client().post(handed_over(device, square)).status_code == 302
    assert device.get("/kiosk").status_code == 403
    assert device.post("/kiosk/first", data={"trade": "catering"}).location == "/kiosk"


def test_a_device_that_was_switched_off_is_paired_anew_by_another_code(app, device, kiosk, settings):
    switch_off(kiosk)
    assert "输新的开机码" in device.get("/kiosk").text
    assert "停用" in app.test_client().post("/kiosk/pair", data={"code": kiosk.code}).text
    device.post("/kiosk/pair", data={"code": make_kiosk(settings).code})
    assert device.get("/kiosk").status_code == 200


def test_a_station_that_is_suspended_lets_her_take_along_what_she_has(app, device, kiosk, square, officer):
    asked = begun(device)
    station = f"/bureau/stations/{kiosk.station_id}"
    officer.post(f"{station}/suspend", data={"why": "换人"})
    try:
        assert device.get(asked).location == "/kiosk/leave"
        assert app.test_client().post(handed_over(device, square)).status_code == 302
        assert device.get("/kiosk").status_code == 403
    finally:
        officer.post(f"{station}/resume", data={"why": "好了"})
    assert device.get("/kiosk").status_code == 200


def test_a_bureau_shows_a_code_and_switches_a_device_off(app, kiosk, officer):
    station = f"/bureau/stations/{kiosk.station_id}"
    page = officer.post(f"{station}/kiosks", data={"name": "二楼"}).text
    code = re.search(r'big-code"><strong>([^<]+)<', page)[1]
    assert app.test_client().post("/kiosk/pair", data={"code": code}).location == "/kiosk"
    assert officer.post(f"{station}/kiosks/{kiosk.id}/end").location == station
    assert "停用，" in officer.get(station).text


def test_a_helper_sees_the_devices_of_her_station_and_switches_one_off(app, kiosk, device):
    helper = log_in(app, HELPER)
    assert "大厅" in helper.get("/helper/kiosks").text
    assert helper.post("/helper/kiosks", data={"name": ""}).status_code == 422
    offered = helper.post("/helper/kiosks", data={"name": "左"}).text
    assert re.search(r'big-code"><strong>[2-9A-Z]{4}-[2-9A-Z]{4}<', offered)
    assert helper.post(f"/helper/kiosks/{kiosk.id}/end").location == "/helper/kiosks"
    assert device.get("/kiosk").status_code == 403


def test_what_a_device_that_was_pulled_out_has_left_is_gone_by_night(device, kiosk, settings, clock_at):
    begun(device)
    clock_at(now() + rules.IDLE + dt.timedelta(minutes=1))
    forget(settings)
    assert visit_at(kiosk) is None
