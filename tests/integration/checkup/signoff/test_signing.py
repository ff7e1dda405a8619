"""From decisions to issued editions: alone, with a partner, corrected; nothing issued is ever overwritten."""

import dataclasses
import uuid
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from checkup.cases.checkups import list_findings, open_case
from checkup.cases.documents import open_document
from checkup.cases.models import Checkup, Document, FindingRow
from checkup.correspondence.messages import ask_owner
from checkup.desk.conflict_step import settle_check
from checkup.owner.erasure import erase_checkup, finish_erasure
from checkup.signoff import corrections, decisions, reporting, signing
from checkup.signoff.content import Words
from checkup.signoff.editions import list_editions
from checkup.signoff.models import Edition, Signing
from checkup.signoff.reporting import render_and_store
from demo.cases import clear
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.files import read_file
from tenants.login.memberships import mark_junior
from tenants.models import Message
from tenants.verifications import find_verification
from tests.factories import lawyer_scope, owner_scope, worker_scope
from tests.signing_desk import PARTNER, make_desk


@pytest.fixture
def plain(settings):
    return make_desk(settings, red=False, least=5)


@pytest.fixture
def grave(settings):
    return make_desk(settings, red=True)


def code_of(call, *arguments, **given):
    with pytest.raises(Conflict) as refused:
        call(*arguments, **given)
    return refused.value.code


def test_a_report_without_red_findings_is_issued_by_one_signature(plain):
    plain.decide_all()
    edition = plain.mine(signing.sign_off)
    assert (edition.number, edition.partner_id) == (1, None)
    assert plain.steps() == ["sign"]


def test_an_undecided_finding_stops_the_signature(plain):
    assert code_of(plain.mine, signing.sign_off) == "undecided"


def test_red_findings_wait_for_a_partner_and_nothing_can_be_changed_meanwhile(grave):
    grave.decide_all()
    assert grave.mine(signing.sign_off) is None
    assert grave.editions() == []
    assert code_of(grave.decide, grave.risks()[0]) == "with_partner"
    assert code_of(grave.mine, decisions.save_advice, advice="另写") == "with_partner"
    assert code_of(grave.mine, signing.sign_off) == "with_partner"


def test_a_partner_signs_what_the_lawyer_signed(grave):
    grave.decide_all()
    grave.mine(signing.sign_off)
    edition = grave.partners(signing.countersign)
    assert (edition.lawyer_id, edition.partner_id) == (grave.case.lawyer_id, PARTNER)
    assert grave.steps() == ["sign", "countersign"]
    with unit_of_work(Scope(Audience.PUBLIC, token=edition.verify_number)) as session:
        assert find_verification(session, edition.verify_number).lawyer_name == "陈晓、周敏"


def test_nobody_signs_twice(grave):
    grave.decide_all()
    grave.mine(signing.sign_off)
    assert code_of(grave, signing.countersign, partner_id=grave.case.lawyer_id) == "own_signature"
    assert (
        code_of(grave, signing.countersign, person_id=demo_id("hubin:3"), partner_id=demo_id("hubin:3"))
        == "not_partner"
    )
    grave.partners(signing.countersign)
    assert code_of(grave.partners, signing.countersign) == "not_now"
    assert code_of(grave.mine, signing.sign_off) == "signed"


def test_a_partner_who_reviews_herself_signs_alone(settings):
    desk = make_desk(settings, red=True, lawyer=2)
    desk.decide_all()
    assert desk.mine(signing.sign_off).partner_id is None


def test_a_junior_never_signs_alone(settings, plain):
    junior = {"firm_id": plain.case.firm_id, "person_id": plain.case.lawyer_id}
    with unit_of_work(lawyer_scope(plain.case)) as session:
        mark_junior(session, **junior, is_junior=True)
    try:
        plain.decide_all()
        assert plain.mine(signing.sign_off) is None
    finally:
        with unit_of_work(lawyer_scope(plain.case)) as session:
            mark_junior(session, **junior, is_junior=False)


