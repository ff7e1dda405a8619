"""A body with a system of its own: it reads its matters and takes steps by signed calls, each once, and is called."""

import json

import pytest
import schemathesis
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from standardwebhooks.webhooks import Webhook

from cloud.partners.feed import Answer
from cloud.partners.models import Subscriber
from tenants.database import unit_of_work
from tests.bodies import find_body
from tests.factories import make_case
from tests.parties import OPERATOR, Party, sign
from tests.referring import find_row, follow, refer, take_back
from tests.visits import log_in
from webapp.outside.webhook_push import push_notices

PATH = "/api/v1/referrals"


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=7)


@pytest.fixture
def system(app, settings, request):
    return of_body(Party(app, settings, request.node.name[:150], source="", scopes="referrals"))


def of_body(party, name="和商"):
    with unit_of_work(OPERATOR) as work:
        work.get_one(Subscriber, party.id).provider_id = find_body(name).id
    return party


@pytest.fixture
def row(settings, case):
    return find_row(case, refer(settings, case))


def read(system, path=""):
    return system.client.get(f"{PATH}{path}", headers=system.headers())


def step(system, row, form, message_id="s1", **changed):
    return sign(system, f"{PATH}/{row.number}/steps", form, message_id, **changed)


def test_it_reads_its_own_matters_and_the_packet(system, row):
    assert row.number in [one["number"] for one in read(system).json["referrals"]]
    told = read(system, f"/{row.number}").json
    assert (told["state"], told["packet"]["phone"], told["steps"][0]["step"]) == ("offered", "13800138000", "send")


def test_another_bodys_system_reads_nothing_of_it(app, settings, system, row):
    other = of_body(Party(app, settings, "another body of this test", source="", scopes="referrals"), "宝江")
    assert read(other, f"/{row.number}").status_code == 404
    assert step(other, row, {"step": "accept"}).status_code == 404
    nobody = Party(app, settings, "no body of this test", source="", scopes="referrals")
    assert (read(nobody).status_code, read(nobody).json["code"]) == (409, "no_body")


def test_it_takes_a_matter_from_the_offer_to_its_end(system, row):
    steps = [{"step": "accept"}, {"step": "begin"}, {"step": "ask", "words": "有对账单吗？"},
             {"step": "close", "words": "谈成了", "reason": "done"}]  # fmt: skip
    states = [step(system, row, form, f"s{number}").json["state"] for number, form in enumerate(steps)]
    assert states == ["accepted", "under_way", "more_asked", "closed"]
    assert read(system, f"/{row.number}").json["outcome"] == "done"


def test_a_step_that_is_sent_again_is_one(system, row):
    first, again = step(system, row, {"step": "accept"}), step(system, row, {"step": "accept"})
    assert (first.json["state"], again.status_code, again.json["state"]) == ("accepted", 200, "accepted")
    assert [one["step"] for one in read(system, f"/{row.number}").json["steps"]] == ["send", "accept"]
    other = step(system, row, {"step": "begin"})
    assert (other.status_code, other.json["code"]) == (409, "replayed")


def test_a_step_that_is_unsigned_out_of_turn_or_not_known_is_refused_and_may_be_sent_anew(system, row):
    assert step(system, row, {"step": "accept"}, secret="whsec_" + "A" * 43 + "=").status_code == 401
    assert step(system, row, {"step": "close", "words": "x", "reason": "done"}).status_code == 409
    assert step(system, row, {"step": "decline", "words": "x", "reason": "bored"}).status_code == 422
    assert step(system, row, {"step": "send", "state": "closed"}).status_code == 422
    assert step(system, row, {"step": "accept"}).status_code == 200


def test_it_is_called_once_when_a_matter_is_offered_and_when_it_is_taken_back(settings, case, system, row):
    follow(settings, case)
    take_back(settings, case, row.id)
    follow(settings, case)  # the worker may do its work twice
    taken = []

    def send(push):
        taken.extend([push] if push.subscriber_id == system.id else [])
        return Answer(204)

    push_notices(settings, send=send)
    told = [Webhook(system.signing).verify(push.body, push.headers) for push in taken]
    assert [one["type"] for one in told] == ["referral.offered", "referral.withdrawn"]
    assert all(set(one["data"]) == {"number", "state", "due_on"} for one in told)
    assert "13800138000" not in json.dumps(told)
    assert read(system, f"/{row.number}").json["packet"] is None


def test_the_doors_answer_as_they_are_described(app, system, row):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    headers = {**system.headers(), "Accept-Encoding": "identity"}
    for described in schema.get_all_operations():
        operation = described.ok()
        if not operation.path.startswith(PATH):
            continue

        @given(case=operation.as_strategy())
        @hypothesis_settings(max_examples=5)
        def answers_as_described(case):
            case.call_and_validate(headers=headers)

        answers_as_described()
    assert schema.raw_schema["paths"][PATH]["get"]


def test_the_operator_says_whose_system_it_is(app):
    operator, body = log_in(app, "operator@famai.example"), find_body("和商")
    form = {"name": "和商的系统", "url": "https://m.example", "source": "", "body": str(body.id)}
    assert "和商" in operator.post("/operator/parties", data=form).text
