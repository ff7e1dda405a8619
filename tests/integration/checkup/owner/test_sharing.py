import datetime as dt

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from checkup.cases import share_ending
from checkup.cases.models import Checkup
from checkup.cases.share_models import Share, ShareKeyRow, ShareOpening
from checkup.owner import share_links
from checkup.owner.consents import set_consent
from checkup.owner.erasure import erase_checkup
from checkup.owner.share_links import Wanted
from checkup.owner.share_tokens import link_digest
from tenants.audit import SYSTEM
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, NotFound
from tests.factories import lawyer_scope, make_case, owner_scope, worker_scope


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=68)


def share(settings, case, level="bank", days=7, label="", at=None):
    with unit_of_work(owner_scope(case)) as session:
        return share_links.make_link(
            session, checkup_id=case.checkup_id, wanted=Wanted(level, days, label), keys=settings.keyring(),
            public_url="https://famai.example", now=at or now(),
        )  # fmt: skip


def look(token, device="微信"):
    with unit_of_work(Scope(Audience.PUBLIC, token=link_digest(token))) as session:
        return share_links.open_link(session, token=token, device=device, now=now())


def mine(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        row = session.get_one(Checkup, (case.firm_id, case.checkup_id))
        return share_links.list_links(session, row=row, keys=settings.keyring())


def test_a_link_shows_what_was_shared_in_every_language(settings, case):
    opened = look(share(settings, case))
    assert set(opened.bodies) == {"zh-Hans", "zh-Hant", "en"}
    assert "给银行看的一份" in opened.bodies["zh-Hans"]
    assert "Shared with a bank" in opened.bodies["en"]


def test_the_full_report_has_the_advice_and_the_bank_s_has_not(settings, case):
    advice = "做好后拍照留底"
    assert advice in look(share(settings, case, "full")).bodies["zh-Hans"]
    assert advice not in look(share(settings, case, "bank")).bodies["zh-Hans"]
    assert advice not in look(share(settings, case, "landlord")).bodies["zh-Hans"]


def test_the_owner_sees_when_and_with_what_a_link_was_opened(settings, case):
    token = share(settings, case, label="建设银行")
    look(token, "微信"), look(token, "Windows · Edge")
    (link,) = mine(settings, case)
    assert link.label == "建设银行"
    assert [one.device for one in link.openings] == ["微信", "Windows · Edge"]
    assert link.is_running(now())


def test_the_database_alone_opens_nothing(settings, case):
    token = share(settings, case)
    with unit_of_work(owner_scope(case)) as session:
        row = session.scalars(select(Share).where(Share.checkup_id == case.checkup_id)).one()
    assert token not in f"{row.digest}{row.sealed!r}"
    assert b"famai.example" not in row.sealed


def test_a_wrong_link_and_an_ended_one_look_the_same(settings, case):
    token = share(settings, case)
    with pytest.raises(NotFound):
        look(token[:-1] + "x")
    with unit_of_work(owner_scope(case)) as session:
        one = session.scalars(select(Share.id).where(Share.checkup_id == case.checkup_id)).one()
        share_ending.end_link(session, checkup_id=case.checkup_id, share_id=one, now=now())
    with pytest.raises(NotFound):
        look(token)


def test_an_ended_link_has_neither_snapshot_nor_salt_any_more(settings, case):
    share(settings, case)
    with unit_of_work(owner_scope(case)) as session:
        share_ending.end_links(session, firm_id=case.firm_id, checkup_id=case.checkup_id, now=now())
        row = session.scalars(select(Share).where(Share.checkup_id == case.checkup_id)).one()
        assert row.sealed == b""
        assert session.scalars(select(ShareKeyRow).where(ShareKeyRow.share_id == row.id)).all() == []


def test_an_expired_link_opens_nothing_and_is_swept(settings, case):
    token = share(settings, case, days=1, at=now() - dt.timedelta(days=2))
    with pytest.raises(NotFound):
        look(token)
    with unit_of_work(worker_scope(case)) as session:
        assert share_ending.sweep_expired(session, firm_id=case.firm_id, now=now()) >= 1
        assert share_ending.sweep_expired(session, firm_id=case.firm_id, now=now()) == 0


def test_the_database_refuses_an_expired_link_even_where_the_code_forgets(settings, case):
    token = share(settings, case, days=1, at=now() - dt.timedelta(days=2))
    with unit_of_work(Scope(Audience.PUBLIC, token=link_digest(token))) as session:
        assert session.execute(select(Share.id)).all() == []


def test_erasure_ends_every_link_and_forgets_to_whom_it_went(settings, case):
    token = share(settings, case, label="房东老李")
    look(token)
    with unit_of_work(owner_scope(case)) as session:
        erase_checkup(session, checkup_id=case.checkup_id, asked_by="owner", by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        look(token)
    with unit_of_work(worker_scope(case)) as session:
        share_ending.forget_links(session, firm_id=case.firm_id, checkup_id=case.checkup_id)
        row = session.scalars(select(Share).where(Share.checkup_id == case.checkup_id)).one()
        assert row.sealed_label is None
        assert session.scalars(select(ShareOpening).where(ShareOpening.share_id == row.id)).all() == []


def test_taking_back_the_consent_ends_every_link(settings, case):
    token = share(settings, case)
    with unit_of_work(owner_scope(case)) as session:
        set_consent(session, checkup_id=case.checkup_id, purpose="review", granted=False, by=SYSTEM, now=now())
    with pytest.raises(NotFound):
        look(token)


def test_a_draft_cannot_be_shared(settings):
    with pytest.raises(Conflict):
        share(settings, make_case(settings, "answering", seed=68))


def test_the_firm_does_not_learn_that_a_report_was_shared(case):
    with pytest.raises(ProgrammingError), unit_of_work(lawyer_scope(case)) as session:
        session.execute(text("SELECT id FROM share"))


def test_whoever_holds_a_link_reads_nothing_else(settings, case):
    token = share(settings, case)
    share(settings, case)
    with unit_of_work(Scope(Audience.PUBLIC, token=link_digest(token))) as session:
        assert len(session.execute(select(Share.id)).all()) == 1
        for forbidden in ("SELECT owner_id FROM share", "SELECT at FROM share_opening", "DELETE FROM share_key"):
            with pytest.raises(ProgrammingError), session.begin_nested():
                session.execute(text(forbidden))