def test_what_waits_for_a_second_signature_is_told_to_the_partners_and_the_way_back_to_the_lawyer(grave):
    grave.decide_all()
    with unit_of_work(lawyer_scope(grave.case)) as session:
        number = session.get_one(Checkup, (grave.case.firm_id, grave.case.checkup_id)).case_number
    grave.mine(signing.sign_off)
    grave.partners(signing.send_back, why="请核对金额")
    grave.mine(signing.sign_off)
    grave.partners(signing.countersign)
    with unit_of_work(worker_scope(grave.case)) as session:
        query = (
            select(Message)
            .where(Message.subject.startswith(number), Message.template.like("case_%"))
            .order_by(Message.queued_at)
        )
        told = [(one.template, one.recipient) for one in session.scalars(query)]
    lawyer, partner = "lawyer1@hubin.example", "lawyer2@hubin.example"
    assert told == [
        ("case_to_sign", partner),
        ("case_sent_back", lawyer),
        ("case_to_sign", partner),
        ("case_countersigned", lawyer),
    ]


def test_a_report_that_no_partner_can_sign_is_refused_before_the_first_signature(grave):
    grave.decide_all()
    with unit_of_work(Scope(Audience.FIRM, grave.case.firm_id, PARTNER)) as session:
        settle_check(
            session, **grave.of_case, by=Actor(PARTNER, "周敏"), outcome="recuse", reason="", parties_version=0,
            takes_case=False, now=now(),
        )  # fmt: skip
    assert code_of(grave.mine, signing.sign_off) == "no_partner"


def test_the_minor_ones_at_once_are_never_those_that_press_or_wait_for_an_answer(plain):
    yellow = plain.risks("yellow")
    assert len(yellow) > 2
    with unit_of_work(lawyer_scope(plain.case)) as session:
        session.get_one(FindingRow, (plain.case.firm_id, plain.case.checkup_id, yellow[0])).urgent = True
        ask_owner(
            session, **plain.of_case, risk=yellow[1], text="签了吗？", lawyer_id=plain.case.lawyer_id,
            lawyer_name="陈晓", now=now(),
        )  # fmt: skip
    plain.mine(decisions.save_words, risk=yellow[2], words=Words(plain="先补签。"))
    with unit_of_work(lawyer_scope(plain.case)) as session:
        decisions.confirm_minor(
            session, checkup_id=plain.case.checkup_id, lawyer_id=plain.case.lawyer_id,
            version=plain.review(session).version, now=now(), but=yellow[3:4],
        )  # fmt: skip
    with unit_of_work(lawyer_scope(plain.case)) as session:
        rows = {one.risk: one for one in list_findings(session, checkup_id=plain.case.checkup_id)}
        case = open_case(session, session.get_one(Checkup, (plain.case.firm_id, plain.case.checkup_id)), plain.keys)
        assert {risk for risk in yellow if rows[risk].lawyer_action is None} == set(yellow[:2] + yellow[3:4])
        assert decisions.open_words(case, rows[yellow[2]]).plain == "先补签。"


def test_a_firm_without_a_partner_is_told_to_name_one(grave, monkeypatch):
    grave.decide_all()
    monkeypatch.setattr(signing, "list_partners", lambda session, firm_id: frozenset())
    assert code_of(grave.mine, signing.sign_off) == "no_partner"


def test_a_partner_sends_back_with_a_reason_and_the_lawyer_goes_on(grave):
    grave.decide_all()
    grave.mine(signing.sign_off)
    with pytest.raises(Invalid):
        grave.partners(signing.send_back, why=" ")
    grave.partners(signing.send_back, why="第一条证据不够")
    grave.decide(grave.risks()[0], "dismiss", reason="再看过，不成立")
    grave.mine(signing.sign_off)
    grave.partners(signing.countersign)
    assert grave.steps() == ["sign", "send_back", "sign", "countersign"]


def test_a_lawyer_takes_her_signature_back_before_the_partner_signs(grave):
    grave.decide_all()
    grave.mine(signing.sign_off)
    grave.mine(signing.take_back)
    assert code_of(grave.partners, signing.countersign) == "not_now"
    grave.decide(grave.risks()[0], "change", 0.3, reason="看过合同")


def test_a_case_given_back_waits_for_no_partner_any_more(grave):
    grave.decide_all()
    grave.mine(signing.sign_off)
    grave.give_back()
    assert code_of(grave.partners, signing.countersign) == "not_now"
    with unit_of_work(Scope(Audience.FIRM, grave.case.firm_id, PARTNER)) as session:
        clear(session, **grave.of_case, person_id=PARTNER, takes_case=True, at=now())
    assert grave(signing.sign_off, person_id=PARTNER, lawyer_id=PARTNER).lawyer_id == PARTNER


