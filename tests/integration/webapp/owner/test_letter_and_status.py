"""The scope letter, accepted with a code; the status page; paid work only by the owner's own act after signing."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from checkup.cases.checkups import list_findings
from checkup.cases.models import Checkup
from checkup.letters.acceptance import list_letters
from demo.cases import accept
from tenants.clock import now
from tenants.database import unit_of_work
from tests.factories import lawyer_scope, make_case, owner_scope
from tests.owners import DETAILS, answer_all, codes, wrong
from tests.visits import be_owner, log_in

NUMBERS = iter(range(13700000000, 13700009999))


@pytest.fixture
def number():
    return str(next(NUMBERS))


@pytest.fixture
def waiting(app):
    """(client, URL) of a submitted checkup whose owner wants a lawyer and has not accepted the letter."""
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    answer_all(client, url)
    client.post(f"{url}/submit")
    return client, url


def seen(page):
    return re.search(r'name="seen" value="(\w{64})"', page)[1]


def accept_by_phone(client, url, settings, number):
    page = client.post(f"{url}/letter/send", data={"phone": number}).text
    form = {"phone": number, "code": codes(settings, number)[-1], "seen": seen(page), "locale": "zh-Hans"}
    return client.post(f"{url}/letter/accept", data=form)


def resume_code(client, url):
    page = client.post(f"{url}/elsewhere", data={"phone": "02155556666"}).text
    return re.search(r"<strong>(\w{4}-\w{4})</strong>", page)[1]


def case_number(client, url):
    return re.search(r"SH\d\d-\w{6}", client.get(f"{url}/result").text)[0]


def test_a_click_and_a_code_by_phone_make_her_a_client(waiting, settings, number):
    client, url = waiting
    assert "您还不是任何律所的客户" in client.get(f"{url}/result").text
    assert accept_by_phone(client, url, settings, number).status_code == 302
    assert "您是上海沪滨律师事务所的客户，只为这次免费体检" in client.get(f"{url}/result").text
    held = client.get(f"{url}/letter").text
    assert "手机验证码" in held
    assert "和接受时一字不差" in held


def test_an_owner_without_a_phone_uses_her_resume_code(waiting):
    client, url = waiting
    form = {"code": resume_code(client, url), "seen": seen(client.get(f"{url}/letter").text)}
    assert client.post(f"{url}/letter/accept", data=form).status_code == 302
    assert "续答码" in client.get(f"{url}/letter").text


def test_a_wrong_code_accepts_nothing_and_locks_after_five(waiting, settings, number):
    client, url = waiting
    page = client.post(f"{url}/letter/send", data={"phone": number}).text
    right = codes(settings, number)[-1]
    form = {"phone": number, "code": wrong(right), "seen": seen(page), "locale": "zh-Hans"}
    assert [client.post(f"{url}/letter/accept", data=form).status_code for _ in range(6)] == [422] * 5 + [429]
    assert client.post(f"{url}/letter/accept", data={**form, "code": right}).status_code == 429
    assert "您还不是任何律所的客户" in client.get(f"{url}/letter").text


def test_a_guessed_resume_code_locks_too(waiting):
    client, url = waiting
    form = {"code": "AAAA-AAAA", "seen": seen(client.get(f"{url}/letter").text)}
    assert [client.post(f"{url}/letter/accept", data=form).status_code for _ in range(6)] == [422] * 5 + [429]


def test_what_she_did_not_see_is_not_accepted(waiting):
    client, url = waiting
    answer = client.post(f"{url}/letter/accept", data={"code": resume_code(client, url), "seen": "0" * 64})
    assert answer.status_code == 409
    assert "说明书刚有改动" in answer.text


def test_another_owners_resume_code_does_not_count(app, waiting):
    client, url = waiting
    stranger = app.test_client()
    other = stranger.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    form = {"code": resume_code(stranger, other), "seen": seen(client.get(f"{url}/letter").text)}
    assert client.post(f"{url}/letter/accept", data=form).status_code == 422


def test_a_kept_phone_must_be_the_same_one(waiting, settings, number):
    client, url = waiting
    client.post("/me/phone", data={"phone": number})
    client.post("/me/code", data={"phone": number, "code": codes(settings, number)[-1]})
    assert client.post(f"{url}/letter/send", data={"phone": "13012345678"}).status_code == 422
    assert accept_by_phone(client, url, settings, number).status_code == 302


def test_the_stored_letter_is_the_one_that_was_shown_with_its_hash(waiting, settings, number):
    client, url = waiting
    shown = seen(client.get(f"{url}/letter").text)
    accept_by_phone(client, url, settings, number)
    assert shown in client.get(f"{url}/letter").text
    assert client.get(f"{url}/letter/letter.pdf").data.startswith(b"%PDF-")


def test_taking_back_consent_ends_it_and_a_new_yes_is_a_new_letter(waiting, settings, number):
    client, url = waiting
    accept_by_phone(client, url, settings, number)
    client.post(f"{url}/mine/consent", data={"purpose": "review", "granted": "no"})
    assert "不再是上海沪滨律师事务所的客户" in client.get(f"{url}/mine").text
    client.post(f"{url}/mine/consent", data={"purpose": "review", "granted": "yes"})
    assert "您还不是任何律所的客户" in client.get(f"{url}/mine").text
    assert accept_by_phone(client, url, settings, number).status_code == 302
    assert len(client.get(f"{url}/mine/export.json").json["letters"]) == 2


def test_two_taps_at_once_are_one_acceptance(settings):
    case = make_case(settings, has_letter=False)
    both = threading.Barrier(2)

    def tap(_):
        with unit_of_work(owner_scope(case)) as session:
            both.wait()
            accept(session, checkup_id=case.checkup_id, owner_id=case.owner_id, keys=settings.keyring(), at=now())

    with ThreadPoolExecutor(2) as taps:
        list(taps.map(tap, range(2)))
    with unit_of_work(owner_scope(case)) as session:
        row = session.get_one(Checkup, (case.firm_id, case.checkup_id))
        assert len(list_letters(session, row=row, keys=settings.keyring())) == 1


def test_nobody_signs_without_the_letter(app, settings):
    case = make_case(settings, "in_review", has_letter=False)
    lawyer = log_in(app, "lawyer1@hubin.example")
    page = f"/lawyer/checkups/{case.checkup_id}"
    with unit_of_work(lawyer_scope(case)) as session:
        for finding in list_findings(session, checkup_id=case.checkup_id):
            finding.lawyer_action, finding.lawyer_likelihood = "confirm", finding.likelihood
    shown = lawyer.get(page).text
    assert "业主还不是客户" in shown
    version = re.search(r'name="version" value="(\d+)"', shown)[1]
    refused = lawyer.post(f"{page}/sign", data={"version": version})
    assert refused.status_code == 409
    assert "没有接受本所的服务说明书" in refused.text


def test_lawyer_and_owner_see_the_same_letter(app, settings):
    case = make_case(settings, "in_review")
    page = log_in(app, "lawyer1@hubin.example").get(f"/lawyer/checkups/{case.checkup_id}/letter").text
    with unit_of_work(owner_scope(case)) as session:
        row = session.get_one(Checkup, (case.firm_id, case.checkup_id))
        letter = list_letters(session, row=row, keys=settings.keyring())[0]
    assert letter.row.text_hash in page
    assert "业主是本所客户" in page


def test_the_status_page_tells_turn_step_and_day_without_an_account(app, waiting, settings, number):
    client, url = waiting
    accept_by_phone(client, url, settings, number)
    form = {"number": case_number(client, url).lower(), "code": resume_code(client, url)}
    page = app.test_client().post("/status", data=form)
    assert page.status_code == 200
    assert "等律所：安排律师来看" in page.text
    assert "第2步，共4步" in page.text
    assert re.search(r"最晚\d{4}年\d+月\d+日，还有\d个工作日", page.text)
    assert DETAILS["name"] not in page.text


def test_number_and_code_must_belong_together(app, waiting):
    client, url = waiting
    stranger = app.test_client()
    other = stranger.post("/f/hubin/start", data=DETAILS).location.rstrip("/")
    form = {"number": case_number(client, url), "code": resume_code(stranger, other)}
    assert app.test_client().post("/status", data=form).status_code == 422


def test_a_case_number_tried_too_often_is_locked_for_a_while(app, waiting):
    client, url = waiting
    guess = {"number": case_number(client, url), "code": "ZZZZ-ZZZZ"}
    stranger = app.test_client()
    assert [stranger.post("/status", data=guess).status_code for _ in range(6)] == [422] * 5 + [429]
    assert stranger.post("/status", data={**guess, "code": resume_code(client, url)}).status_code == 429


@pytest.fixture
def owner_of(app, settings):
    """A client that holds this case's session."""

    def held(case):
        return be_owner(app, case), f"/checkup/{case.checkup_id}"

    return held


