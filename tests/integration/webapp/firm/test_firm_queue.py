"""The queue as the whole firm uses it: found, paged, passed on by who runs the firm, and no dead end without a menu."""

import re

import pytest
from sqlalchemy import func, select

from checkup.cases.models import Checkup
from checkup.conflicts.parties import save_names
from checkup.conflicts.values import CaseNames
from checkup.correspondence.messages import write_to_lawyer
from checkup.desk import queue
from checkup.desk.queue import FINISHED
from checkup.review.models import Review
from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Business, Message
from tests.factories import add_member, find_no_conflict, make_case, owner_scope, worker_scope
from tests.visits import log_in, version_of

FIRM, ONE, PARTNER, THREE = demo_id("hubin"), *(demo_id(f"hubin:{number}") for number in (1, 2, 3))
CLERK = "clerk@hubin.example"


@pytest.fixture(scope="module")
def clerk(settings, app):
    """Somebody who runs the firm and is no lawyer."""
    add_member(FIRM, "firm_admin", email=CLERK, name="秘书")
    return log_in(app, CLERK)


@pytest.fixture
def lawyer(app):
    return log_in(app, "lawyer1@hubin.example")


def row_of(case):
    with unit_of_work(worker_scope(case)) as session:
        row = session.get_one(Checkup, (case.firm_id, case.checkup_id))
        return row, session.get_one(Business, (row.firm_id, row.business_id)).name


def review_of(case):
    with unit_of_work(worker_scope(case)) as session:
        return session.get_one(Review, (case.firm_id, case.checkup_id))


