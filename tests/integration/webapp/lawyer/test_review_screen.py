"""The one screen of a review, over HTTP: what it shows, what it keeps, what it refuses."""

import datetime as dt
import re

import pytest
from markupsafe import escape

from checkup.cases.checkups import open_checkup
from checkup.correspondence import messages
from checkup.fixes.models import LawChange
from checkup.packs.catalogue import PACK, get_pack
from checkup.signoff import citation_checks, text_blocks
from checkup.signoff.evidence import facts_behind
from demo.city import demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import lawyer_scope, owner_scope
from tests.signing_desk import Undo, make_desk
from tests.visits import log_in, version_of

PARTS = {"X-Parts": "1"}


@pytest.fixture
def desk(settings):
    return make_desk(settings, red=False, least=2)


@pytest.fixture
def lawyer(app):
    return log_in(app, "lawyer1@hubin.example")


def url_of(desk):
    return f"/lawyer/checkups/{desk.case.checkup_id}"


def post(client, desk, path, page=None, headers=None, **form):
    version = version_of(page or client.get(url_of(desk)).text)
    return client.post(f"{url_of(desk)}{path}", data={"version": version, **form}, headers=headers)


def article(page, risk):
    return page.split(f'id="finding-{risk}"')[1].split("</article>")[0]


def test_the_answers_behind_a_finding_stand_beside_it_with_their_origin(lawyer, desk):
    with unit_of_work(lawyer_scope(desk.case)) as session:
        opened = open_checkup(session, checkup_id=desk.case.checkup_id, keys=desk.keys)
    page = lawyer.get(url_of(desk)).text
    for risk in desk.risks():
        behind = article(page, risk).split("依据的回答")[1]
        asked = [ref for ref in facts_behind(opened.pack.risk(risk)) if ref in opened.answers]
        assert all(escape(opened.pack.question(ref).text["zh-Hans"]) in behind for ref in asked)
        assert behind.count("业主本人") == len(asked)


def test_a_decision_comes_back_as_the_parts_it_changed(lawyer, desk):
    risk = desk.risks()[0]
    answer = post(lawyer, desk, f"/findings/{risk}", action="confirm", percent="50", headers=PARTS)
    assert answer.status_code == 200
    assert re.findall(r'<(?:article|div|section)[^>]* id="([\w.-]+)"', answer.text) == [
        f"finding-{risk}",
        "summary",
        "signing",
    ]
    assert "已确认" in article(answer.text, risk)


def test_without_script_a_decision_leads_back_to_its_place(lawyer, desk):
    risk = desk.risks()[0]
    answer = post(lawyer, desk, f"/findings/{risk}", action="confirm", percent="50")
    assert answer.location.endswith(f"#after-{risk}")


def test_a_refused_decision_says_why_beside_the_finding_and_keeps_what_was_typed(lawyer, desk):
    risk = desk.risks()[0]
    typed = {"action": "change", "percent": "200", "reason": "我写的理由", "plain": "我写的大白话"}
    for headers in (None, PARTS):
        answer = post(lawyer, desk, f"/findings/{risk}", headers=headers, **typed)
        assert answer.status_code == 422
        assert "请填0到100之间的数字" in article(answer.text, risk)
        assert all(word in article(answer.text, risk) for word in ("我写的理由", "我写的大白话", 'value="200"'))


def test_an_old_page_is_answered_with_the_newest_state_and_what_was_typed(lawyer, desk):
    one, other = desk.risks()[:2]
    old = lawyer.get(url_of(desk)).text
    post(lawyer, desk, f"/findings/{one}", action="confirm", percent="50")
    answer = post(lawyer, desk, f"/findings/{other}", page=old, action="dismiss", reason="旧页面上写的")
    assert answer.status_code == 409
    assert "旧页面上写的" in article(answer.text, other)
    assert "已确认" in article(answer.text, one)


def test_words_are_saved_without_a_decision(lawyer, desk):
    risk = desk.risks()[0]
    answer = post(lawyer, desk, f"/findings/{risk}", action="words", percent="50", reason="电话核实过", headers=PARTS)
    assert answer.status_code == 200
    shown = article(answer.text, risk)
    assert ("文字已存，还没决定" in shown, "电话核实过" in shown, "data-undecided" in shown) == (True, True, True)


def test_enter_without_script_decides_nothing(lawyer, desk):
    form = article(lawyer.get(url_of(desk)).text, desk.risks()[0]).split('class="decision"')[1]
    assert re.search(r'<button[^>]*name="action"[^>]*value="(\w+)"', form)[1] == "words"


def test_a_reason_cannot_be_taken_from_a_dismissal(lawyer, desk):
    risk = desk.risks()[0]
    post(lawyer, desk, f"/findings/{risk}", action="dismiss", percent="50", reason="不成立")
    assert post(lawyer, desk, f"/findings/{risk}", action="words", percent="50", reason="").status_code == 422


