"""An owner asks, a delegate answers and mends, the owner sees it and ends it; what goes wrong has a clear answer."""

import datetime as dt
import json
import re

import pytest
from sqlalchemy import select, text

from checkup.cases.checkups import open_checkup
from checkup.delegates.asking import end
from checkup.delegates.delegation_rules import OWNERS_WORD
from checkup.fixes.ringing import ring_at
from checkup.fixes.steps import owner_step
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tenants.models import Message
from tests.delegating import PHONE, ask_somebody, delegate_draft, draft, person_of
from tests.factories import make_case, owner_scope
from tests.owners import first_choices
from tests.visits import hold
from tests.working_off import work_but_papers
from webapp.edge.people_here import OwnerHere

LONG = "2027-02-20"
FRESH_PHONE, THIRD = "13500135001", "13500135002"
FORM = {"name": "刘会计", "kind": "accountant", "phone": FRESH_PHONE, "areas": "tax", "until": LONG}


def browser(app, person_id, has_phone=True):
    client = app.test_client()
    hold(client, OwnerHere(person_id, has_phone=has_phone))
    return client


def owner_of(app, owner, checkup_id):
    client = app.test_client()
    hold(client, OwnerHere(owner.person_id, owner.firm_id, checkup_id))
    return client


@pytest.fixture
def asked(settings):
    return delegate_draft(settings)


@pytest.fixture
def delegate(app, settings):
    return browser(app, person_of(settings))


def end_it(delegated):
    by = Actor(delegated.owner.person_id, "店主本人")
    told = {"checkup_id": delegated.checkup_id, "delegation_id": delegated.delegation_id}
    with unit_of_work(delegated.owner) as work:
        end(work, why=OWNERS_WORD, by=by, now=now(), **told)


def texts(settings, phone):
    """What was texted to this number, oldest first."""
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    return [body for _, body in sorted((one["at"], one["body"]) for one in sent if one["to"] == phone)]


def texted_link(settings, phone):
    return re.search(r"/for/invitation/[\w-]+", texts(settings, phone)[-1])[0]


def code_of(settings, phone):
    return re.search(r"验证码 (\d{6})", texts(settings, phone)[-1])[1]


