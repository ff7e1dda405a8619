"""The two-way door to the city's cloud: signed tickets in, their state back, and what a party's machine may do."""

import datetime as dt
import json
import re
import uuid

import pytest
import schemathesis
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook

from checkup.cases.checkups import get_checkup_row
from cloud.cubes.counting import add_to_cells
from cloud.partners import tickets
from cloud.partners.clients import digest_of, give_credentials
from cloud.partners.feed import Answer
from cloud.partners.models import ApiClient, ApiToken, Notice, Ticket
from cloud.releases.releases import fill_draft
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.working_days import working_days_after
from tests.factories import make_case, owner_scope
from tests.parties import FORM, OPERATOR, WORKER, Party
from tests.visits import be_owner, log_in
from webapp.outside.webhook_push import push_notices


@pytest.fixture
def party(app, settings, request):
    return Party(app, settings, request.node.name[:150])


def id_of(number):
    with unit_of_work(OPERATOR) as work:
        return work.scalars(select(Ticket.id).where(Ticket.number == number)).one()


def test_a_ticket_gets_one_number_and_five_working_days(party):
    answer = party.send({"reference": "A-1", **FORM})
    assert answer.status_code == 201
    assert re.fullmatch(r"T\d\d-[2-9A-Z]{6}", answer.json["number"])
    assert answer.json["due_on"] == working_days_after(city_day(now()), 5).day.isoformat()
    again = party.send({"reference": "A-1", **FORM}, message_id="m2")
    assert (again.status_code, again.json["number"]) == (200, answer.json["number"])


def test_another_door_that_was_given_the_number_follows_the_same_ticket(party, app, settings):
    hotline = Party(app, settings, "12345 of this test", source="12345")
    number = party.send({"reference": "A-2", **FORM}).json["number"]
    unknown = hotline.client.get(f"/api/v1/tickets/{number}", headers=hotline.headers())
    assert unknown.status_code == 404
    assert hotline.send({"reference": "H-9", "number": number, **FORM}).json["number"] == number
    assert hotline.client.get(f"/api/v1/tickets/{number}", headers=hotline.headers()).json["state"] == "received"


def test_a_call_that_is_unsigned_old_changed_or_replayed_is_refused(party):
    form = {"reference": "A-3", **FORM}
    assert party.client.post("/api/v1/tickets", json=form, headers=party.headers()).status_code == 401
    for minutes in (-10, 10):
        assert party.send(form, at=now() + dt.timedelta(minutes=minutes)).status_code == 401
    assert party.send(form, secret="whsec_" + "A" * 43 + "=").status_code == 401
    assert party.send(form, message_id="m7").status_code == 201
    other = party.send({**form, "reference": "A-4"}, message_id="m7")
    assert (other.status_code, other.json["code"]) == (409, "replayed")


@pytest.mark.parametrize(
    ("name", "value"),
    [("signature", "nonsense"), ("signature", "v1,不是"), ("signature", ""), ("timestamp", "soon"),
     ("timestamp", "1e99"), ("timestamp", "-1"), ("id", "")],
)  # fmt: skip
def test_a_call_with_a_malformed_head_is_refused_and_breaks_nothing(party, name, value):
    head = {"webhook-id": "m8", "webhook-timestamp": str(int(now().timestamp())), "webhook-signature": "v1,AAAA"}
    sent = {**party.headers(), **head, f"webhook-{name}": value.encode().decode("latin-1")}
    assert party.client.post("/api/v1/tickets", json={"reference": "A-6", **FORM}, headers=sent).status_code == 401


def test_a_body_that_is_no_text_is_refused_and_breaks_nothing(party):
    head = {"webhook-id": "m9", "webhook-timestamp": str(int(now().timestamp())), "webhook-signature": "v1,AAAA"}
    answer = party.client.post("/api/v1/tickets", data=b"\xff\xfe", headers={**party.headers(), **head})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [({"wish": "money"}, "wish"), ({"district": "110101"}, "district"), ({"note": "字" * 501}, "note"),
     ({"reference": ""}, "reference"), ({"case": "x"}, "case"), ({"firm": "nobody"}, "firm"),
     ({"number": "T26-ZZZZZZ"}, "number"), ({"name": 7}, "name")],
)  # fmt: skip
def test_what_cannot_be_taken_is_named_by_field(party, change, field):
    answer = party.send({"reference": "A-5", **FORM, **change})
    assert answer.status_code == 422
    assert field in [fault["field"] for fault in answer.json["faults"]]