def test_a_correction_stays_with_whoever_signed(plain):
    plain.decide_all()
    plain.mine(signing.sign_off)
    plain.mine(corrections.begin_correction, why="更正")
    assert code_of(plain.give_back) == "not_now"


def test_a_correction_is_a_new_edition_and_the_first_one_stays(plain):
    plain.decide_all()
    first = plain.mine(signing.sign_off)
    plain.mine(corrections.begin_correction, why="漏看了一份合同")
    plain.decide(plain.risks()[0], "dismiss", reason="合同已补", plain="这条不用管了")
    assert plain.report().edition == 1
    second = plain.mine(signing.sign_off)
    one, two = plain.editions()
    assert one.content.findings[0].action == "confirm"
    assert two.why == "漏看了一份合同"
    assert {change.field for change in two.changes} == {"decision", "reason", "plain"}
    assert [plain.report(edition=number).verify_number for number in (1, 2)] == [
        first.verify_number,
        second.verify_number,
    ]
    with unit_of_work(Scope(Audience.PUBLIC, token=first.verify_number)) as session:
        known = find_verification(session, first.verify_number)
        assert (known.state, known.replaced_by) == ("replaced", second.verify_number)


def test_the_owner_reads_in_short_what_was_corrected(plain):
    plain.decide_all()
    plain.mine(signing.sign_off)
    plain.mine(corrections.begin_correction, why="漏看了一份合同")
    risk = plain.risks()[0]
    plain.decide(risk, "change", 0.1, reason="合同已补")
    plain.mine(signing.sign_off)
    report = plain.report()
    assert (report.edition, report.why) == (2, "漏看了一份合同")
    assert [(change.was, change.became) for change in report.changes] == [("confirm", "change:0.10")]
    with unit_of_work(owner_scope(plain.case)) as session:
        subjects = session.scalars(select(Message.subject).where(Message.owner_id == plain.case.owner_id)).all()
    assert any("有更正" in subject for subject in subjects)


def test_where_the_lawyer_disagrees_the_report_gives_both_grades(plain):
    plain.decide_all()
    plain.mine(signing.sign_off)
    assert plain.report().reviewed_score is None
    plain.mine(corrections.begin_correction, why="不成立")
    plain.decide(plain.risks()[0], "dismiss", reason="看过合同")
    plain.mine(signing.sign_off)
    report = plain.report()
    assert report.reviewed_score > report.score
    assert report.reviewed_grade <= report.grade


def test_a_correction_given_up_leaves_everything_as_it_was_signed(plain):
    risk = plain.risks()[0]
    plain.decide_all()
    plain.decide(risk, "change", 0.4, reason="看过", plain="原话")
    plain.mine(decisions.save_advice, advice="原来的建议")
    plain.mine(signing.sign_off)
    plain.mine(corrections.begin_correction, why="想改")
    plain.decide(risk, "dismiss", reason="改了")
    plain.mine(decisions.save_advice, advice="新的建议")
    plain.mine(corrections.keep_edition)
    with unit_of_work(lawyer_scope(plain.case)) as session:
        row = session.get_one(Checkup, (plain.case.firm_id, plain.case.checkup_id))
        review, case = plain.review(session), open_case(session, row, plain.keys)
        assert signing.build_content(session, row=row, review=review, case=case) == plain.editions()[0].content
        assert review.signed_at is not None
    assert len(plain.editions()) == 1


def test_only_a_signed_report_of_ones_own_is_corrected(plain):
    assert code_of(plain.mine, corrections.begin_correction, why="x") == "not_now"
    plain.decide_all()
    plain.mine(signing.sign_off)
    assert code_of(plain, corrections.begin_correction, person_id=PARTNER, lawyer_id=PARTNER, why="x") == "not_yours"


def test_the_database_refuses_to_change_or_repeat_an_issued_edition(settings, plain):
    plain.decide_all()
    plain.mine(signing.sign_off)
    with pytest.raises(ProgrammingError), unit_of_work(lawyer_scope(plain.case)) as session:
        session.execute(text("UPDATE edition SET lawyer_name = 'x'"))
    with unit_of_work(lawyer_scope(plain.case)) as session:
        held = session.scalars(select(Edition).where(Edition.checkup_id == plain.case.checkup_id)).one()
        again = {column.key: getattr(held, column.key) for column in Edition.__table__.columns}
    with pytest.raises(IntegrityError), unit_of_work(lawyer_scope(plain.case)) as session:
        session.add(Edition(**again))


