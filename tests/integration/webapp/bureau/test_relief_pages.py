import io
import re
import uuid

import pytest
from PIL import Image

from billing.waivers.content import get_waiver
from tenants.clock import now
from tenants.database import unit_of_work
from tests.factories import make_case, make_waiver, officer_scope
from tests.owners import DETAILS
from tests.visits import log_in, version_of
from webapp.tasks.relief import TASKS

TOLD = {"turnover": "30", "troubles": ["none"], "struck": "none", "certificates": ["none"]}


def iphone_photo():
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(out, "HEIF")
    return io.BytesIO(out.getvalue()), "IMG_0001.HEIC"


@pytest.fixture
def owner(app):
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    client.post(f"{url}/submit")
    return client, url


def apply(client, url, **changes):
    data = {**TOLD, "paper": "sales_record", "agreed": "yes", **changes}
    return client.post(f"{url}/relief/apply", data=data, content_type="multipart/form-data")


def test_four_questions_answer_at_once_and_store_nothing(owner):
    client, url = owner
    asked = client.get(f"{url}/relief/questions").text
    assert len(re.findall("<legend>", asked)) == 4
    answered = client.post(f"{url}/relief/questions", data={**TOLD, "fee": "1200"}).text
    assert "您很可能符合条件" in answered
    assert "6 期，每期 ¥200.00，可申请再缓" in answered
    assert client.get(f"{url}/relief").status_code == 302


def test_an_open_question_is_named_and_nothing_typed_is_lost(owner):
    client, url = owner
    refused = client.post(f"{url}/relief/questions", data={"turnover": "30", "fee": "1.234"})
    assert refused.status_code == 422
    assert 'value="30" checked' in refused.text
    assert refused.text.count('class="fault"') == 4


