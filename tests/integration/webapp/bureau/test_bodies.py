"""A bureau admits a body, its chief comes in by her mail, owners find it; over HTTP, as people do."""

import re

import pytest
from sqlalchemy import create_engine, text

from tests.bodies import find_body
from tests.joining import PASSWORD, outbox
from tests.visits import log_in

FORM = {
    "name": "宝山商会调解中心", "name_en": "", "district": "310113", "services": ["debt", "lease"],
    "phone": "021-5555 1234", "email": "tiaojie@bodies.example", "address": "友谊路9号", "hours": "",
    "waiting_days": "4", "capacity": "", "languages": ["zh-Hans"],
}  # fmt: skip


@pytest.fixture
def officer(app):
    return log_in(app, "officer@baoshan.example")


@pytest.fixture
def body(officer):
    """The path of a new body at its bureau."""
    answer = officer.post("/bureau/providers/new/mediation", data=FORM)
    assert answer.status_code == 302, answer.text
    return answer.location


@pytest.fixture
def come_in(app, settings, officer, body):
    def come(email, role="chief"):
        assert officer.post(f"{body}/invite", data={"email": email, "role": role}).status_code == 302
        mail = next(one for one in outbox(settings) if one["to"] == email)
        link = re.search(r"/auth/invitation/[\w.-]+", mail["body"])[0]
        assert "宝山商会" in app.test_client().get(link).text
        assert app.test_client().post(link, data={"name": "方圆", "password": PASSWORD}).status_code == 302
        return log_in(app, email, PASSWORD)

    return come


def test_a_new_body_is_in_the_directory_of_its_district(app, body):
    page = app.test_client().get("/providers?kind=mediation&district=310113").text
    assert page.index("宝山商会调解中心") < page.index("和商商事")
    assert "宝山商会" not in app.test_client().get("/providers?kind=notary").text


def test_a_body_that_does_nothing_is_refused(officer):
    answer = officer.post("/bureau/providers/new/mediation", data={**FORM, "services": ["document"]})
    assert answer.status_code == 422


def test_its_chief_comes_in_by_her_mail_and_says_when_it_is_open(app, body, come_in):
    chief = come_in("fang@bodies.example")
    assert chief.get("/auth/home").location == "/provider/"
    changed = chief.post("/provider/page", data={**FORM, "hours": "周六也开"})
    assert changed.status_code == 302, changed.text
    row = find_body("宝山商会")
    assert (row.hours, row.name) == ("周六也开", "宝山商会调解中心")


def test_a_clerk_changes_nothing(come_in):
    clerk = come_in("clerk@bodies.example", role="clerk")
    assert clerk.get("/provider/page").status_code == 200
    assert clerk.post("/provider/page", data=FORM).status_code == 403


def test_the_last_chief_stays(come_in):
    chief = come_in("last@bodies.example")
    path = re.search(r"/provider/people/[\w-]+/end", chief.get("/provider/people").text)[0]
    assert chief.post(path).status_code == 409


def test_whom_the_chief_lists_owners_see(app, come_in):
    chief = come_in("lists@bodies.example")
    said = {
        "name": "沈和平",
        "calling": "mediator",
        "services": ["debt"],
        "languages": ["en"],
        "disclosure": "在商会任职",
    }
    assert chief.post("/provider/people", data=said).status_code == 302
    slug = find_body("宝山商会").slug
    page = app.test_client().get(f"/providers/{slug}").text
    assert "沈和平" in page
    assert "在商会任职" in page


def test_a_body_at_rest_is_not_listed_and_one_that_left_is_out(app, officer, body, come_in):
    chief = come_in("goes@bodies.example")
    slug = find_body("宝山商会").slug
    officer.post(f"{body}/suspend", data={"why": "换证"})
    assert app.test_client().get(f"/providers/{slug}").status_code == 404
    assert chief.get("/provider/page").status_code == 200
    officer.post(f"{body}/leave", data={"why": "注销"})
    assert chief.get("/provider/page").location.startswith("/auth/login")
    assert officer.post(f"{body}/resume", data={"why": "又来了"}).status_code == 409


def test_another_district_has_no_door_to_it(app, body):
    city = log_in(app, "officer@city.example")
    assert city.get(body).status_code == 200
    youyi = log_in(app, "officer@youyi.example")
    assert youyi.get(body).status_code == 404


@pytest.fixture(autouse=True)
def _one_at_a_time(settings):
    """The body of the test before goes, so that its name is found once."""
    yield
    engine = create_engine(settings.admin_database_url)
    with engine.begin() as work:
        work.execute(text("UPDATE provider SET name = 'gone' WHERE name = :name"), {"name": FORM["name"]})
    engine.dispose()