def test_each_edition_keeps_its_own_document(settings, plain):
    stored = {"scope": worker_scope(plain.case), "kind": "signed", "files_url": settings.files_url, "public_url": "",
              "now": now(), **plain.of_case}  # fmt: skip
    plain.decide_all()
    plain.mine(signing.sign_off)
    render_and_store(**stored)
    plain.mine(corrections.begin_correction, why="更正")
    plain.mine(decisions.save_advice, advice="更正后的建议")
    plain.mine(signing.sign_off)
    render_and_store(**stored)
    with unit_of_work(owner_scope(plain.case)) as session:
        query = select(Document.edition).where(Document.checkup_id == plain.case.checkup_id, Document.kind == "signed")
        assert sorted(session.scalars(query)) == [1, 2]


def rendered(settings, desk):
    """What is needed to render the signed report of the desk's case."""
    desk.decide_all()
    desk.mine(signing.sign_off)
    return {"scope": worker_scope(desk.case), "kind": "signed", "files_url": settings.files_url, "public_url": "",
            "now": now(), **desk.of_case}  # fmt: skip


def documents_of(case):
    with unit_of_work(worker_scope(case)) as session:
        return session.scalars(select(Document).where(Document.checkup_id == case.checkup_id)).all()


def test_a_stored_report_opens_with_its_cases_key_alone(settings, plain):
    render_and_store(**rendered(settings, plain))
    (document,) = documents_of(plain.case)
    assert b"PDF" not in read_file(settings.files_url, document.path)[:64]
    with unit_of_work(owner_scope(plain.case)) as session:
        row = session.scalars(select(Checkup).where(Checkup.id == plain.case.checkup_id)).one()
        case = open_case(session, row, settings.keyring())
    assert open_document(settings.files_url, document, case).read().startswith(b"%PDF-")


def test_a_case_erased_while_its_report_is_rendered_leaves_no_report(settings, plain, monkeypatch):
    given, case = rendered(settings, plain), plain.case

    def render(report, logo):
        of_case = {"checkup_id": case.checkup_id}
        with unit_of_work(owner_scope(case)) as session:
            erase_checkup(session, asked_by="owner", by=Actor(case.owner_id, "店主"), now=now(), **of_case)
        with unit_of_work(worker_scope(case)) as session:
            finish_erasure(session, **of_case)
        return b"%PDF-1.7 her name"

    monkeypatch.setattr(reporting, "render_pdf", render)
    render_and_store(**given)
    assert documents_of(case) == []
    folder = Path(unquote(urlsplit(settings.files_url).path)) / str(case.firm_id) / str(case.checkup_id)
    assert not folder.exists()


def test_a_text_that_cites_a_repealed_law_is_refused_with_the_reason(plain):
    with pytest.raises(Invalid) as refused:
        plain.decide(plain.risks()[0], text="依《合同法》第107条")
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("text", "law_replaced")]
    plain.decide(plain.risks()[0], text="合同签于2019年，依原《合同法》第107条")


def test_what_the_lawyer_wrote_is_sealed(settings, plain):
    plain.decide(plain.risks()[0], "dismiss", reason="极其特别的理由", plain="极其特别的话")
    admin = create_engine(settings.admin_database_url)
    with admin.connect() as connection:
        rows = connection.execute(text("SELECT finding::text FROM finding WHERE checkup_id = :id"),
                                  {"id": plain.case.checkup_id}).scalars()  # fmt: skip
        assert not any("极其特别" in row or "极其特别".encode().hex() in row for row in rows)
    admin.dispose()


def test_another_firm_sees_neither_editions_nor_signatures(plain):
    plain.decide_all()
    plain.mine(signing.sign_off)
    with unit_of_work(Scope(Audience.FIRM, demo_id("jiangwan"), demo_id("jiangwan:1"))) as session:
        assert list_editions(session, plain.case.checkup_id) == []
        assert session.scalars(select(Signing).where(Signing.checkup_id == plain.case.checkup_id)).all() == []
    stranger = dataclasses.replace(plain.case, firm_id=demo_id("jiangwan"), lawyer_id=demo_id("jiangwan:1"))
    with unit_of_work(lawyer_scope(stranger)) as session, pytest.raises(NotFound):
        signing.sign_off(
            session, checkup_id=plain.case.checkup_id, lawyer_id=uuid.uuid4(), version=0, keys=plain.keys, now=now()
        )