def test_the_bureau_routes_a_firm_answers_and_every_move_is_told_without_content(party, app, settings):
    number = party.send({"reference": "A-6", **FORM}).json["number"]
    ticket_id = id_of(number)
    bureau, lawyer = log_in(app, "officer@baoshan.example"), log_in(app, "lawyer1@hubin.example")
    page = bureau.get(f"/bureau/tickets/{ticket_id}").text
    assert "王姐面馆" not in page
    firm = re.search(r'<option value="([\w-]{36})">上海沪滨', page)[1]
    assert lawyer.get(f"/firm/tickets/{ticket_id}").status_code == 404
    bureau.post(f"/bureau/tickets/{ticket_id}", data={"step": "route", "firm": firm})
    assert "王姐面馆" not in lawyer.get(f"/firm/tickets/{ticket_id}").text
    lawyer.post(f"/firm/tickets/{ticket_id}", data={"step": "take"})
    assert "王姐面馆" in lawyer.get(f"/firm/tickets/{ticket_id}").text
    lawyer.post(f"/firm/tickets/{ticket_id}", data={"step": "extend", "why": "要先看合同"})
    lawyer.post(f"/firm/tickets/{ticket_id}", data={"step": "answer"})
    told = [json.loads(one.body) for one in party.notices()]
    assert [one["data"]["state"] for one in told] == ["routed", "in_hand", "in_hand", "answered"]
    assert told[-1]["data"]["due_on"] == working_days_after(city_day(now()), 15).day.isoformat()
    assert all(
        set(one["data"]) == {"number", "reference", "state", "due_on", "due_may_move", "is_hard"} for one in told
    )


def test_news_of_a_ticket_is_signed_and_tried_again_until_it_arrives(party, app, settings):
    ticket_id = id_of(party.send({"reference": "A-7", **FORM}).json["number"])
    log_in(app, "officer@baoshan.example").post(f"/bureau/tickets/{ticket_id}", data={"step": "decline", "why": "不归"})
    taken = []

    def send(push):
        if push.subscriber_id == party.id:
            taken.append(push)
            return Answer(503 if len(taken) == 1 else 204)
        return Answer(204)

    push_notices(settings, send=send)
    with unit_of_work(WORKER) as work:
        for row in work.scalars(select(Notice).where(Notice.subscriber_id == party.id)):
            row.next_at = now()
    push_notices(settings, send=send)
    assert [row.state for row in party.notices()] == ["sent"]
    assert len({push.name for push in taken}) == 1
    assert Webhook(party.signing).verify(taken[1].body, taken[1].headers)["type"] == "ticket.changed"


def test_returning_and_declining_need_a_reason(party, app):
    ticket_id = id_of(party.send({"reference": "A-8", **FORM, "firm": "hubin"}).json["number"])
    lawyer = log_in(app, "lawyer1@hubin.example")
    assert lawyer.post(f"/firm/tickets/{ticket_id}", data={"step": "return"}).status_code == 422
    assert lawyer.post(f"/firm/tickets/{ticket_id}", data={"step": "route"}).status_code == 404
    assert lawyer.post(f"/firm/tickets/{ticket_id}", data={"step": "answer"}).status_code == 409


def test_another_firm_and_the_operator_read_nothing_of_a_ticket(party, app):
    ticket_id = id_of(party.send({"reference": "A-9", **FORM, "firm": "hubin"}).json["number"])
    assert log_in(app, "lawyer1@jiangwan.example").get(f"/firm/tickets/{ticket_id}").status_code == 404
    with pytest.raises(Exception, match="permission denied"), unit_of_work(OPERATOR) as work:
        work.scalar(select(Ticket.sealed).where(Ticket.id == ticket_id))