def test_before_signing_the_page_for_paid_work_lists_nobody(settings, owner_of):
    client, url = owner_of(make_case(settings, "in_review"))
    page = client.get(f"{url}/more-help").text
    assert "免费体检还没做完" in page
    assert "选这家" not in page
    assert client.post(f"{url}/more-help", data={"basis": "own_wish", "firm": "x"}).status_code == 409


def test_after_signing_at_least_three_firms_in_an_order_by_lot(settings, owner_of):
    case = make_case(settings, "signed")
    client, url = owner_of(case)
    page = client.get(f"{url}/more-help").text
    firms = re.findall(r'name="firm" value="([\w-]+)">选这家', page)
    assert len(firms) >= 3
    assert firms == re.findall(r'name="firm" value="([\w-]+)">选这家', client.get(f"{url}/more-help").text)
    other = next(firm for firm in firms if firm != str(case.firm_id))  # the lot may have put her own firm anywhere
    client.post(f"{url}/more-help", data={"basis": "list", "firm": other})
    assert "我们没有把您的任何资料给他们" in client.get(f"{url}/more-help").text


def test_her_own_wish_is_an_event_that_her_lawyer_sees(app, settings, owner_of):
    case = make_case(settings, "signed")
    client, url = owner_of(case)
    lawyer = log_in(app, "lawyer1@hubin.example")
    assert "请不要主动提" in lawyer.get(f"/lawyer/checkups/{case.checkup_id}/letter").text
    client.post(f"{url}/more-help", data={"basis": "own_wish", "firm": case.firm_id})
    assert "业主自己提出" in lawyer.get(f"/lawyer/checkups/{case.checkup_id}/letter").text
    with unit_of_work(owner_scope(case)) as session:
        why = session.execute(
            text("SELECT why FROM checkup_event WHERE checkup_id = :id AND why <> ''"), {"id": case.checkup_id}
        ).scalars()
        assert "paid_work:own_wish" in list(why)