def test_an_application_with_an_iphone_photo_is_taken(owner):
    client, url = owner
    page = client.get(apply(client, url, files=[iphone_photo()]).location).text
    assert "已提交，律所先看" in page
    paper = re.search(r'href="([^"]+/papers/[^"]+)"', page)[1]
    assert client.get(paper).data[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"agreed": ""}, "要您同意了才能提交"),
        ({"declared": "yes", "signed_name": ""}, "请填写这一项"),
        ({"files": [(io.BytesIO(b"MZ"), "virus.jpg")]}, "只收照片"),
        ({"wish": "gift"}, "您填的都还在"),
        ({"note": "长" * 1001, "wish": "six_parts"}, "太长了"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(owner, changes, says):
    client, url = owner
    refused = apply(client, url, **{"note": "店里漏水", **changes})
    assert refused.status_code == 422
    assert says in refused.text
    assert 'name="turnover" value="30"' in refused.text
    if "note" not in changes:
        assert "店里漏水" in refused.text


def test_a_second_application_meanwhile_is_a_conflict(owner):
    client, url = owner
    apply(client, url, declared="yes", signed_name="王姐")
    assert apply(client, url, declared="yes", signed_name="王姐", note="还有一件").status_code == 409


def test_from_application_to_certificate_as_a_provider_checks_it(settings, app, owner):
    client, url = owner
    status = apply(client, url, files=[iphone_photo()]).location
    waiver_id = status.split("/")[-1]
    lawyer, officer = log_in(app, "lawyer1@hubin.example"), log_in(app, "officer@city.example")
    assert waiver_id in lawyer.get("/firm/waivers").text
    names = lawyer.get(f"/firm/waivers/{waiver_id}").location
    assert names.endswith("/names"), "the names come before what she wrote"
    lawyer.post(names, data={"outcome": "clear", "parties_version": "0"})
    version = version_of(lawyer.get(f"/firm/waivers/{waiver_id}").text)
    lawyer.post(f"/firm/waivers/{waiver_id}/recommend", data={"version": version, "text": "属实"})
    page = officer.get(f"/bureau/waivers/{waiver_id}").text
    assert DETAILS["name"] in page
    paper = re.search(r'href="(/bureau/waivers/[^"]+/papers/[^"]+)"', page)[1]
    assert officer.get(paper).status_code == 200
    granted = officer.post(
        f"/bureau/waivers/{waiver_id}/grant",
        data={"version": version_of(page), "outcome": "half_price", "text": "材料齐全"},
    )
    assert granted.status_code == 302
    assert officer.get(paper).status_code == 404
    assert DETAILS["name"] not in officer.get(f"/bureau/waivers/{waiver_id}").text
    page = client.get(status).text
    number = re.search(r"/verify/(JM\w+)", page)[1]
    checked = app.test_client().get(f"/verify/{number}").text
    assert "有效" in checked
    assert DETAILS["name"] in checked
    assert "30%" not in checked
    said = app.test_client().get(f"/api/v1/certificates/{number}").json
    assert (said["state"], said["terms"]["basis_points"], said["terms"]["cap_minor"]) == ("valid", 5000, 500_000)
    assert "ground" not in str(said)
    with unit_of_work(officer_scope()) as work:
        firm_id = get_waiver(work, uuid.UUID(waiver_id)).firm_id
    TASKS["render_certificate"](settings, firm_id=str(firm_id), waiver_id=waiver_id)
    pdf = client.get(f"{status}/certificate.pdf")
    assert pdf.data.startswith(b"%PDF-")


def test_nobody_knows_an_unknown_certificate(app):
    client = app.test_client()
    assert client.get("/api/v1/certificates/JM26NOTHING").status_code == 404
    assert client.get("/verify/JM26NOTHING").status_code == 404


def test_the_owner_finds_in_her_log_that_the_bureau_looked(settings, app, owner):
    client, url = owner
    waiver_id = apply(client, url, declared="yes", signed_name="王姐").location.split("/")[-1]
    log_in(app, "officer@city.example").get(f"/bureau/waivers/{waiver_id}")
    assert "打开减免申请" in client.get(f"{url}/mine").text


def test_her_copy_holds_her_application(owner):
    client, url = owner
    apply(client, url, declared="yes", signed_name="王姐", note="店里漏水")
    copy = client.get(f"{url}/mine/export.json").json
    assert copy["waivers"][0]["signed_name"] == "王姐"
    assert copy["waivers"][0]["said"][0]["text"] == "店里漏水"


def test_two_officers_make_a_policy_from_the_page(settings, app):
    first, second = log_in(app, "officer@city.example"), log_in(app, "officer2@city.example")
    document = re.search(
        r"<textarea[^>]*id=\"document\"[^>]*>(.*?)</textarea>", first.get("/bureau/hardship/propose").text, re.S
    )
    text = document[1].replace("&#34;", '"').replace("&amp;", "&").replace("&#39;", "'").replace("&gt;", ">")
    changed = re.sub(r"version: .*", 'version: "2081"', text, count=1).replace("2026-01-01", "2081-01-01")
    changed = re.sub(r"effective_until: .*", "effective_until: 2081-12-31", changed, count=1)
    refused = first.post("/bureau/hardship/propose", data={"document": changed.replace("ge:", "about:"), "why": "试试"})
    assert refused.status_code == 422
    assert "unknown operator about" in refused.text
    made = first.post("/bureau/hardship/propose", data={"document": changed, "why": "提高门槛"}).location
    policy_id = made.split("/")[-1]
    assert second.post(f"{made}/decide", data={"decision": "approve"}).status_code == 409
    TASKS["simulate_policy"](settings, policy_id=policy_id)
    assert "改了大约是" in first.get(made).text
    assert first.post(f"{made}/decide", data={"decision": "approve"}).status_code == 409
    assert second.post(f"{made}/decide", data={"decision": "approve"}).status_code == 302
    assert "已批准" in second.get(made).text


def test_the_sums_tell_what_the_officer_may_list_case_by_case(app):
    officer = log_in(app, "officer@city.example")
    page, file = officer.get("/bureau/relief-sums"), officer.get("/bureau/relief-sums/sums.csv")
    assert page.status_code == file.status_code == 200
    assert "不公开" not in page.text
    lines = [line.split(",") for line in file.text.splitlines()[1:]]
    of_waived = {dimension: sum(int(one[3]) for one in lines if one[:2] == ["waived", dimension])
                 for dimension in ("district", "section", "ground", "relief")}  # fmt: skip
    assert len(set(of_waived.values())) == 1


def test_a_late_decision_is_told_and_loses_no_word(settings, app):
    case = make_case(settings, "signed", seed=11)
    waiver_id = make_waiver(settings, case, "recommended", at=now())
    officer = log_in(app, "officer@city.example")
    stale = officer.post(
        f"/bureau/waivers/{waiver_id}/grant", data={"version": 0, "outcome": "half_price", "text": "写了很久"}
    )
    assert stale.status_code == 409
    assert "写了很久" in stale.text


def test_nobody_else_reaches_an_application(settings, app, owner):
    client, url = owner
    case = make_case(settings, "signed", firm="jiangwan", seed=12)
    waiver_id = make_waiver(settings, case, "recommended")
    mine = apply(client, url, declared="yes", signed_name="王姐").location
    assert client.get(mine.rsplit("/", 1)[0] + f"/{waiver_id}").status_code == 404
    stranger = app.test_client()
    stranger.post("/f/hubin/start", data=DETAILS)
    assert stranger.get(mine).status_code == 404
    for email, path in (("lawyer1@hubin.example", "firm"), ("officer@baoshan.example", "bureau")):
        staff = log_in(app, email)
        assert staff.get(f"/{path}/waivers/{waiver_id}").status_code == 404
        assert waiver_id.hex not in staff.get(f"/{path}/waivers").text.replace("-", "")
    officer = log_in(app, "officer@baoshan.example")
    refused = officer.post(f"/bureau/waivers/{waiver_id}/refuse", data={"version": 1, "text": "不"})
    assert refused.status_code == 404
