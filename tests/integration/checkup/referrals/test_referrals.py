"""A referral's life: what leaves, what opens for whom, and everything that may go wrong on the way."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from checkup.correspondence.models import CaseFile
from checkup.referrals import moving
from checkup.referrals.models import Referral, ReferralEvent, ReferralFile
from checkup.referrals.reading import list_of_body, open_file, open_referral
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.files import remove_file
from tenants.models import Consent, Message, Provider
from tenants.uploads import CheckedFile
from tests.bodies import find_body, scope_of
from tests.erased import erase_in_full, finish
from tests.factories import make_case, owner_scope, worker_scope
from tests.referring import CHIEF, WISH, follow, make_draft, refer, take_steps
from tests.waiting import beside
from webapp.tasks.referrals import note_silence

PHOTO = CheckedFile("image/jpeg", b"\xff\xd8 a note of debt")


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=7)


def read(settings, referral_id, scope=None):
    with unit_of_work(scope or scope_of(CHIEF)) as session:
        return open_referral(session, moving.get_referral(session, referral_id), settings.keyring())


def told(case, template):
    """To whom letters of this kind were written at the firm of the case."""
    with unit_of_work(worker_scope(case)) as session:
        return session.scalars(select(Message.recipient).where(Message.template == template)).all()


def test_a_body_sees_nothing_before_its_owner_sends(settings, case):
    made = make_draft(settings, case)
    with pytest.raises(NotFound):
        read(settings, made.id)


def test_what_leaves_is_what_she_saw(settings, case):
    made = make_draft(settings, case)
    seen = read(settings, made.id, owner_scope(case)).packet
    with unit_of_work(owner_scope(case)) as session:
        by = moving.audit.Actor(case.owner_id, "店主本人")
        moving.send(session, checkup_id=case.checkup_id, referral_id=made.id, by=by, now=now())
    assert read(settings, made.id).packet == seen
    assert (seen.person, seen.phone) == ("王姐", "13800138000")


def test_the_matter_alone_names_nobody(settings, case):
    found = read(settings, refer(settings, case, wish=replace(WISH, level="matter"))).packet
    assert (found.name, found.person, found.phone) == ("", "", "")
    assert found.words == WISH.words


def test_sending_leaves_a_receipt_and_taking_back_another(settings, case):
    referral_id = refer(settings, case)
    with unit_of_work(owner_scope(case)) as session:
        given = {"checkup_id": case.checkup_id, "referral_id": referral_id, "keys": settings.keyring(), "now": now()}
        moving.owner_step(session, step="withdraw", words="", **given)
    with unit_of_work(owner_scope(case)) as session:
        query = select(Consent.granted).where(Consent.purpose == "referral").order_by(Consent.at, Consent.id)
        assert list(session.scalars(query)) == [True, False]
    assert read(settings, referral_id).packet is None


def test_another_body_has_no_row_of_it(settings, case):
    referral_id = refer(settings, case)
    with pytest.raises(NotFound):
        read(settings, referral_id, scope_of("chief@baojiang.example"))


def test_a_link_stands_for_its_referral_alone(settings, case):
    first, second = refer(settings, case), refer(settings, case, topic="own:lease")
    body = find_body("和商")
    with unit_of_work(Scope(Audience.PROVIDER, provider_id=body.id, token=str(first))) as session:
        assert [row.id for row in list_of_body(session)] == [first]
        assert second not in set(session.scalars(select(ReferralEvent.referral_id)))


def test_the_same_matter_runs_once(settings, case):
    refer(settings, case)
    with pytest.raises(Conflict, match="running"):
        refer(settings, case)


def limit(body, most):
    with unit_of_work(scope_of(CHIEF)) as session:
        session.get_one(Provider, body.id).capacity = most


def test_the_last_place_of_a_body_goes_to_one_of_two(settings, case):
    other = make_case(settings, "signed", seed=8)
    made, second = make_draft(settings, case), make_draft(settings, other)
    body, owner = find_body("和商"), moving.audit.Actor(case.owner_id, "店主本人")
    with unit_of_work(scope_of(CHIEF)) as session:
        held = sum(row.is_running for row in list_of_body(session))

    def send(session, whose, row):
        return moving.send(session, checkup_id=whose.checkup_id, referral_id=row.id, by=owner, now=now())

    def send_beside():
        with unit_of_work(owner_scope(other)) as session:
            send(session, other, second)

    limit(body, held + 1)
    try:
        with beside(settings) as start:
            with unit_of_work(owner_scope(case)) as session:
                send(session, case, made)
                waiting = start(send_beside)
            with pytest.raises(Conflict, match="no_room"):
                waiting.result()
    finally:
        limit(body, body.capacity)


def test_a_matter_that_was_declined_goes_to_another_body(settings, case):
    referral_id = refer(settings, case)
    take_steps(settings, referral_id, "decline:no_room")
    again = refer(settings, case, body="友谊路")
    assert read(settings, again, owner_scope(case)).row.state == "offered"


def test_of_two_sent_at_once_for_one_matter_one_leaves(settings, case):
    made = make_draft(settings, case)
    by = moving.audit.Actor(case.owner_id, "店主本人")

    def send():
        with unit_of_work(owner_scope(case)) as session:
            return moving.send(session, checkup_id=case.checkup_id, referral_id=made.id, by=by, now=now()).state

    with beside(settings) as start:
        with unit_of_work(owner_scope(case)) as session:
            moving.send(session, checkup_id=case.checkup_id, referral_id=made.id, by=by, now=now())
            waiting = start(send)
        assert waiting.result() == "offered"
    with unit_of_work(owner_scope(case)) as session:
        query = select(ReferralEvent.step).where(ReferralEvent.referral_id == made.id)
        assert list(session.scalars(query)) == ["send"]


def test_a_body_that_never_answers_is_told_on(settings, case, clock_at):
    referral_id = refer(settings, case)
    follow(settings, case)
    clock_at(now() + dt.timedelta(days=8))
    assert note_silence(settings) >= 1
    assert note_silence(settings) == 0
    follow(settings, case)
    assert read(settings, referral_id).row.late_at is not None
    assert told(case, "referral_moved")
    assert "officer@city.example" in told(case, "referral_stuck")


def test_a_body_that_stops_midway_says_why_and_others_hear_of_it(settings, case):
    referral_id = refer(settings, case)
    take_steps(settings, referral_id, "accept", "begin")
    with pytest.raises(Invalid):
        take_steps(settings, referral_id, "decline")
    take_steps(settings, referral_id, "decline:knows_a_party")
    follow(settings, case)
    assert told(case, "referral_stuck")
    assert read(settings, referral_id).packet is None
    hers = read(settings, referral_id, owner_scope(case))
    assert (hers.row.state, hers.last("decline").words) == ("declined", "一句话")


def test_closing_needs_an_outcome(settings, case):
    referral_id = refer(settings, case)
    take_steps(settings, referral_id, "accept", "begin")
    with pytest.raises(Invalid):
        take_steps(settings, referral_id, "close")
    take_steps(settings, referral_id, "close:done")
    assert read(settings, referral_id).row.outcome == "done"


def test_after_a_month_a_closed_packet_opens_no_more(settings, case, clock_at):
    referral_id = refer(settings, case)
    take_steps(settings, referral_id, "accept", "begin", "close:done")
    assert read(settings, referral_id).packet is not None
    clock_at(now() + dt.timedelta(days=31))
    assert read(settings, referral_id).packet is None


def test_an_erased_case_opens_no_packet_and_the_body_is_told(settings, case):
    referral_id = refer(settings, case, wish=replace(WISH, level="files", given=(("欠条.jpg", PHOTO),)))
    erase_in_full(case)
    follow(settings, case)
    found = read(settings, referral_id)
    assert (found.row.state, found.packet, found.files) == ("withdrawn", None, {})
    finish(settings, case)
    with unit_of_work(worker_scope(case)) as session:
        assert session.scalars(select(ReferralFile).where(ReferralFile.referral_id == referral_id)).all() == []
    assert CHIEF in told(case, "referral_for_you")


def test_files_go_along_as_copies_of_their_own(settings, case):
    referral_id = refer(settings, case, wish=replace(WISH, level="files", given=(("欠条.jpg", PHOTO),)))
    opened = read(settings, referral_id)
    [(file_id, name)] = opened.files.items()
    with unit_of_work(scope_of(CHIEF)) as session:
        given = {"keys": settings.keyring(), "files_url": settings.files_url}
        _type, content = open_file(session, row=opened.row, file_id=file_id, **given)
    assert (name, content.read()) == ("欠条.jpg", PHOTO.content)


def test_a_picked_file_that_is_gone_is_said_before_anything_leaves(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        held = session.scalars(select(CaseFile.id).where(CaseFile.checkup_id == case.checkup_id)).all()
    gone = replace(WISH, level="files", picked=(*held, case.checkup_id))
    with pytest.raises(Invalid) as refused:
        make_draft(settings, case, wish=gone)
    assert [fault.code for fault in refused.value.faults] == ["file_lost"]


def test_a_file_that_is_lost_later_is_not_found_and_the_rest_is(settings, case):
    referral_id = refer(settings, case, wish=replace(WISH, level="files", given=(("欠条.jpg", PHOTO),)))
    with unit_of_work(scope_of(CHIEF)) as session:
        row = session.scalars(select(ReferralFile).where(ReferralFile.referral_id == referral_id)).one()
    remove_file(settings.files_url, row.path)
    opened = read(settings, referral_id)
    assert opened.packet is not None
    with unit_of_work(scope_of(CHIEF)) as session, pytest.raises(NotFound):
        open_file(session, row=opened.row, file_id=row.id, keys=settings.keyring(), files_url=settings.files_url)


def test_a_body_without_accounts_gets_a_link_by_mail(settings, case):
    refer(settings, case, body="友谊路")
    link = follow(settings, case)[-1]
    assert [file for file in settings.outbox_dir.glob("*.json") if link in file.read_text(encoding="utf-8")]


def test_the_bureau_sees_the_process_and_not_the_case(settings, case):
    refer(settings, case)
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        bureau_id = find_body("和商").bureau_id
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=bureau_id)) as session:
        assert session.execute(text("SELECT number, state FROM referral")).all()
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=bureau_id)) as session, pytest.raises(Exception, match="denied"):
        session.scalars(select(Referral)).all()
