"""A checkup begins before a firm is chosen: at the city's reception, where nobody reads, until its owner chooses."""

import datetime as dt
import re
import uuid

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from checkup.cases.checkups import ask_review
from checkup.cases.models import Checkup
from checkup.owner.consents import set_consent
from checkup.owner.erasure import list_expired
from cloud.cubes.counting import wanted_shares
from demo.city import demo_id
from tenants import audit
from tenants.access.matrix import MATRIX
from tenants.base import RECEPTION_ID, Base
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.login.models import Invitation
from tenants.models import Business, Consent, Firm
from tests.owners import answer_all, keep_a_phone
from tests.visits import held_id
from webapp.tasks.cases import retain

SHOP = {"form": "individual", "staff": "5-10"}
TOLD = {"name": "王姐面馆", "district": "310113"}


@pytest.fixture
def began(app):
    """(client, URL) of an owner who has tapped three times: her trade, her form, her people."""
    client = app.test_client()
    client.get("/start")
    url = client.post("/start", data={"trade": "catering"}).location
    asked = client.get(url).location
    assert asked == f"{url}/about/shop"
    assert client.post(asked, data=SHOP).location == url
    return client, url


@pytest.fixture
def finished(began):
    """The same with her first result."""
    client, url = began
    answer_all(client, url)
    client.post(f"{url}/submit")
    return began


def id_of(url):
    return uuid.UUID(re.search(r"[0-9a-f-]{36}", url)[0])


def row_of(client, url):
    """The checkup as its owner sees it, wherever it lies."""
    with unit_of_work(Scope(Audience.SELF, person_id=uuid.UUID(held_id(client)[1]))) as work:
        return work.scalars(select(Checkup).where(Checkup.id == id_of(url))).one()


def choose(client, url, firm="fastest", **more):
    return client.post(f"{url}/firm", data={**TOLD, "firm": firm, **more})


def newest(client):
    return id_of(client.get("/me").text.split("/me/checkups/")[1])


def test_the_case_lies_at_the_reception(began):
    assert row_of(*began).firm_id == RECEPTION_ID


def test_what_was_told_in_bands_is_kept_as_bands(began):
    client, url = began
    row = row_of(client, url)
    with unit_of_work(Scope(Audience.OWNER, RECEPTION_ID, row.owner_id)) as work:
        shop = work.get_one(Business, (RECEPTION_ID, row.business_id))
    assert (shop.trade, shop.form, shop.staff, shop.staff_to, shop.size) == ("catering", "individual", 5, 9, "micro")
    assert (shop.revenue, shop.assets) == (None, None)


def test_money_is_not_asked_before_the_first_result(finished):
    client, url = finished
    assert client.get(url).location == f"{url}/result"


@pytest.mark.parametrize("audience", [Audience.FIRM, Audience.BUREAU])
def test_nobody_but_the_owner_reads_a_row(finished, audience):
    """Table by table, as whoever would be at work at the reception, and as the bureau above it."""
    scope = Scope(audience, RECEPTION_ID, demo_id("hubin:1"), demo_id("bureau"))
    seen = {}
    with unit_of_work(scope) as work:
        for name, table in Base.metadata.tables.items():
            reads = [one for one in MATRIX[name] if one.audience is audience and "SELECT" in one.verbs]
            columns = {column for one in reads for column in one.columns or table.columns.keys()}
            if "firm_id" in columns:
                query = text(f"SELECT count(*) FROM {name} WHERE firm_id = :firm")  # noqa: S608
                seen[name] = work.scalar(query, {"firm": RECEPTION_ID})
    assert len(seen) > 10
    assert set(seen.values()) == {0}


def test_nobody_is_invited_to_the_reception(settings):
    invited = Invitation(
        digest="x", firm_id=RECEPTION_ID, place_name="", email="", role="lawyer", invited_at=now(), expires_at=now()
    )
    with pytest.raises(DBAPIError), unit_of_work(Scope(Audience.FIRM, RECEPTION_ID)) as work:
        work.add(invited)


def test_no_lawyer_can_be_asked_and_nothing_agreed_to_there(finished, settings):
    client, url = finished
    row = row_of(client, url)
    by = audit.Actor(row.owner_id, "店主本人")
    scope = Scope(Audience.OWNER, RECEPTION_ID, row.owner_id)
    with pytest.raises(Conflict, match="no_firm"), unit_of_work(scope) as work:
        ask_review(work, checkup_id=row.id, now=now())
    with pytest.raises(Conflict, match="no_firm"), unit_of_work(scope) as work:
        set_consent(work, checkup_id=row.id, purpose="statistics", granted=True, by=by, now=now())
    with pytest.raises(IntegrityError, match="unread_at_reception"), unit_of_work(scope) as work:
        work.get_one(Checkup, (RECEPTION_ID, row.id)).review_wanted = True


def test_it_counts_for_nobody(finished):
    client, url = finished
    row = row_of(client, url)
    keep_a_phone(url)
    with unit_of_work(Scope(Audience.WORKER, RECEPTION_ID)) as work:
        assert wanted_shares(work, firm_id=RECEPTION_ID, business_id=row.business_id) == {}