def test_from_the_owners_form_to_the_delegates_first_answer(app, settings):
    owner, checkup_id = draft(settings)
    hers = owner_of(app, owner, checkup_id)
    assert "刘会计" in hers.post(f"/checkup/{checkup_id}/delegates", data=FORM).text
    link, his = texted_link(settings, FRESH_PHONE), app.test_client()
    assert "餐饮" in his.get(link).text
    his.post(f"{link}/send", data={"phone": FRESH_PHONE})
    came = his.post(f"{link}/code", data={"phone": FRESH_PHONE, "code": code_of(settings, FRESH_PHONE)})
    accept = came.location
    assert "先答应保密" in his.get(accept).text
    assert his.post(accept, data={}).status_code == 422
    home = his.post(accept, data={"agreed": "yes"}).location
    question = his.get(f"{home}/next").location
    his.post(question, data=first_choices(his.get(question).text))
    with unit_of_work(owner) as work:
        record = open_checkup(work, checkup_id=checkup_id, keys=settings.keyring()).record
    assert [(one["by"], one["who"]) for one in record.entries.values()] == [("delegate", home.rsplit("/", 1)[1])]
    page = hers.get(f"/checkup/{checkup_id}/delegates").text
    assert "填了1题" in page
    assert his.get(link).status_code == 404
    assert "王姐面馆" not in his.get("/me").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"until": "2026-11-01"}, "一年以内"),
        ({"until": "2028-11-01"}, "一年以内"),
        ({"areas": []}, "至少勾一块"),
        ({"areas": "moon"}, "请从列出的选项里选一个"),
        ({"phone": "12345"}, "手机号"),
        ({"kind": "landlord"}, "请从列出的选项里选一个"),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept(app, settings, wrong, said):
    owner, checkup_id = draft(settings)
    answer = owner_of(app, owner, checkup_id).post(f"/checkup/{checkup_id}/delegates", data={**FORM, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert "刘会计" in answer.text


def test_a_forged_link_opens_nothing(app):
    answer = app.test_client().get("/for/invitation/forged")
    assert (answer.status_code, "打不开" in answer.text) == (404, True)


def test_a_forwarded_link_sends_no_code_to_another_phone_and_locks(app, settings):
    asked, his = delegate_draft(settings, phone=THIRD, accepts=False), app.test_client()
    for _ in range(5):
        answer = his.post(f"/for/invitation/{asked.token}/send", data={"phone": "13500139999"})
        assert (answer.status_code, "不是发到这个号码" in answer.text) == (422, True)
    assert texts(settings, "13500139999") == []
    assert his.post(f"/for/invitation/{asked.token}/send", data={"phone": THIRD}).status_code == 429


def test_on_a_phone_where_somebody_else_is_logged_in_nobody_is_changed(app, settings):
    asked = delegate_draft(settings, phone="13500135006", accepts=False)
    other = person_of(settings, "13500135007")
    link, client = f"/for/invitation/{asked.token}", browser(app, other)
    assert client.get(link).status_code == 200
    client.post(f"{link}/send", data={"phone": "13500135006"})
    sent = {"phone": "13500135006", "code": code_of(settings, "13500135006")}
    answer = client.post(f"{link}/code", data=sent)
    assert (answer.status_code, "另一个人的体检" in answer.text) == (409, True)
    assert person_of(settings, "13500135007") == other


def test_the_owner_herself_is_shown_the_door_for_the_other_phone(app, settings):
    asked = delegate_draft(settings, phone="13500135008", accepts=False)
    hers = owner_of(app, asked.owner, asked.checkup_id)
    assert "先用收到短信的手机号进来" in hers.get(f"/for/invitation/{asked.token}").text
    assert hers.get(f"/for/asked/{asked.delegation_id}").location == "/me/phone"


def test_an_old_link_opens_nothing(app, settings, clock_at):
    asked = delegate_draft(settings, phone="13500135003", accepts=False)
    clock_at(now() + dt.timedelta(days=15))
    assert app.test_client().get(f"/for/invitation/{asked.token}").status_code == 404


def test_an_invitation_to_another_phone_cannot_be_accepted_by_its_address(app, settings, delegate):
    asked = delegate_draft(settings, phone="13500135004", accepts=False)
    assert delegate.post(f"/for/asked/{asked.delegation_id}", data={"agreed": "yes"}).status_code == 404


def test_who_says_no_leaves_the_list_and_the_owner_sees_it(app, settings, delegate):
    asked = delegate_draft(settings, accepts=False)
    delegate.post(f"/for/asked/{asked.delegation_id}/no")
    page = owner_of(app, asked.owner, asked.checkup_id).get(f"/checkup/{asked.checkup_id}/delegates").text
    assert "他不帮了" in page


def told_owner(asked):
    """What was written to the owner, by template."""
    with unit_of_work(asked.owner) as work:
        query = select(Message.template).where(Message.owner_id == asked.owner.person_id)
        return work.scalars(query.order_by(Message.queued_at, Message.id)).all()


def test_the_owner_is_told_once_that_he_helps_and_that_he_does_not_any_more(settings, delegate):
    asked = delegate_draft(settings, accepts=False)
    assert told_owner(asked) == []
    assert delegate.post(f"/for/asked/{asked.delegation_id}", data={"agreed": "yes"}).status_code == 302
    assert told_owner(asked) == ["delegate_accepted"]
    for _ in range(2):
        delegate.post(f"/for/{asked.delegation_id}/leave")
    assert told_owner(asked) == ["delegate_accepted", "delegate_left"]


def test_her_phone_rings_if_she_wished_and_leads_to_where_it_stands(app, settings):
    owner, checkup_id = draft(settings)
    with unit_of_work(owner) as work:
        ring_at(work, checkup_id=checkup_id, phone=THIRD, keys=settings.keyring(), now=now())
    ask_somebody(settings, owner, checkup_id)
    work_but_papers(settings)
    said = texts(settings, THIRD)[-1]
    assert "您请来帮忙的人有回音了" in said
    page = owner_of(app, owner, checkup_id).get(re.search(r"/checkup/\S+", said)[0])
    assert (page.status_code, "在帮忙，到" in page.text) == (200, True)


def test_who_takes_it_back_herself_is_not_told_of_it(asked):
    end_it(asked)
    assert told_owner(asked) == ["delegate_accepted"]


def test_an_area_that_was_not_asked_is_not_there(delegate, asked):
    for path in ("con.written", "emp.contracts", "no-such"):
        address = f"/for/{asked.delegation_id}/question/{path}"
        assert delegate.get(address).status_code == 404
        assert delegate.post(address, data={"answer": "unsure"}).status_code == 404
    both = {"answer": "unsure", "also": "unsure", "also_id": "con.written"}
    assert delegate.post(f"/for/{asked.delegation_id}/question/tax.income", data=both).status_code == 404


@pytest.mark.parametrize("path", ["/fixes", "/messages", "/fixes/proof/01980000-0000-7000-8000-00000000dead"])
def test_what_was_not_ticked_is_not_there(delegate, asked, path):
    assert delegate.get(f"/for/{asked.delegation_id}{path}").status_code == 404


def test_taken_back_while_a_form_is_open_there_is_a_clear_page(app, settings, delegate, asked):
    question = delegate.get(f"/for/{asked.delegation_id}/next").location
    sent = first_choices(delegate.get(question).text)
    end_it(asked)
    answer = delegate.post(question, data=sent)
    assert answer.status_code == 404
    assert "刚才这一步没有存" in answer.text
    with unit_of_work(asked.owner) as work:
        assert open_checkup(work, checkup_id=asked.checkup_id, keys=settings.keyring()).answers == {}


def test_handed_in_meanwhile_the_answer_is_refused_with_a_way_back(delegate, asked):
    question = delegate.get(f"/for/{asked.delegation_id}/next").location
    with unit_of_work(asked.owner) as work:
        work.execute(text("UPDATE checkup SET state = 'submitted' WHERE id = :id"), {"id": asked.checkup_id})
    answer = delegate.post(question, data={"answer": "unsure"})
    assert answer.status_code == 409
    assert f"/for/{asked.delegation_id}" in answer.text


def test_until_the_owner_has_told_of_the_shop_there_is_no_question(settings, delegate):
    asked = delegate_draft(settings)
    with unit_of_work(asked.owner) as work:
        work.execute(text("UPDATE business SET staff = NULL, staff_to = NULL WHERE owner_id = app_person()"))
    assert "请她先答头两题" in delegate.get(f"/for/{asked.delegation_id}").text


@pytest.fixture(scope="module")
def mending(settings):
    case = make_case(settings, "signed", seed=5)
    return ask_somebody(settings, owner_scope(case), case.checkup_id, areas=(), fixes=True, messages=True)


def test_things_are_done_under_the_delegates_name(app, delegate, mending):
    page = delegate.get(f"/for/{mending.delegation_id}/fixes").text
    risk = re.search(r"/fixes/([\w.-]+)/step", page)[1]
    done = delegate.post(f"/for/{mending.delegation_id}/fixes/{risk}/step", data={"step": "claim", "why": "已补签"})
    assert done.status_code == 302
    hers = owner_of(app, mending.owner, mending.checkup_id)
    assert "办了1步" in hers.get(f"/checkup/{mending.checkup_id}/delegates").text
    assert "店主请的人" in hers.get(f"/checkup/{mending.checkup_id}/fixes?at={risk}").text


def test_leaving_a_risk_as_it_is_is_the_owners_alone(delegate, mending):
    page = delegate.get(f"/for/{mending.delegation_id}/fixes").text
    risk = re.search(r"/fixes/([\w.-]+)/step", page)[1]
    address = f"/for/{mending.delegation_id}/fixes/{risk}/step"
    assert delegate.post(address, data={"step": "accept", "why": "算了"}).status_code == 404
    assert delegate.post(address, data={"step": "claim", "why": ""}).status_code == 422


def test_what_the_owner_leaves_as_it_is_the_delegate_leaves_too(settings, delegate):
    case = make_case(settings, "signed", seed=13)
    asked = ask_somebody(settings, owner_scope(case), case.checkup_id, areas=(), fixes=True)
    risk = re.search(r"/fixes/([\w.-]+)/step", delegate.get(f"/for/{asked.delegation_id}/fixes").text)[1]
    with unit_of_work(asked.owner) as work:
        owner_step(
            work, checkup_id=case.checkup_id, risk=risk, step="accept", why="先不办", proofs=(),
            actor_id=case.owner_id, keys=settings.keyring(), now=now(),
        )  # fmt: skip
    address = f"/for/{asked.delegation_id}/fixes/{risk}/step"
    assert delegate.post(address, data={"step": "take"}).status_code == 409


def test_messages_are_read_where_she_lets_him(delegate, mending):
    assert "她和律师的消息" in delegate.get(f"/for/{mending.delegation_id}/messages").text


def test_words_typed_into_what_was_taken_back_are_shown_to_be_passed_on(settings, delegate):
    case = make_case(settings, "signed", seed=13)
    asked = ask_somebody(settings, owner_scope(case), case.checkup_id, areas=(), fixes=True)
    page = delegate.get(f"/for/{asked.delegation_id}/fixes").text
    risk = re.search(r"/fixes/([\w.-]+)/step", page)[1]
    end_it(asked)
    answer = delegate.post(f"/for/{asked.delegation_id}/fixes/{risk}/step", data={"step": "claim", "why": "合同已补签"})
    assert (answer.status_code, "合同已补签" in answer.text) == (404, True)


def test_whoever_is_not_in_by_phone_is_sent_to_show_it(app, settings, asked):
    guest = browser(app, asked.person_id, has_phone=False)
    for client in (app.test_client(), guest):
        assert client.get("/for").location == "/me/phone"


def test_by_phone_whoever_only_helps_comes_to_her_list(app, settings, asked):
    client = app.test_client()
    client.post("/me/phone", data={"phone": PHONE})
    came = client.post("/me/code", data={"phone": PHONE, "code": code_of(settings, PHONE)})
    assert came.location == "/for"


def test_an_accountant_with_forty_businesses_has_one_list(app, settings):
    phone = "13500135005"
    for _ in range(40):
        delegate_draft(settings, phone=phone)
    page = browser(app, person_of(settings, phone)).get("/for").text
    assert page.count('class="card"') == 40
    assert "有事要做（40）" in page


def test_the_default_day_is_within_the_bounds(app, settings):
    owner, checkup_id = draft(settings)
    page = owner_of(app, owner, checkup_id).get(f"/checkup/{checkup_id}/delegates").text
    assert f'value="{city_day(now()) + dt.timedelta(days=90)}"' in page
