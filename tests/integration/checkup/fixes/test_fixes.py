import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from checkup.cases import checkups
from checkup.cases.models import FindingRow
from checkup.fixes import proofs, reminders, steps
from checkup.fixes.models import Fix, FixEvent, FixProof, Reminder
from checkup.fixes.opening import open_fixes
from checkup.fixes.reminder_wishes import Wish
from checkup.owner.erasure import erase_checkup, finish_erasure
from tenants.audit import SYSTEM
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.files import write_blocks
from tenants.models import Message
from tenants.uploads import CheckedFile
from tests.factories import lawyer_scope, make_case, owner_scope, worker_scope

PHOTO = CheckedFile("image/jpeg", b"\xff\xd8 a mended door")


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=68)


def first_risk(case):
    with unit_of_work(owner_scope(case)) as session:
        return steps.list_fixes(session, checkup_id=case.checkup_id)[0].risk


def step(settings, case, risk, move, why="", files=()):
    with unit_of_work(owner_scope(case)) as session:
        return steps.owner_step(
            session, checkup_id=case.checkup_id, risk=risk, step=move, why=why, proofs=files, actor_id=case.owner_id,
            keys=settings.keyring(), now=now(),
        ).state  # fmt: skip


def answer(settings, case, risk, move, why="", lawyer_id=None):
    with unit_of_work(lawyer_scope(case)) as session:
        return steps.lawyer_step(
            session, checkup_id=case.checkup_id, risk=risk, step=move, why=why,
            lawyer_id=lawyer_id or case.lawyer_id, keys=settings.keyring(), now=now(),
        ).state  # fmt: skip


def messages(case):
    with unit_of_work(worker_scope(case)) as session:
        number = session.get_one(checkups.Checkup, (case.firm_id, case.checkup_id)).case_number
        return session.scalars(select(Message).where(Message.recipient == number)).all()


def test_a_signature_makes_a_fix_of_every_finding_that_stands(case):
    with unit_of_work(owner_scope(case)) as session:
        fixes = steps.list_fixes(session, checkup_id=case.checkup_id)
        found = session.scalars(
            select(FindingRow.risk).where(FindingRow.checkup_id == case.checkup_id, FindingRow.state == "found")
        ).all()
    assert {fix.risk for fix in fixes} == set(found)
    assert {fix.state for fix in fixes} == {"open"}


def test_opening_fixes_again_adds_none_and_a_dismissed_finding_makes_none(settings):
    case = make_case(settings, "in_review", seed=50)
    with unit_of_work(lawyer_scope(case)) as session:
        row = session.get_one(checkups.Checkup, (case.firm_id, case.checkup_id))
        findings = checkups.list_findings(session, checkup_id=case.checkup_id)
        stands = [finding for finding in findings if finding.state == "found"]
        stands[0].lawyer_action = "dismiss"
        assert len(open_fixes(session, row=row, findings=findings, now=now())) == len(stands) - 1
        assert open_fixes(session, row=row, findings=findings, now=now()) == []


def test_a_corrected_report_drops_what_it_no_longer_holds_and_brings_back_what_stands_again(case):
    def correct(action):
        with unit_of_work(lawyer_scope(case)) as session:
            row = session.get_one(checkups.Checkup, (case.firm_id, case.checkup_id))
            findings = checkups.list_findings(session, checkup_id=case.checkup_id)
            next(f for f in findings if f.risk == risk).lawyer_action = action
            open_fixes(session, row=row, findings=findings, now=now())
            return session.get_one(Fix, (case.firm_id, case.checkup_id, risk)).state

    risk = first_risk(case)
    assert [correct(action) for action in ("dismiss", "confirm")] == ["dropped", "open"]