WISH = (
    "INSERT INTO work_wish (firm_id, id, checkup_id, owner_id, basis, listed, chosen_id, at) "
    "VALUES (:firm, gen_random_uuid(), :checkup, :owner, :basis, '{}', :firm, :at)"
)


def insert_wish(scope, case, basis):
    values = {"firm": case.firm_id, "checkup": case.checkup_id, "owner": case.owner_id, "basis": basis, "at": now()}
    with unit_of_work(scope) as session:
        session.execute(text(WISH), values)


def test_no_firm_can_write_an_offer_even_after_signing(settings):
    case = make_case(settings, "signed")
    with pytest.raises(ProgrammingError, match="permission denied"):
        insert_wish(lawyer_scope(case), case, "own_wish")


def test_before_signing_the_database_refuses_even_the_owner(settings):
    case = make_case(settings, "in_review")
    with pytest.raises(ProgrammingError, match="row-level security"):
        insert_wish(owner_scope(case), case, "own_wish")


def test_a_list_of_fewer_than_three_cannot_be_stored(settings):
    case = make_case(settings, "signed")
    with pytest.raises(IntegrityError, match="at_least_three"):
        insert_wish(owner_scope(case), case, "list")


def test_no_message_can_be_of_a_kind_that_offers_paid_work(settings):
    case = make_case(settings, "signed")
    offer = (
        "INSERT INTO case_message (firm_id, id, checkup_id, owner_id, kind, author, author_id, author_name, "
        "sealed_text, turn, at) "
        "VALUES (:firm, gen_random_uuid(), :checkup, :owner, 'offer', 'firm', :firm, '', '', 'nobody', :at)"
    )
    values = {"firm": case.firm_id, "checkup": case.checkup_id, "owner": case.owner_id, "at": now()}
    with pytest.raises(IntegrityError, match="ck_case_message"), unit_of_work(lawyer_scope(case)) as session:
        session.execute(text(offer), values)


def test_a_firm_offers_its_own_paid_work_only_to_an_owner_who_asked(app, settings, owner_of):
    case = make_case(settings, "signed")
    client, url = owner_of(case)
    lawyer, fees = log_in(app, "lawyer1@hubin.example"), f"/lawyer/checkups/{case.checkup_id}/fees"
    offer = {"service": "contract-review", "given": "2"}
    refused = lawyer.post(fees, data=offer)
    assert refused.status_code == 422
    assert "由业主自己提出" in refused.text
    client.post(f"{url}/more-help", data={"basis": "own_wish", "firm": case.firm_id})
    assert lawyer.post(fees, data=offer).status_code == 302


def test_before_signing_even_a_willing_firm_cannot_offer(app, settings):
    case = make_case(settings, "in_review")
    lawyer, fees = log_in(app, "lawyer1@hubin.example"), f"/lawyer/checkups/{case.checkup_id}/fees"
    assert lawyer.post(fees, data={"service": "contract-review", "given": "2"}).status_code == 422