def test_signing_lists_the_open_questions_and_asks_once(lawyer, desk):
    desk.decide_all()
    with unit_of_work(lawyer_scope(desk.case)) as session:
        messages.ask_owner(
            session, **desk.of_case, risk=desk.risks()[0], text="押金退了吗？", lawyer_id=desk.case.lawyer_id,
            lawyer_name="陈晓", now=now(),
        )  # fmt: skip
    signing = lawyer.get(url_of(desk)).text.split('id="signing"')[1]
    assert ("有1个问题业主还没回答" in signing, "押金退了吗？" in signing) == (True, True)
    refused = post(lawyer, desk, "/sign")
    assert (refused.status_code, "还有问题等业主回答" in refused.text) == (409, True)
    assert post(lawyer, desk, "/sign", even_open="yes").status_code == 302
    assert "等回答" not in lawyer.get(url_of(desk)).text


def add_block(client, **given):
    block = {"title": "先留证据", "plain": "先拍照存好。", "text": "依《民法典》第五百七十七条固定证据。", **given}
    return client.post("/library/new", data=block)


def test_a_text_block_is_inserted_with_its_twin_and_nothing_is_saved_yet(lawyer, desk):
    risk = desk.risks()[0]
    assert add_block(lawyer, risk=risk).status_code == 302
    page = lawyer.get(url_of(desk)).text
    block = re.search(r'name="insert" value="([\w-]+)"', article(page, risk))[1]
    answer = post(lawyer, desk, f"/findings/{risk}/insert", insert=block, plain="我先写的。")
    assert "我先写的。\n先拍照存好。" in article(answer.text, risk)
    assert "先拍照存好" not in article(lawyer.get(url_of(desk)).text, risk).split("data-keep")[0]


def test_the_twin_of_a_block_reaches_the_report(lawyer, desk):
    desk.decide_all()
    desk.decide(desk.risks()[0], plain="先拍照存好。", text="依《民法典》第五百七十七条固定证据。")
    assert post(lawyer, desk, "/sign").status_code == 302
    entry = next(one for one in desk.report().findings if one.risk == desk.risks()[0])
    assert (entry.plain, entry.lawyer_text) == ("先拍照存好。", "依《民法典》第五百七十七条固定证据。")


def test_a_block_that_cites_a_repealed_law_is_refused_with_the_reason(lawyer):
    answer = add_block(lawyer, text="依《合同法》第107条")
    assert answer.status_code == 422
    assert "中华人民共和国民法典" in answer.text
    assert "依《合同法》第107条" in answer.text


def test_two_lawyers_at_one_block_lose_nothing(app, lawyer):
    add_block(lawyer, title="两个人改")
    block = re.findall(r"/library/([\w-]{36})\"", lawyer.get("/library/").text.split("两个人改")[1])[0]
    colleague = log_in(app, "lawyer3@hubin.example")
    form = {"title": "两个人改", "plain": "甲", "text": "甲", "version": "1"}
    assert lawyer.post(f"/library/{block}", data=form).status_code == 302
    late = colleague.post(f"/library/{block}", data=form | {"plain": "乙写的"})
    assert late.status_code == 409
    assert "乙写的" in late.text
    version = re.search(r'name="version" value="(\d+)"', late.text)[1]
    assert colleague.post(f"/library/{block}", data=form | {"plain": "乙写的", "version": version}).status_code == 302


def test_another_firms_library_is_not_found(app, lawyer):
    add_block(lawyer, title="只给本所")
    block = re.findall(r"/library/([\w-]{36})\"", lawyer.get("/library/").text.split("只给本所")[1])[0]
    outsider = log_in(app, "lawyer1@jiangwan.example")
    assert outsider.get(f"/library/{block}").status_code == 404
    assert "只给本所" not in outsider.get("/library/").text


def test_a_finding_whose_article_has_changed_is_flagged(lawyer, desk, monkeypatch):
    risk = desk.risks()[0]
    basis = get_pack(PACK).risk(risk).basis[0]
    changed = {(basis.law, basis.articles[0]): city_day(now())}
    monkeypatch.setattr(citation_checks, "changed_articles", lambda session: changed)
    assert "依据要核对" in article(lawyer.get(url_of(desk)).text, risk)