def test_a_fix_goes_from_hand_to_claim_to_the_lawyers_word(settings, case):
    risk = first_risk(case)
    assert step(settings, case, risk, "take") == "in_hand"
    assert step(settings, case, risk, "claim", "六个人都签了") == "claimed_done"
    assert answer(settings, case, risk, "reopen", "还差一份") == "reopened"
    assert step(settings, case, risk, "claim", "补上了") == "claimed_done"
    assert answer(settings, case, risk, "confirm") == "confirmed"
    with unit_of_work(owner_scope(case)) as session:
        opened = steps.open_fixes_of(session, checkup_id=case.checkup_id, keys=settings.keyring())
    mended = next(one for one in opened if one.fix.risk == risk)
    assert [(s.event.by, s.event.became, s.why) for s in mended.steps] == [
        ("system", "open", ""),
        ("owner", "in_hand", ""),
        ("owner", "claimed_done", "六个人都签了"),
        ("lawyer", "reopened", "还差一份"),
        ("owner", "claimed_done", "补上了"),
        ("lawyer", "confirmed", ""),
    ]


def test_what_was_written_is_sealed(settings, case):
    step(settings, case, first_risk(case), "claim", "六个人都签了")
    with unit_of_work(worker_scope(case)) as session:
        sealed = session.scalars(select(FixEvent.sealed_why).where(FixEvent.checkup_id == case.checkup_id)).all()
    assert any(sealed)
    assert not any("六个人".encode() in one for one in sealed if one)


def test_a_claim_without_photo_or_word_is_refused(settings, case):
    with pytest.raises(Invalid) as refused:
        step(settings, case, first_risk(case), "claim")
    assert refused.value.faults[0].code == "proof_needed"


def test_living_with_a_risk_needs_a_reason(settings, case):
    with pytest.raises(Invalid):
        step(settings, case, first_risk(case), "accept")
    assert step(settings, case, first_risk(case), "accept", "年底就关店") == "accepted"


def test_reopening_needs_a_sentence(settings, case):
    step(settings, case, first_risk(case), "claim", "好了")
    with pytest.raises(Invalid):
        answer(settings, case, first_risk(case), "reopen")


def test_only_the_lawyer_who_signed_has_the_word_while_she_is_at_the_firm(settings, case):
    step(settings, case, first_risk(case), "claim", "好了")
    with pytest.raises(Conflict) as refused:
        answer(settings, case, first_risk(case), "confirm", lawyer_id=uuid.uuid4())
    assert refused.value.code == "not_yours"


def test_without_consent_no_lawyer_sees_what_is_claimed(settings, case):
    step(settings, case, first_risk(case), "claim", "好了")

    def claimed():
        with unit_of_work(lawyer_scope(case)) as session:
            return [one.checkup.id for one in steps.list_claimed(session, firm_id=case.firm_id)]

    assert case.checkup_id in claimed()
    with unit_of_work(owner_scope(case)) as session:
        session.get_one(checkups.Checkup, (case.firm_id, case.checkup_id)).review_wanted = False
    assert case.checkup_id not in claimed()
    with pytest.raises(NotFound):
        answer(settings, case, first_risk(case), "confirm")