def write(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        write_to_lawyer(
            session, checkup_id=case.checkup_id, text="押金怎么办？", files=(), owner_id=case.owner_id,
            keys=settings.keyring(), now=now(),
        )  # fmt: skip


def test_a_case_is_found_by_number_business_and_a_name_told_in_it(settings, lawyer):
    case = make_case(settings, "submitted", seed=501)
    row, business = row_of(case)
    with unit_of_work(owner_scope(case)) as session:
        names = CaseNames(counterparties=("奇怪名字有限公司",))
        save_names(session, checkup_id=case.checkup_id, names=names, keys=settings.keyring())
    for sought in (row.case_number, row.case_number[-5:].lower(), business, "奇怪名字"):
        assert row.case_number in lawyer.get("/lawyer/find", query_string={"q": sought}).text, sought
    assert "没有找到" in lawyer.get("/lawyer/find", query_string={"q": "%"}).text


def test_nobody_finds_a_case_of_another_firm(settings, app):
    row, business = row_of(make_case(settings, "signed", seed=502))
    foreign = log_in(app, "lawyer1@jiangwan.example")
    for sought in (row.case_number, business):
        assert f">{row.case_number}<" not in foreign.get("/lawyer/find", query_string={"q": sought}).text


def test_the_search_stands_on_every_page_of_the_firm(lawyer):
    pages = ("/lawyer/", "/firm/people", "/lawyer/hours", "/firm/money", "/library/", "/auth/account")
    assert [page for page in pages if 'role="search"' not in lawyer.get(page, follow_redirects=True).text] == []


@pytest.mark.parametrize("sort", ["press", "oldest", "name"])
def test_every_signed_case_is_reached_page_by_page_newest_first(settings, lawyer, monkeypatch, sort):
    monkeypatch.setattr(queue, "PAGE", 3)
    for seed in range(4):
        make_case(settings, "signed", seed=600 + seed)
    with unit_of_work(Scope(Audience.FIRM, FIRM, ONE)) as session:
        done = select(Checkup).where(Checkup.state.in_(FINISHED), Checkup.review_wanted.is_(True))
        every = session.execute(done.with_only_columns(Checkup.case_number, Checkup.signed_at)).all()
    path, seen = f"/lawyer/?state=done&sort={sort}", []
    while path:
        page = lawyer.get(path).text
        seen += re.findall(r'<tr data-row[^>]*>.*?<a href="[^"]+">\s*([\w-]+)\s*</a>', page, re.S)
        found = re.search(r'href="(/lawyer/\?[^"]*after=[\w-]+)"', page)
        path = found[1].replace("&amp;", "&") if found else None
    assert len(seen) == len(set(seen)) == len(every)
    if sort != "name":
        signed_at = dict(every)
        times = [signed_at[number] for number in seen if signed_at[number]]
        assert times == sorted(times, reverse=sort == "press")


def test_a_message_on_a_signed_case_waits_in_the_queue_until_it_is_answered(settings, lawyer):
    case = make_case(settings, "signed", seed=503)
    row, _ = row_of(case)
    assert row.case_number not in lawyer.get("/lawyer/").text
    write(settings, case)
    assert row.case_number in lawyer.get("/lawyer/?state=mine").text
    page = lawyer.get(f"/lawyer/checkups/{case.checkup_id}/messages").text
    send = re.search(r'<button class="button" name="step" value="note">', page)
    assert send is not None
    assert "<details" not in page.split("写给业主")[1].split("</form>")[0], "the button is not in a fold"
    assert "等回复店主" in lawyer.get("/lawyer/?state=mine").text, "read is not answered"
    answer = lawyer.post(f"/lawyer/checkups/{case.checkup_id}/messages", data={"text": "带合同来", "step": "note"})
    assert answer.status_code == 302
    assert row.case_number not in lawyer.get("/lawyer/?state=mine").text


def test_a_message_that_needs_no_reply_is_put_away(settings, lawyer):
    case = make_case(settings, "signed", seed=504)
    write(settings, case)
    lawyer.get(f"/lawyer/checkups/{case.checkup_id}/messages")
    assert lawyer.post(f"/lawyer/checkups/{case.checkup_id}/messages", data={"step": "read"}).status_code == 302
    assert review_of(case).reply_by is None


def test_who_runs_the_firm_reads_the_queue_and_no_fact(settings, clerk):
    case = make_case(settings, "in_review", seed=505)
    row, business = row_of(case)
    page = clerk.get(f"/lawyer/find?q={row.case_number}").text
    assert f"/firm/cases/{case.checkup_id}" in page
    shown = clerk.get(f"/firm/cases/{case.checkup_id}").text
    assert (business in shown, "陈晓律师在办" in shown) == (True, True)
    for path in ("", "/names", "/messages", "/report.pdf"):
        assert clerk.get(f"/lawyer/checkups/{case.checkup_id}{path}").status_code == 403


def test_a_case_is_passed_on_and_both_lawyers_are_told(settings, clerk):
    case = make_case(settings, "in_review", seed=506)
    number = row_of(case)[0].case_number
    version = version_of(clerk.get(f"/firm/cases/{case.checkup_id}").text)
    answer = clerk.post(f"/firm/cases/{case.checkup_id}", data={"version": version, "to": str(THREE)})
    assert answer.status_code == 302, answer.text
    review = review_of(case)
    assert (review.state, review.lawyer_id, review.offer_reasons) == ("offered", THREE, "admin")
    with unit_of_work(worker_scope(case)) as session:
        told = session.scalars(select(Message.template).where(Message.subject.startswith(number))).all()
    assert {"case_relieved", "case_offered"} <= set(told)
    again = clerk.post(f"/firm/cases/{case.checkup_id}", data={"version": version, "to": str(ONE)})
    assert (again.status_code, "刚被改过" in again.text) == (409, True)


def test_a_case_goes_to_nobody_who_has_recused_herself(settings, app, clerk):
    case = make_case(settings, "submitted", seed=507)
    three = log_in(app, "lawyer3@hubin.example")
    three.post(f"/lawyer/checkups/{case.checkup_id}/names", data={"outcome": "recuse", "parties_version": "0"})
    version = version_of(clerk.get(f"/firm/cases/{case.checkup_id}").text)
    answer = clerk.post(f"/firm/cases/{case.checkup_id}", data={"version": version, "to": str(THREE)})
    assert answer.status_code == 422


def test_a_recusal_by_mistake_is_taken_back_by_a_partner_and_the_wall_stands_until_then(settings, app):
    case = make_case(settings, "submitted", seed=508)
    three, partner = log_in(app, "lawyer3@hubin.example"), log_in(app, "lawyer2@hubin.example")
    names = f"/lawyer/checkups/{case.checkup_id}/names"
    assert "这份体检的内容对您关闭" in three.get(names).text, "what it does stands there before"
    three.post(names, data={"outcome": "recuse", "parties_version": "0"})
    assert three.post(f"{names}/back").status_code == 302
    assert "已经请合伙人改回来" in three.get(names).text
    assert three.get(f"/lawyer/checkups/{case.checkup_id}").location.endswith("/names")
    assert "何安说按错了回避" in partner.get("/lawyer/conflicts").text
    decided = {"outcome": "clear", "reason": "问过，按错了"}
    assert partner.post(f"/lawyer/conflicts/{case.checkup_id}/{THREE}", data=decided).status_code == 302
    assert three.get(f"/lawyer/checkups/{case.checkup_id}").status_code == 200


def test_the_slower_of_two_reads_why_and_keeps_the_menu(settings, app, lawyer):
    case = make_case(settings, "submitted", seed=509)
    find_no_conflict(settings, case, ONE)
    find_no_conflict(settings, case, THREE)
    assert lawyer.post(f"/lawyer/checkups/{case.checkup_id}/take").status_code == 302
    slower = log_in(app, "lawyer3@hubin.example").post(f"/lawyer/checkups/{case.checkup_id}/take")
    assert slower.status_code == 409
    assert ("有位律师快了一步" in slower.text, 'class="bar"' in slower.text) == (True, True)
    assert "回到首页" not in slower.text


def test_a_refusal_names_who_may_in_the_words_of_the_reader(app, clerk):
    admins = clerk.get("/lawyer/hours")
    assert (admins.status_code, "不归管理员" in admins.text, 'class="bar"' in admins.text) == (403, True, True)
    lawyers = log_in(app, "lawyer3@hubin.example").get("/firm/people")
    assert ("请所里的管理员来做" in lawyers.text, 'class="bar"' in lawyers.text) == (True, True)


def test_a_lost_session_on_a_page_of_the_staff_leads_back_to_the_log_in(app):
    app.config.update(WTF_CSRF_ENABLED=True)
    try:
        answer = app.test_client().post("/lawyer/views", headers={"Referer": "http://localhost/lawyer/"})
    finally:
        app.config.update(WTF_CSRF_ENABLED=False)
    assert answer.status_code == 400
    assert ("登录已经结束" in answer.text, "/auth/login?next=/lawyer/" in answer.text) == (True, True)
    assert "您的回答都还在" not in answer.text


def test_the_second_signature_stands_first_in_the_partners_queue(settings, app):
    partner = log_in(app, "lawyer2@hubin.example")
    with unit_of_work(Scope(Audience.FIRM, FIRM, PARTNER)) as session:
        waiting = session.scalar(select(func.count()).where(Review.first_signed_at.is_not(None))) or 0
    case = make_case(settings, "in_review", seed=510)
    number = row_of(case)[0].case_number
    with unit_of_work(worker_scope(case)) as session:
        session.get_one(Review, (FIRM, case.checkup_id)).first_signed_at = now()
    page = partner.get("/lawyer/").text
    rows = re.findall(r'<tr data-row[^>]*>.*?<a href="[^"]+">\s*([\w-]+)\s*</a>', page, re.S)
    assert number in rows[: waiting + 1]
    assert number in page.split("等您签字</h2>")[1].split("</section>")[0]
    assert "等合伙人签字" in page


def test_a_case_in_review_without_a_review_row_opens_its_page(settings, lawyer):
    case = make_case(settings, "submitted", seed=511)
    find_no_conflict(settings, case, ONE)
    with unit_of_work(owner_scope(case)) as session:
        session.get_one(Checkup, (FIRM, case.checkup_id)).state = "in_review"
    assert lawyer.get(f"/lawyer/checkups/{case.checkup_id}").status_code == 200