def test_a_block_written_before_an_article_changed_must_be_looked_at_first(lawyer, desk, monkeypatch):
    risk = desk.risks()[0]
    add_block(lawyer, risk=risk, title="写在变动之前")
    tomorrow = city_day(now()) + dt.timedelta(days=1)
    monkeypatch.setattr(citation_checks, "changed_articles", lambda session: {("civil-code", "577"): tomorrow})
    with unit_of_work(lawyer_scope(desk.case)) as session:
        held = text_blocks.list_blocks(session, firm_id=desk.case.firm_id)
        block = next(one for one in held if one.title == "写在变动之前")
        faults = citation_checks.block_faults(
            session, block=block, pack=get_pack(PACK), now=now() + dt.timedelta(days=1)
        )
    assert {fault.code for fault in faults} == {"article_changed"}


def test_recorded_changes_are_what_citations_are_held_against(desk):
    with pytest.raises(Undo), unit_of_work(Scope(Audience.OPERATOR)) as session:
        session.add(LawChange(law="civil-code", article="577", changed_on=dt.date(2026, 1, 1), recorded_at=now()))
        session.flush()
        assert citation_checks.changed_articles(session)["civil-code", "577"] == dt.date(2026, 1, 1)
        raise Undo


def test_one_click_asks_the_owner_and_the_clock_stands_still_in_sight(lawyer, desk):
    risk = desk.risks()[0]
    answer = post(lawyer, desk, f"/findings/{risk}/ask", question="补签的合同拍张照好吗？", headers=PARTS)
    assert answer.status_code == 200
    assert "补签的合同拍张照好吗？" in article(answer.text, risk)
    assert 'class="paused"' in answer.text
    with unit_of_work(owner_scope(desk.case)) as session:
        asked = messages.list_messages(session, checkup_id=desk.case.checkup_id, keys=desk.keys)[-1]
        messages.answer_lawyer(
            session, checkup_id=desk.case.checkup_id, question_id=asked.row.id, text="下周补", files=(),
            owner_id=desk.case.owner_id, keys=desk.keys, now=now(),
        )  # fmt: skip
    page = lawyer.get(url_of(desk)).text
    assert "下周补" in article(page, risk)
    assert 'class="paused"' not in page


def test_an_empty_question_is_refused_beside_its_finding(lawyer, desk):
    risk = desk.risks()[0]
    answer = post(lawyer, desk, f"/findings/{risk}/ask", question=" ", headers=PARTS)
    assert answer.status_code == 422
    assert "请填写这一项" in article(answer.text, risk)


def test_a_partner_sees_the_changes_and_signs_or_sends_back(app, settings, lawyer):
    desk = make_desk(settings, red=True, least=2)
    desk.decide_all()
    desk.decide(desk.risks()[0], "change", 0.1, reason="看过合同，风险不大")
    assert post(lawyer, desk, "/sign").status_code == 302
    assert "等合伙人签字" in lawyer.get(url_of(desk)).text
    partner = log_in(app, "lawyer2@hubin.example")
    page = partner.get(url_of(desk)).text
    assert "看过合同，风险不大" in page.split('id="signing"')[1]
    assert post(partner, desk, "/send-back", why="").status_code == 422
    assert post(partner, desk, "/send-back", why="请补一句依据").status_code == 302
    assert "请补一句依据" in lawyer.get(url_of(desk)).text
    assert post(lawyer, desk, "/sign").status_code == 302
    assert post(partner, desk, "/countersign").status_code == 302
    assert "陈晓、周敏" in lawyer.get(url_of(desk)).text


def test_only_a_partner_may_sign_second(app, settings, lawyer):
    desk = make_desk(settings, red=True)
    desk.decide_all()
    post(lawyer, desk, "/sign")
    colleague = log_in(app, "lawyer3@hubin.example")
    assert colleague.post(f"{url_of(desk)}/countersign", data={"version": "0"}).status_code == 403


def test_a_correction_over_http_replaces_the_number_and_keeps_both(app, lawyer, desk):
    desk.decide_all()
    post(lawyer, desk, "/sign")
    assert post(lawyer, desk, "/correct", why="").status_code == 422
    assert post(lawyer, desk, "/correct", why="少写了一条").status_code == 302
    page = lawyer.get(url_of(desk)).text
    assert "签字前业主看到的仍是第1版" in page
    assert post(lawyer, desk, "/advice", advice="更正后的建议").status_code == 302
    assert post(lawyer, desk, "/sign").status_code == 302
    first, second = [edition.row.verify_number for edition in desk.editions()]
    public = app.test_client()
    assert second in public.get(f"/verify/{first}").text
    assert "这份报告是真的。" in public.get(f"/verify/{second}").text


def test_the_firms_admin_marks_a_junior(app, lawyer):
    person = demo_id("hubin:3")
    for is_junior in ("yes", "no"):
        assert lawyer.post(f"/firm/people/{person}/junior", data={"junior": is_junior}).status_code == 302
        assert ("新律师" in lawyer.get("/firm/people").text.split("何安")[1].split("</tr>")[0]) is (is_junior == "yes")
