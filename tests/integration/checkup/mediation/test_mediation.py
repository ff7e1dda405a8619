"""A mediation from its invitation to the court's thirty days: what each of the three may do and see, and what not."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from checkup.conflicts.models import ConflictCheck
from checkup.mediation import asking, ratings, seats
from checkup.mediation.agreement import is_right_code
from checkup.mediation.events import get_mediation
from checkup.mediation.models import MediationOffer, MediationPaper
from checkup.mediation.reading import open_mediation
from checkup.mediation.standing import list_stands, read_ended
from checkup.mediation.steps import Meeting
from checkup.referrals.moving import get_referral
from checkup.referrals.ratings import Given
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.models import Message
from tenants.providers.models import ProviderPerson
from tests.bodies import find_body, scope_of
from tests.erased import erase_in_full, finish
from tests.factories import (
    add_firm_party,
    find_no_conflict,
    lawyer_scope,
    make_case,
    owner_scope,
    worker_scope,
)
from tests.mediating import BY, OTHER, WISH, make_talk
from tests.referring import CHIEF, follow, refer, take_steps
from tests.visits import log_in
from webapp.tasks.desk import TASKS as DESK
from webapp.tasks.referrals import TASKS, note_silence


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=7)


def see(talk, side):
    with unit_of_work(talk.scope(side)) as session:
        return open_mediation(session, get_mediation(session, talk.id), talk.settings.keyring())


def test_it_is_asked_for_once_a_body_has_taken_the_matter(settings, case):
    referral_id = refer(settings, case)
    with pytest.raises(Conflict), unit_of_work(owner_scope(case)) as session:
        ids = {"checkup_id": case.checkup_id, "referral_id": referral_id}
        asking.ask(session, wish=WISH, by=BY, keys=settings.keyring(), now=now(), **ids)


def test_what_both_have_signed_is_not_asked_for_again(settings, case):
    talk = make_talk(settings, case, "signed")
    with pytest.raises(Conflict, match="not_now"), unit_of_work(owner_scope(case)) as session:
        ids = {"checkup_id": case.checkup_id, "referral_id": talk.referral_id}
        asking.ask(session, wish=WISH, by=BY, keys=settings.keyring(), now=now(), **ids)


def test_one_runs_for_a_matter(settings, case):
    talk = make_talk(settings, case)
    with pytest.raises(Conflict, match="running"), unit_of_work(owner_scope(case)) as session:
        ids = {"checkup_id": case.checkup_id, "referral_id": talk.referral_id}
        asking.ask(session, wish=WISH, by=BY, keys=settings.keyring(), now=now(), **ids)


def test_where_nobody_has_an_account_it_is_not_asked_for(app, settings, case):
    """A body that works by mailed links would never hear of it."""
    referral_id = refer(settings, case, body="友谊路")
    assert app.test_client().post(follow(settings, case)[-1], data={"step": "accept"}).status_code == 200
    with unit_of_work(owner_scope(case)) as session:
        row = get_referral(session, referral_id)
        assert (row.state, asking.may_ask(session, row, None)) == ("accepted", False)


@pytest.mark.parametrize(
    ("side", "column"), [("other", "owner_opens"), ("owner", "other_opens"), ("other", "owner_signed_at"),
                         ("owner", "other_signed_at"), ("other", "owner_code"), ("body", "other_opens")],
)  # fmt: skip
def test_in_sql_no_side_opens_or_signs_for_another(settings, case, side, column):
    talk = make_talk(settings, case, "seated")
    with unit_of_work(talk.scope(side)) as session, pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(text(f"UPDATE mediation SET {column} = NULL"))


@pytest.mark.parametrize(
    ("state", "change"),
    [("seated", "offers_opened_at = app_now()"), ("drafted", "state = 'signed'"), ("appointing", "state = 'seated'")],
)
@pytest.mark.parametrize("side", ["owner", "other"])
def test_in_sql_one_side_alone_ends_nothing_that_takes_both(settings, case, state, change, side):
    talk = make_talk(settings, case, state)
    with unit_of_work(talk.scope(side)) as session, pytest.raises(IntegrityError, match="both_"):
        session.execute(text(f"UPDATE mediation SET {change} WHERE id = :id"), {"id": talk.id})


def test_the_other_side_learns_the_matter_and_nothing_of_the_case(settings, case):
    talk = make_talk(settings, case, "invited")
    told = see(talk, "other").told
    assert (told.other, told.words) == (OTHER, WISH.words)
    for table in ("checkup", "answers", "finding", "referral", "business"):
        with unit_of_work(talk.other) as session:
            try:
                rows = session.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608 - a constant
            except ProgrammingError:
                continue
        assert rows == 0, table


def test_a_link_without_its_code_opens_nothing(settings, case):
    talk = make_talk(settings, case)
    invitation = talk.invite()
    scope = Scope(Audience.PUBLIC, token=seats.link_digest(invitation.token))
    with unit_of_work(scope) as session, pytest.raises(NotFound):
        get_mediation(session, talk.id)
    wrong = "000000" if invitation.code != "000000" else "111111"
    assert not talk.come_in(invitation, wrong)


def test_a_link_that_is_passed_on_opens_nothing_more(settings, case):
    talk = make_talk(settings, case)
    invitation = talk.invite()
    assert talk.come_in(invitation)
    assert not talk.come_in(invitation)
    assert see(talk, "other").told.other == OTHER


def test_a_new_link_ends_the_one_before(settings, case):
    talk = make_talk(settings, case, "invited")
    before = talk.other
    again = talk.invite()
    with unit_of_work(before) as session, pytest.raises(NotFound):
        get_mediation(session, talk.id)
    assert talk.come_in(again)


def test_the_other_side_refuses_with_a_word_and_it_has_ended(settings, case):
    talk = make_talk(settings, case, "invited")
    with pytest.raises(Invalid):
        talk.do("other", "refuse")
    talk.do("other", "refuse", "没有欠他钱")
    assert see(talk, "owner").steps[-1].words == "没有欠他钱"
    with pytest.raises(Conflict):
        talk.appoint()


def test_a_mediator_who_names_a_party_is_not_proposed(settings, case):
    talk = make_talk(settings, case, "willing")
    with unit_of_work(scope_of(CHIEF)) as session:
        person = session.scalars(select(ProviderPerson).where(ProviderPerson.name == "沈和")).one()
        was, person.disclosure = person.disclosure, "2022年给大华食品做过顾问"
    try:
        with pytest.raises(Invalid) as refused:
            talk.appoint()
        assert [fault.code for fault in refused.value.faults] == ["knows_a_party"]
    finally:
        with unit_of_work(scope_of(CHIEF)) as session:
            session.get_one(ProviderPerson, person.id).disclosure = was


def test_both_must_accept_a_mediator_and_either_may_object(settings, case):
    talk = make_talk(settings, case, "appointing")
    talk.do("owner", "accept")
    talk.do("owner", "accept")
    assert talk.row().state == "appointing"
    talk.do("other", "object", "他是店主的亲戚")
    row = talk.row()
    assert (row.state, row.mediator_id, row.owner_accepts) == ("willing", None, False)
    talk.appoint("和店主住一个小区", name="Lin Rui")
    assert see(talk, "other").row.disclosure == "和店主住一个小区"
    talk.do("owner", "accept")
    talk.do("other", "accept")
    assert talk.row().state == "seated"


def test_a_meeting_is_to_come_and_has_a_place(settings, case):
    talk = make_talk(settings, case, "seated")
    with pytest.raises(Invalid):
        talk.meet("")
    talk.meet("https://meeting.example/123")
    assert see(talk, "other").place == "https://meeting.example/123"
    assert Meeting(see(talk, "owner").row.meets_at, "").at > now()


def test_papers_go_to_the_mediator_or_to_both(settings, case):
    talk = make_talk(settings, case, "seated")
    talk.give("owner", "底价.jpg", shared=False)
    talk.give("owner", "对账单.jpg", shared=True)
    talk.give("other", "我的账.jpg", shared=False)
    names = {side: {name for _paper, name in see(talk, side).papers} for side in ("owner", "other", "body")}
    assert names["owner"] == {"底价.jpg", "对账单.jpg"}
    assert names["other"] == {"对账单.jpg", "我的账.jpg"}
    assert names["body"] == names["owner"] | names["other"]


def test_offers_are_sealed_until_both_agree_to_open(settings, case):
    talk = make_talk(settings, case, "seated")
    talk.put("owner", "三万八，两次付")
    with pytest.raises(Conflict):
        talk.open("other")
    talk.put("other", "三万五，一次付")
    talk.open("owner")
    assert talk.offers("owner") == {"owner": "三万八，两次付"}
    assert talk.offers("other") == {"other": "三万五，一次付"}
    assert talk.offers("body") == {}
    talk.open("other")
    both = {"owner": "三万八，两次付", "other": "三万五，一次付"}
    assert [talk.offers(side) for side in ("owner", "other", "body")] == [both, both, both]
    with pytest.raises(Conflict):
        talk.put("owner", "还是四万")


def test_the_database_itself_keeps_an_offer_from_the_others(settings, case):
    talk = make_talk(settings, case, "seated")
    talk.put("owner", "三万八")
    for side in ("other", "body"):
        with unit_of_work(talk.scope(side)) as session:
            assert session.scalars(select(MediationOffer).where(MediationOffer.mediation_id == talk.id)).all() == []


def test_a_new_wording_takes_back_what_was_signed(settings, case):
    talk = make_talk(settings, case, "drafted")
    talk.sign("owner", "王姐")
    talk.draft("大华11月30日前付四万。")
    held = see(talk, "other").agreement
    assert (held.points, held.signers) == ("大华11月30日前付四万。", {})
    assert talk.row().owner_signed_at is None


def test_each_side_signs_with_its_own_code(settings, case):
    talk = make_talk(settings, case, "drafted")
    codes = talk.draft()
    row = talk.row()
    assert is_right_code(row, "owner", codes.owner, settings.pepper)
    assert codes.owner == codes.other or not is_right_code(row, "owner", codes.other, settings.pepper)


def test_when_both_have_signed_the_courts_thirty_days_run(settings, case, clock_at):
    talk = make_talk(settings, case, "signed")
    row = talk.row()
    assert (row.state, row.due_on) == ("signed", city_day(now()) + dt.timedelta(days=30))
    with pytest.raises(Conflict):
        talk.do("owner", "leave")
    clock_at(now() + dt.timedelta(days=31))
    note_silence(settings)
    assert talk.row().state == "lapsed"
    assert see(talk, "owner").agreement.signers == {"owner": "王姐", "other": "李大华"}


def test_the_court_has_confirmed(settings, case):
    talk = make_talk(settings, case, "signed")
    talk.do("body", "confirm")
    assert talk.row().state == "confirmed"


def test_silence_is_told_to_owner_body_and_bureau(settings, case, clock_at):
    talk = make_talk(settings, case, "invited")
    clock_at(now() + dt.timedelta(days=30))
    assert note_silence(settings) >= 1
    event = see(talk, "owner").steps[-1].event
    assert event.step == "late"
    TASKS["follow_mediation"](settings, firm_id=str(case.firm_id), event_id=str(event.id))
    with unit_of_work(worker_scope(case)) as session:
        query = select(Message.template, Message.recipient).where(Message.queued_at >= event.at)
        told = set(session.execute(query).tuples())
    assert {"referral_moved", "referral_for_you", "referral_stuck"} <= {template for template, _to in told}
    assert ("referral_stuck", "officer@city.example") in told


def test_either_side_may_leave_before_both_have_signed(settings, case):
    talk = make_talk(settings, case, "drafted")
    talk.sign("owner", "王姐")
    talk.do("other", "leave")
    assert talk.row().state == "left"
    with pytest.raises(Conflict):
        talk.sign("other", "李大华")


def test_the_other_side_as_a_client_of_the_firm_closes_the_lawyers_check(settings, case):
    find_no_conflict(settings, case, case.lawyer_id)
    add_firm_party(settings, case, side="client", name=OTHER)
    make_talk(settings, case)
    DESK["recheck_case"](settings, firm_id=str(case.firm_id), checkup_id=str(case.checkup_id))
    with unit_of_work(worker_scope(case)) as session:
        query = select(ConflictCheck.outcome).where(
            ConflictCheck.checkup_id == case.checkup_id, ConflictCheck.person_id == case.lawyer_id
        )
        assert session.scalars(query).one() == "ask_partner"


def test_with_the_case_everything_of_it_is_gone(settings, case):
    talk = make_talk(settings, case, "drafted")
    talk.give("other", "我的账.jpg", shared=False)
    talk.put("other", "三万五")
    erase_in_full(case)
    for side in ("other", "body"):
        found = see(talk, side)
        assert (found.told, found.agreement, found.offers, found.row.state) == (None, None, {}, "left")
    finish(settings, case)
    with unit_of_work(worker_scope(case)) as session:
        assert session.scalars(select(MediationPaper).where(MediationPaper.mediation_id == talk.id)).all() == []
        assert session.scalars(select(MediationOffer).where(MediationOffer.mediation_id == talk.id)).all() == []


def test_another_owner_and_another_body_find_nothing(settings, case):
    talk = make_talk(settings, case)
    other = make_case(settings, "signed", seed=9)
    for scope in (owner_scope(other), scope_of("chief@baojiang.example"), replace(talk.scope("body"), token="x")):
        with unit_of_work(scope) as session, pytest.raises(NotFound):
            get_mediation(session, talk.id)


def rate(talk, helped, kind):
    with unit_of_work(talk.other) as session:
        ratings.rate(session, get_mediation(session, talk.id), given=Given(helped, kind), now=now())


def others_of_the_body(case):
    with unit_of_work(worker_scope(case)) as session:
        told = ratings.tally_other_sides(session, firm_id=case.firm_id, year=city_day(now()).year)
    return told.get(find_body("和商").id, Counter())


def test_the_other_side_rates_the_body_once_it_is_over_and_nobody_else_reads_it(settings, case):
    talk, before = make_talk(settings, case, "drafted"), others_of_the_body(case)
    with pytest.raises(Conflict):
        rate(talk, 5, 5)
    for side, name in (("owner", "王姐"), ("other", "李大华")):
        talk.sign(side, name)
    rate(talk, 5, 5)
    rate(talk, 2, 5)
    take_steps(settings, talk.referral_id, "begin", "close:done")
    assert others_of_the_body(case) - before == Counter(not_well=1)
    for scope in (talk.scope("owner"), talk.scope("body")):
        with pytest.raises(ProgrammingError, match="denied"), unit_of_work(scope) as session:
            session.execute(text("SELECT helped FROM mediation_rating"))


def test_whoever_did_not_come_rates_nothing(settings, case):
    talk = make_talk(settings, case, "invited")
    talk.do("other", "refuse", "没有欠他钱")
    with pytest.raises(Conflict):
        rate(talk, 1, 1)


def test_her_lawyer_sees_where_it_stands_and_never_an_offer(app, settings, case):
    talk = make_talk(settings, case, "seated")
    talk.put("owner", "三万八，两次付")
    with unit_of_work(lawyer_scope(case)) as session:
        stand = list_stands(session, case.checkup_id, city_day(now()))[talk.referral_id]
        with pytest.raises(ProgrammingError, match="denied"):
            session.execute(text("SELECT sealed_offer FROM mediation_offer"))
    assert (stand.state, stand.days) == ("seated", 0)
    page = log_in(app, "lawyer1@hubin.example").get(f"/lawyer/checkups/{case.checkup_id}/referrals").text
    assert stand.number in page
    assert "三万八" not in page


def test_the_bureau_counts_the_mediations_that_ended(settings, case):
    year, bureau = city_day(now()).year, Scope(Audience.BUREAU, bureau_id=find_body("和商").bureau_id)

    def ended():
        with unit_of_work(bureau) as session:
            return read_ended(session, first=dt.date(year, 1, 1), after=dt.date(year + 1, 1, 1))

    before = ended()
    make_talk(settings, case, "signed")
    make_talk(settings, case, "willing", topic="own:lease").do("body", "fail", "谈不拢")
    after = ended()
    assert after.ended - before.ended == 2
    assert after.days is not None