def test_a_ticket_leads_an_owner_of_the_firm_to_the_choice_of_bodies(party, app, settings):
    number = party.send({"reference": "A-11", **FORM, "firm": "hubin"}).json["number"]
    case, lawyer = make_case(settings, "signed", seed=7), log_in(app, "lawyer1@hubin.example")
    path, owner = f"/firm/tickets/{id_of(number)}", be_owner(app, case)
    with unit_of_work(owner_scope(case)) as work:
        form = {"case_number": get_checkup_row(work, case.checkup_id).case_number, "service": "debt"}
    assert lawyer.post(f"{path}/case", data=form).status_code == 404  # before it is taken
    lawyer.post(path, data={"step": "take"})
    assert lawyer.post(f"{path}/case", data={**form, "case_number": "SH26-NOBODY"}).status_code == 422
    assert lawyer.post(f"{path}/case", data=form).status_code == 302
    assert form["case_number"] in lawyer.get(path).text
    page = owner.get(f"/checkup/{case.checkup_id}/help").text
    assert number in page
    assert f"/checkup/{case.checkup_id}/help/to/own:debt" in page


def test_the_text_of_a_ticket_goes_a_month_after_its_end(party, app, settings):
    ticket_id = id_of(party.send({"reference": "A-10", **FORM, "firm": "hubin"}).json["number"])
    lawyer = log_in(app, "lawyer1@hubin.example")
    for step in ("take", "answer"):
        lawyer.post(f"/firm/tickets/{ticket_id}", data={"step": step})
    with unit_of_work(WORKER) as work:
        tickets.forget_requests(work, now() + dt.timedelta(days=31))
    page = lawyer.get(f"/firm/tickets/{ticket_id}")
    assert page.status_code == 200
    assert "王姐面馆" not in page.text


def test_a_token_opens_only_its_scopes_and_for_an_hour(party):
    assert party.client.get("/api/v1/subscription").status_code == 401
    token = party.token("deliveries").json
    assert token["scope"] == "deliveries"
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    assert party.client.get("/api/v1/deliveries", headers=headers).status_code == 200
    refused = party.client.get("/api/v1/subscription", headers=headers)
    assert (refused.status_code, refused.json["code"]) == (403, "insufficient_scope")
    with unit_of_work(Scope(Audience.CLIENT, token=digest_of(token["access_token"]))) as work:
        assert work.scalars(select(ApiToken)).one().expires_at <= now() + dt.timedelta(hours=1)


def test_a_wrong_secret_gets_no_token_and_a_rotated_one_counts_for_a_day(party):
    assert party.token(secret="wrong").status_code == 401
    with unit_of_work(OPERATOR) as work:
        _, new = give_credentials(work, subscriber_id=party.id, scopes="tickets", now=now())
    assert party.token(secret=new).status_code == party.token().status_code == 200
    with unit_of_work(OPERATOR) as work:
        work.scalars(select(ApiClient).where(ApiClient.subscriber_id == party.id)).one().old_until = now()
    assert party.token().status_code == 401


def test_a_party_sees_and_changes_its_own_subscription_alone(party, app, settings):
    other = Party(app, settings, "somebody else of this test")
    changed = party.client.patch("/api/v1/subscription", json={"url": "https://x.example/in"}, headers=party.headers())
    assert changed.json["url"] == "https://x.example/in"
    assert other.client.get("/api/v1/subscription", headers=other.headers()).json["url"] == "http://127.0.0.1:9/"
    assert (
        party.client.patch("/api/v1/subscription", json={"url": "ftp://x"}, headers=party.headers()).status_code == 422
    )
    assert party.client.post("/api/v1/subscription/secret", headers=party.headers()).json["secret"].startswith("whsec_")


def test_services_say_who_offers_what_and_where_to_begin(app):
    listed = app.test_client().get("/api/v1/services").json["services"]
    hubin = next(one for one in listed if one["slug"] == "hubin")
    assert hubin["url"].endswith("/f/hubin/start?via=cloud")
    assert hubin["price_fen"] == 0


def test_the_doors_answer_as_they_are_described(party, app):
    schema, headers = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app), party.headers()
    for described in schema.get_all_operations():
        operation = described.ok()
        if not operation.path.startswith(("/api/v1/tickets", "/api/v1/deliveries", "/api/v1/subscription")):
            continue

        @given(case=operation.as_strategy())
        @hypothesis_settings(max_examples=10)
        def answers_as_described(case):
            case.call_and_validate(headers=headers)

        answers_as_described()


