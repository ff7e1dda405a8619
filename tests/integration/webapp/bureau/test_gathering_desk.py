"""A bureau orders an event where a risk grows, a firm sends its lawyer, a partner opens its door, hours follow."""

import datetime as dt
import io
import re

import pytest

from demo.city import demo_id
from tenants.clock import CITY
from tests.gatherings import OFFICER, TOMORROW, make
from tests.parks import PARK, partner_scope
from tests.visits import log_in
from tests.working_off import work_but_papers

FORM = {
    "kind": "lecture", "name": "租约夜校", "topic": "con", "day": TOMORROW.isoformat(), "times": "14:00-16:00",
    "district": "310113", "place": "友谊路1号", "seats": "40", "languages": ["zh-Hans"],
}  # fmt: skip
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
SPOKEN = re.compile(r'class="spoken">(\w{3}) (\w{3})<')


@pytest.fixture
def officer(app):
    return log_in(app, OFFICER)


@pytest.fixture
def lawyer(app):
    return log_in(app, "lawyer1@hubin.example")


def at(hour, minute=0):
    return dt.datetime.combine(TOMORROW, dt.time(hour, minute), CITY)


def test_what_the_trends_ask_for_is_filled_in(officer):
    page = officer.get("/bureau/events/new?topic=con").text
    assert re.search(r'<option value="con" selected>', page)
    assert re.search(r'name="name"[^>]* value="[^"]+：开店要注意什么"', page)
    assert officer.get("/bureau/events/new?topic=nonsense").status_code == 200


def test_from_the_bureau_to_the_lawyers_hours(app, settings, officer, clock_at):
    made = officer.post("/bureau/events/new", data=FORM | {"partner": str(partner_scope().partner_id)})
    assert made.status_code == 302, made.text
    path = made.location
    firm_path = path.replace("/bureau/", "/firm/")
    lawyer = log_in(app, "lawyer1@hubin.example")
    assert lawyer.get(firm_path).status_code == 404  # nobody has asked the firm
    assert officer.post(f"{path}/firms", data={"firms": [str(demo_id("hubin"))]}).status_code == 302
    assert "租约夜校" in lawyer.get("/firm/events").text
    stranger = {"speakers": [str(demo_id("jiangwan:1"))]}
    assert lawyer.post(f"{firm_path}/speakers", data=stranger).status_code == 422
    assert lawyer.post(f"{firm_path}/speakers", data={"speakers": [str(demo_id("hubin:2"))]}).status_code == 302
    assert lawyer.post(f"{firm_path}/cancel", data={"why": "不想去"}).status_code == 404
    park = log_in(app, PARK)
    assert "租约夜校" in park.get("/partner/events").text
    clock_at(at(13, 55))
    officer, park, lawyer = log_in(app, OFFICER), log_in(app, PARK), log_in(app, "lawyer2@hubin.example")
    pages = ((officer, f"{path}/door"), (park, path.replace("/bureau/", "/partner/") + "/door"))
    [code] = {
        "".join(re.search(r'class="spoken">(\w{3}) (\w{3})<', one.get(page).text).groups()) for one, page in pages
    }
    number = re.search(r"HD26-[0-9A-Z]{6}", officer.get(path).text)[0]
    phone = app.test_client()
    assert phone.post(f"/events/{number}/door/{code}").status_code == 302
    clock_at(at(16, 30))
    officer, lawyer = log_in(app, OFFICER), log_in(app, "lawyer2@hubin.example")
    came = {"times": "14:00-16:10", "came": [str(demo_id("hubin:2"))]}
    assert officer.post(f"{path}/close", data=came).status_code == 302
    work_but_papers(settings)
    page = lawyer.get("/lawyer/hours").text
    assert number in page
    assert "友谊路1号" in page
    assert officer.post(f"{path}/close", data=came).status_code == 409


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"day": (TOMORROW - dt.timedelta(days=2)).isoformat()}, "请选还没到的时间"),
        ({"times": "16:00-14:00"}, "请填时间段"),
        ({"seats": "10001"}, "请填1到10000之间"),
        ({"name": ""}, "请填写"),
        ({"topic": "xx"}, "请从列出的"),
        ({"partner": "not-a-partner"}, "请从列出的"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(officer, changed, fault):
    answer = officer.post("/bureau/events/new", data=FORM | changed)
    assert answer.status_code == 422
    assert fault in answer.text
    assert "友谊路1号" in answer.text


def test_a_hand_out_is_everybodys_and_what_is_no_paper_is_refused(app, officer):
    path = officer.post("/bureau/events/new", data=FORM).location
    number = re.search(r"HD26-[0-9A-Z]{6}", officer.get(path).text)[0]
    reader = app.test_client()
    assert reader.get(f"/events/{number}/handout").status_code == 404
    assert officer.post(f"{path}/handout").status_code == 422
    answer = officer.post(f"{path}/handout", data={"paper": (io.BytesIO(b"MZ program"), "讲义.pdf")})
    assert answer.status_code == 422
    paper = (io.BytesIO(PDF), "租约讲义.pdf")
    assert officer.post(f"{path}/handout", data={"paper": paper}).status_code == 302
    assert "租约讲义.pdf" in reader.get(f"/events/{number}").text
    assert reader.get(f"/events/{number}/handout").data == PDF


def test_a_firm_makes_its_own_and_another_firm_sees_none_of_it(app, lawyer):
    path = lawyer.post("/firm/events/new", data=FORM | {"kind": "clinic", "name": "本所咨询日"}).location
    assert lawyer.post(f"{path}/speakers", data={"speakers": [str(demo_id("hubin:3"))]}).status_code == 302
    assert lawyer.post(f"{path}/cancel", data={"why": ""}).status_code == 422
    others = log_in(app, "lawyer1@jiangwan.example")
    assert others.get(path).status_code == 404
    assert others.post(f"{path}/cancel", data={"why": "x"}).status_code == 404
    bureau = log_in(app, OFFICER)
    seen = path.replace("/firm/", "/bureau/")
    assert "本所咨询日" in bureau.get(seen).text
    assert bureau.post(f"{seen}/cancel", data={"why": "x"}).status_code == 404
    assert lawyer.post(f"{path}/cancel", data={"why": "停电"}).status_code == 302
    assert lawyer.post(f"{path}/cancel", data={"why": "停电"}).status_code == 409


def test_a_partner_opens_no_door_but_its_own(app):
    row = make()
    assert log_in(app, PARK).get(f"/partner/events/{row.id}/door").status_code == 404