def test_a_photo_is_sealed_and_opens_again(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        sealed = proofs.seal_proof(session, checkup_id=case.checkup_id, file=PHOTO, keys=settings.keyring())
    assert PHOTO.content not in b"".join(sealed.sealed.make())
    write_blocks(settings.files_url, sealed.path, sealed.sealed)
    step(settings, case, first_risk(case), "claim", files=[sealed])
    with unit_of_work(lawyer_scope(case)) as session:
        kind, shown = proofs.open_proof(
            session, checkup_id=case.checkup_id, proof_id=sealed.id, keys=settings.keyring(),
            files_url=settings.files_url,
        )  # fmt: skip
    assert (kind, shown.read()) == (PHOTO.media_type, PHOTO.content)


def test_the_owner_sets_her_own_day_from_today_on(case):
    day, risk = city_day(now()) + dt.timedelta(days=12), first_risk(case)
    with unit_of_work(owner_scope(case)) as session:
        fix = steps.set_day(session, checkup_id=case.checkup_id, risk=risk, day=day, now=now())
        assert (fix.due_on, fix.due_by) == (day, "owner")
        for wrong in (dt.date(2020, 1, 1), dt.date(2099, 1, 1)):
            with pytest.raises(Invalid):
                steps.set_day(session, checkup_id=case.checkup_id, risk=risk, day=wrong, now=now())


def wish(settings, case, channel="page", days=3, address=""):
    with unit_of_work(owner_scope(case)) as session:
        reminders.set_wish(
            session, checkup_id=case.checkup_id, wish=Wish(channel, days, address), keys=settings.keyring(), now=now()
        )


def remind(case, at):
    with unit_of_work(worker_scope(case)) as session:
        reminders.remind(session, firm_id=case.firm_id, public_url="https://famai.example", now=at)
    return [message for message in messages(case) if "快到日子了" in message.subject]


def due_day(case):
    with unit_of_work(owner_scope(case)) as session:
        return min(fix.due_on for fix in steps.list_fixes(session, checkup_id=case.checkup_id))


def morning(day, before=0):
    return dt.datetime.combine(day - dt.timedelta(days=before), dt.time(1, 0), dt.UTC)


def test_nobody_is_reminded_who_did_not_ask_for_it(case):
    assert remind(case, morning(due_day(case), 1)) == []


def test_a_reminder_goes_out_once_however_often_the_worker_runs(settings, case):
    wish(settings, case)
    assert remind(case, morning(due_day(case), 4)) == []
    first = remind(case, morning(due_day(case), 3))
    assert len(first) == 1
    assert len(remind(case, morning(due_day(case), 2))) == 1


def test_a_reminder_says_how_many_and_when_and_never_what(settings, case):
    wish(settings, case, "sms", 7, "13800138000")
    (sent,) = remind(case, morning(due_day(case), 7))
    assert sent.channel == "sms"
    assert "13800138000" not in sent.body + sent.recipient
    with unit_of_work(owner_scope(case)) as session:
        pack = checkups.open_checkup(session, checkup_id=case.checkup_id, keys=settings.keyring()).pack
        fixes = steps.list_fixes(session, checkup_id=case.checkup_id)
    assert not any(pack.risk(fix.risk).title["zh-Hans"] in sent.body for fix in fixes)


def test_the_worker_finds_the_address_that_the_owner_gave(settings, case):
    wish(settings, case, "sms", 7, "13800138000")
    (sent,) = remind(case, morning(due_day(case), 7))
    with unit_of_work(worker_scope(case)) as session:
        assert reminders.find_wish_of(session, sent, settings.keyring()).address_for("sms") == "13800138000"
    wish(settings, case, "none", 7)
    with unit_of_work(worker_scope(case)) as session:
        assert reminders.find_wish_of(session, sent, settings.keyring()).address_for("sms") == ""


def test_a_new_day_is_a_new_reminder(settings, case):
    wish(settings, case)
    remind(case, morning(due_day(case), 3))
    day = city_day(now()) + dt.timedelta(days=200)
    with unit_of_work(owner_scope(case)) as session:
        steps.set_day(session, checkup_id=case.checkup_id, risk=first_risk(case), day=day, now=now())
    before = len(remind(case, morning(day, 10)))
    assert len(remind(case, morning(day, 3))) == before + 1


def test_erasure_leaves_nothing_of_the_mending(settings, case):
    wish(settings, case)
    with unit_of_work(owner_scope(case)) as session:
        sealed = proofs.seal_proof(session, checkup_id=case.checkup_id, file=PHOTO, keys=settings.keyring())
    write_blocks(settings.files_url, sealed.path, sealed.sealed)
    step(settings, case, first_risk(case), "claim", files=[sealed])
    remind(case, morning(due_day(case), 1))
    erase(case)
    with unit_of_work(worker_scope(case)) as session:
        for table in (Fix, FixEvent, Reminder):
            assert session.scalars(select(table).where(table.checkup_id == case.checkup_id)).all() == []
        assert session.scalars(select(FixProof.risk).where(FixProof.checkup_id == case.checkup_id)).all() == [""]
        assert sealed.path in finish_erasure(session, checkup_id=case.checkup_id)


def erase(case):
    with unit_of_work(owner_scope(case)) as session:
        erase_checkup(session, checkup_id=case.checkup_id, asked_by="owner", by=SYSTEM, now=now())