def test_the_operator_sees_parties_gives_keys_and_replays(app, party):
    operator = log_in(app, "operator@famai.example")
    assert operator.get("/auth/home").location == "/operator/"
    page = operator.get(f"/operator/parties/{party.id}")
    assert party.client_id in page.text
    made = operator.post("/operator/parties", data={"name": "新的", "url": "https://n.example", "source": "12348"})
    assert "whsec_" in made.text
    keys = operator.post(f"/operator/parties/{party.id}/credentials", data={"scope": ["tickets"]})
    assert "<code>" in keys.text
    assert operator.post(f"/operator/parties/{party.id}/replay").status_code == 302
    assert operator.post("/operator/parties", data={"name": "", "url": "x", "source": ""}).status_code == 422
    operator.post(f"/operator/parties/{party.id}/active", data={"active": "no"})
    assert party.client.get("/api/v1/subscription", headers={"Authorization": "Bearer x"}).status_code == 401


def test_nobody_else_reaches_the_operators_pages(app):
    for email in ("lawyer1@hubin.example", "officer@city.example"):
        assert log_in(app, email).get("/operator/").status_code == 404
    assert app.test_client().get("/operator/").status_code == 302
    assert log_in(app, "operator@famai.example").get("/bureau/").status_code == 404


def test_a_checked_release_is_seen_by_bureau_and_firm_before_the_operator_publishes_it(app, settings):
    with unit_of_work(WORKER) as work:
        counts = {("base", "310113|F|micro"): 160, ("base", "310110|F|micro"): 40, ("channel", "310113|web"): 160,
                  ("channel", "310110|cloud"): 40}  # fmt: skip
        add_to_cells(work, {("2024-Q1", *item): n for item, n in counts.items()})
    operator = log_in(app, "operator@famai.example")
    assert operator.get("/operator/").status_code == operator.get("/operator/parties").status_code == 200
    assert operator.post("/operator/drafts", data={"period": "soon", "method": "x"}).status_code == 422
    form = {"period": "2024-Q1", "method": "suppression", "threshold": "10"}
    draft = operator.post("/operator/drafts", data=form).location
    draft_id = uuid.UUID(draft.rsplit("/", 1)[1])
    bureau, firm = log_in(app, "officer@city.example"), log_in(app, "lawyer1@hubin.example")
    assert bureau.get(f"/bureau/releases/{draft_id}").status_code == 404
    with unit_of_work(WORKER) as work:
        fill_draft(work, draft_id, now=now())
    assert bureau.get(f"/bureau/releases/{draft_id}").status_code == 404
    assert firm.get(f"/firm/releases/{draft_id}").status_code == 404
    assert operator.post(f"{draft}/show").status_code == 302
    assert operator.post(f"{draft}/show").status_code == 409
    assert "宝山区" in bureau.get(f"/bureau/releases/{draft_id}").text
    assert "贵所的企业0次" in firm.get(f"/firm/releases/{draft_id}").text
    assert str(draft_id) in bureau.get("/bureau/releases").text
    assert "给人先看" in firm.get("/firm/releases").text
    assert "谁先看过" in operator.get(draft).text
    assert operator.post(f"{draft}/publish").status_code == 302
    assert operator.post(f"{draft}/drop").status_code == 409
    assert "已发布" in operator.get(draft).text
    assert "2024-Q1" in app.test_client().get("/statistics?period=2024-Q1").text


def test_a_draft_that_fails_says_why(app):
    operator = log_in(app, "operator@famai.example")
    form = {"period": "1999-Q1", "method": "suppression", "threshold": "10"}
    draft = operator.post("/operator/drafts", data=form).location
    with unit_of_work(WORKER) as work:
        fill_draft(work, uuid.UUID(draft.rsplit("/", 1)[1]), now=now())
    page = operator.get(draft).text
    assert "没通过检查" in page
    assert "还没有企业计入" in page
    assert operator.post(f"{draft}/publish").status_code == 409