def test_asking_a_lawyer_leads_to_the_choice(finished):
    client, url = finished
    assert client.post(f"{url}/ask-a-lawyer").location == f"{url}/firm"
    page = client.get(f"{url}/firm").text
    assert "帮我选最快的" in page
    assert "去年一年" not in page  # five to nine people are a micro business whatever it sells


def test_the_fastest_firm_is_chosen_and_says_why(finished):
    client, url = finished
    number = row_of(client, url).case_number
    location = choose(client, url).location
    moved = id_of(location)
    assert location.endswith("/names")  # who is involved, before anybody reads
    row = row_of(client, f"/{moved}")
    assert (row.firm_id, row.state, row.review_wanted) == (demo_id("hubin"), "submitted", True)
    assert row.case_number == number
    assert "宝山区" in client.get(f"/checkup/{moved}/mine").text


def test_the_reception_keeps_nothing_of_it(finished):
    client, url = finished
    choose(client, url)
    row = row_of(client, url)
    assert row.state == "erased"
    with unit_of_work(Scope(Audience.WORKER, RECEPTION_ID)) as work:
        assert work.get_one(Business, (RECEPTION_ID, row.business_id)).name == "—"
        keys = text("SELECT count(*) FROM case_key WHERE checkup_id = :id")
        assert work.scalar(keys, {"id": row.id}) == 0


def test_she_consents_to_the_firm_she_chose_and_to_what_she_ticked(finished):
    client, url = finished
    choose(client, url, statistics="yes")
    row = row_of(client, f"/{newest(client)}")
    with unit_of_work(Scope(Audience.OWNER, row.firm_id, row.owner_id)) as work:
        held = {one.purpose: one.granted for one in work.scalars(select(Consent).order_by(Consent.at, Consent.id))}
    assert held == {"review": True, "statistics": True, "cloud": False, "follow_up": False}


def test_a_firm_is_chosen_by_name(finished):
    client, url = finished
    moved = id_of(choose(client, url, firm="jiangwan").location)
    assert row_of(client, f"/{moved}").firm_id == demo_id("jiangwan")


def test_a_firm_that_is_none_moves_nothing(finished):
    client, url = finished
    assert choose(client, url, firm="no-such-firm").status_code == 404
    assert row_of(client, url).firm_id == RECEPTION_ID


def test_without_a_name_no_firm_can_check_for_conflicts(finished):
    client, url = finished
    answer = client.post(f"{url}/firm", data={"firm": "fastest", "district": "310113"})
    assert answer.status_code == 422
    assert row_of(client, url).firm_id == RECEPTION_ID


def test_a_second_tap_moves_nothing_more(finished):
    client, url = finished
    choose(client, url)
    assert choose(client, url).location == "/me"


def test_her_code_and_her_phone_go_along(finished):
    client, url = finished
    page = client.post(f"{url}/elsewhere", data={"phone": "13800000001", "ring": "yes"}).text
    code = re.search(r"<strong>(\w{4}-\w{4})</strong>", page)[1]
    moved = id_of(choose(client, url).location)
    other = client.application.test_client()
    assert other.post("/resume", data={"code": code, "phone": "13800000001"}).location == f"/checkup/{moved}"
    assert "13800000001" in client.get(f"/checkup/{moved}/mine/export").text


def test_before_the_result_a_choice_asks_no_lawyer(began):
    client, url = began
    location = choose(client, url).location
    row = row_of(client, location)
    assert (row.firm_id, row.review_wanted, row.state) == (demo_id("hubin"), False, "started")


def test_where_she_has_chosen_she_can_still_take_the_fastest_of_the_others(finished):
    client, url = finished
    moved = id_of(choose(client, url).location)
    again = id_of(client.post(f"/checkup/{moved}/firm", data={"firm": "fastest"}).location)
    assert row_of(client, f"/{again}").firm_id != demo_id("hubin")


def test_nothing_waits_there_for_ever(finished, settings, clock_at):
    client, url = finished
    row = row_of(client, url)
    with unit_of_work(Scope(Audience.WORKER, RECEPTION_ID)) as work:
        days = work.get_one(Firm, RECEPTION_ID).keep_days
        assert row.id not in list_expired(work, firm_id=RECEPTION_ID, now=now())
    clock_at(now() + dt.timedelta(days=days + 1))
    assert retain(settings) >= 1
    assert row_of(client, url).state == "erased"
    assert days == 90


def test_the_reception_is_no_firm_of_the_directory(app):
    assert app.test_client().get("/f/reception").status_code == 404
    assert "公共法律服务中心" not in app.test_client().get("/").text


def test_one_tap_twice_begins_once(app):
    client = app.test_client()
    page = client.get("/start").text
    once = re.search(r'name="once"[^>]*value="([^"]+)"', page) or re.search(r'value="([0-9a-f]{32})"', page)
    sent = {"trade": "catering", "once": once.group(1)}
    assert client.post("/start", data=sent).location == client.post("/start", data=sent).location


@pytest.mark.parametrize("page", ["messages", "fees", "relief", "hours", "complaint"])
def test_what_a_firm_or_a_bureau_would_answer_leads_to_the_choice(finished, page):
    client, url = finished
    assert client.get(f"{url}/{page}").location == f"{url}/firm"
