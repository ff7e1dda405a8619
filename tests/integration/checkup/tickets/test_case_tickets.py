"""A ticket of 12345 in an owner's case: by her yes alone, in one case, and to its sender no more than how far it is."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from checkup.cases.checkups import get_checkup_row
from checkup.owner.export import export_checkup
from checkup.owner.transfer import move_to_firm
from checkup.tickets.joining import leave
from checkup.tickets.models import CaseTicket, TicketOffer
from checkup.tickets.offering import sweep_offers
from cloud.partners import ticket_states, tickets
from cloud.partners.feed import Answer
from cloud.partners.models import Notice
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, NotFound
from tenants.models import Message
from tests.erased import erase_in_full, finish
from tests.factories import add_member, find_no_conflict, lawyer_scope, make_case, owner_scope
from tests.helping import HELPER, SEAT, scope_of
from tests.parties import WORKER, Party
from tests.ticketing import (
    CITY,
    OFFICER,
    follow,
    held_by,
    number_of,
    offer_to,
    put_in,
    send,
    states_told,
    take_in,
    ticket_of,
)
from webapp.outside.webhook_push import push_notices
from webapp.tasks.statistics import TASKS


@pytest.fixture
def party(app, settings, request):
    return Party(app, settings, request.node.name[:150], source="12345")


@pytest.fixture
def number(party):
    return send(party, "C-1")


@pytest.fixture
def case(settings):
    return make_case(settings, "in_review", seed=310)


def test_without_an_offer_of_a_desk_no_owner_takes_a_ticket_in(settings, case, number):
    with pytest.raises(NotFound):
        take_in(settings, case, number)
    with pytest.raises(ProgrammingError, match="row-level security"), unit_of_work(owner_scope(case)) as work:
        work.add(
            CaseTicket(
                firm_id=case.firm_id,
                checkup_id=case.checkup_id,
                owner_id=case.owner_id,
                number=number,
                source="12345",
                wish="advice",
                topic="",
                received_at=now(),
                channel="page",
                added_by="x",
                added_at=now(),
            )  # fmt: skip
        )


def test_an_offer_to_another_case_is_not_hers_to_take(settings, case, number):
    other = make_case(settings, "in_review", seed=311)
    offer_to(other, number)
    with pytest.raises(NotFound):
        take_in(settings, case, number)
    with unit_of_work(owner_scope(case)) as work:
        assert work.scalars(select(TicketOffer)).all() == []


def test_no_desk_takes_back_or_moves_what_she_has_agreed_to(settings, case, number):
    put_in(settings, case, number)
    with pytest.raises(Conflict, match="taken"):
        offer_to(make_case(settings, "in_review", seed=311), number)
    with unit_of_work(OFFICER) as work:
        assert work.execute(text("DELETE FROM ticket_offer WHERE number = :n"), {"n": number}).rowcount == 0


def test_a_desk_reads_neither_whose_nor_which_case_it_is(settings, case, number):
    put_in(settings, case, number)
    for column in ("case_number", "owner_id"):
        with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(OFFICER) as work:
            work.execute(text(f"SELECT {column} FROM ticket_offer"))
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(OFFICER) as work:
        work.execute(text("SELECT number FROM case_ticket"))


def test_the_sender_learns_firm_and_lawyer_and_each_step_once(settings, party, case, number):
    put_in(settings, case, number)
    follow(settings, case)
    assert states_told(party) == ["routed", "in_hand"]
    assert ticket_of(number).firm_id == case.firm_id
    assert all(str(case.checkup_id) not in one.body and number_of(case) not in one.body for one in party.notices())


def test_until_a_lawyer_has_the_case_it_waits_at_the_firm(settings, party, number):
    case = make_case(settings, "submitted", seed=31)
    put_in(settings, case, number)
    follow(settings, case)
    assert states_told(party) == ["routed"]


def test_a_signature_alone_tells_the_sender_nothing(settings, party, number):
    case = make_case(settings, "signed", seed=68)
    put_in(settings, case, number)
    follow(settings, case)
    assert states_told(party) == ["routed", "in_hand"]


def test_her_case_and_a_step_of_its_review_put_the_ticket_on_the_queue(settings, case, number, admin_rows):
    put_in(settings, case, number)
    asked = (
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'follow_case_tickets' AND args->>'checkup_id' = :c"
    )
    assert admin_rows(asked, c=str(case.checkup_id))[0][0] == 1
    with unit_of_work(lawyer_scope(case)) as work:
        work.execute(text("UPDATE review SET state = state WHERE checkup_id = :c"), {"c": case.checkup_id})
    assert admin_rows(asked, c=str(case.checkup_id))[0][0] == 2


def test_what_another_firm_has_in_hand_stays_there(settings, party, case):
    number = send(party, "C-2", firm="jiangwan")
    offer_to(case, number, scope=CITY)
    with unit_of_work(Scope(Audience.FIRM, demo_id("jiangwan"), demo_id("jiangwan:1"))) as work:
        row = tickets.get_by_number(work, number)
        tickets.move_ticket(work, row, "take", allowed=ticket_states.FIRM_STEPS, by="何安", why="", now=now())
    with pytest.raises(Conflict, match="elsewhere"):
        take_in(settings, case, number)
    assert held_by(case) == []


def test_what_was_settled_meanwhile_does_not_go_in(settings, case, number):
    offer_to(case, number)
    decline(number)
    with pytest.raises(Conflict, match="ended"):
        take_in(settings, case, number)
    with pytest.raises(Conflict, match="ended"):
        offer_to(case, number)


def decline(number):
    with unit_of_work(OFFICER) as work:
        row = tickets.get_by_number(work, number)
        tickets.move_ticket(work, row, "decline", allowed=ticket_states.BUREAU_STEPS, by="王科员", why="x", now=now())


def test_a_bureau_of_another_district_does_not_find_it(number):
    other = Scope(Audience.BUREAU, person_id=demo_id("officer@yangpu.example"), bureau_id=demo_id("bureau:310110"))
    with pytest.raises(NotFound), unit_of_work(other) as work:
        tickets.get_by_number(work, number)


def test_a_seat_finds_one_by_its_number_and_reads_no_other(settings, party, number):
    send(party, "C-3")
    seat = scope_of(SEAT)
    with unit_of_work(
        Scope(Audience.HELPER, person_id=seat.person_id, station_id=seat.station_id, token=number)
    ) as work:
        assert [one for (one,) in work.execute(text("SELECT number FROM ticket"))] == [number]
        with pytest.raises(ProgrammingError, match="permission denied"):
            work.execute(text("SELECT sealed FROM ticket"))


def test_a_seat_does_not_find_one_of_another_district(settings, party):
    number, seat = send(party, "C-5", district="310110"), scope_of(SEAT)
    with unit_of_work(replace(seat, token=number)) as work:
        assert work.execute(text("SELECT count(*) FROM ticket")).scalar_one() == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            work.execute(
                text(
                    "INSERT INTO ticket_offer (number, case_number, source, wish, topic, received_at, offered_by, "
                    "offered_at, expires_at) "
                    "VALUES (:n, 'SH26-AAAAAA', '', '', '', app_now(), '', app_now(), app_now())"
                ),
                {"n": number},
            )


def test_a_seat_and_a_helper_read_nothing_of_what_is_in_a_case(settings, case, number):
    put_in(settings, case, number)
    for email in (SEAT, HELPER):
        with unit_of_work(scope_of(email)) as work:
            assert work.execute(text("SELECT count(*) FROM ticket")).scalar_one() == 0
            assert work.execute(text("SELECT count(number) FROM ticket_offer")).scalar_one() == 0
        with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope_of(email)) as work:
            work.execute(text("SELECT number FROM case_ticket"))


def test_her_lawyer_reads_it_and_neither_colleague_nor_another_firm(settings, case, number):
    put_in(settings, case, number)
    follow(settings, case)
    count = text("SELECT count(*) FROM case_ticket WHERE number = :n")
    scopes = {
        1: lawyer_scope(case),
        0: Scope(Audience.FIRM, demo_id("jiangwan"), demo_id("jiangwan:1")),
    }
    for expected, scope in scopes.items():
        with unit_of_work(scope) as work:
            assert work.execute(count, {"n": number}).scalar_one() == expected
    colleague = Scope(Audience.FIRM, case.firm_id, add_member(case.firm_id, "lawyer"))
    with unit_of_work(colleague) as work:
        assert work.execute(count, {"n": number}).scalar_one() == 0
    with unit_of_work(Scope(Audience.FIRM, demo_id("jiangwan"), demo_id("jiangwan:1"))) as work:
        assert work.execute(text("SELECT count(*) FROM ticket WHERE number = :n"), {"n": number}).scalar_one() == 0


def test_taken_out_the_ticket_goes_on_and_may_go_in_again(settings, party, case, number):
    put_in(settings, case, number)
    follow(settings, case)
    by = Actor(case.owner_id, "店主本人")
    with unit_of_work(owner_scope(case)) as work:
        leave(work, checkup_id=case.checkup_id, number=number, by=by, now=now())
    follow(settings, case)
    assert (held_by(case), states_told(party)) == ([], ["routed", "in_hand"])
    put_in(settings, case, number)
    assert held_by(case) == [number]


def test_said_yes_to_twice_it_is_in_once(settings, case, number):
    put_in(settings, case, number)
    take_in(settings, case, number)
    assert held_by(case) == [number]


def test_an_erased_case_holds_no_ticket_and_takes_none(settings, party, case, number, admin_rows):
    waiting = send(party, "C-4")
    put_in(settings, case, number)
    offer_to(case, waiting)
    erase_in_full(case)
    finish(settings, case)
    assert admin_rows("SELECT count(*) FROM case_ticket WHERE number = :n", n=number)[0][0] == 0
    assert admin_rows("SELECT count(*) FROM ticket_offer WHERE number IN (:n, :w)", n=number, w=waiting)[0][0] == 0
    with pytest.raises(NotFound):
        take_in(settings, case, waiting)


def test_it_goes_along_to_the_firm_that_she_moves_to_under_the_same_number(settings, party, case, number):
    put_in(settings, case, number)
    follow(settings, case)
    told = number_of(case)
    with unit_of_work(owner_scope(case)) as work:
        row = move_to_firm(
            work, scope=owner_scope(case), checkup_id=case.checkup_id, to_firm=demo_id("jiangwan"),
            by=Actor(case.owner_id, "店主本人"), keys=settings.keyring(), now=now(),
        )  # fmt: skip
        assert row.case_number == told
        exported = export_checkup(work, checkup_id=row.id, keys=settings.keyring())
        assert "员工要求补签合同" in exported["tickets"][0]["words"]
        moved = str(row.firm_id), str(row.id)
    TASKS["follow_case_tickets"](settings, firm_id=moved[0], checkup_id=moved[1])
    assert ticket_of(number).firm_id == demo_id("jiangwan")
    assert states_told(party) == ["routed", "in_hand", "received", "routed"]


def test_back_at_a_firm_that_kept_her_number_she_has_a_new_one_and_her_ticket(settings, case, number):
    put_in(settings, case, number)
    told, by = number_of(case), Actor(case.owner_id, "店主本人")
    scope, checkup_id = owner_scope(case), case.checkup_id
    for firm in (demo_id("jiangwan"), case.firm_id):
        with unit_of_work(scope) as work:
            row = move_to_firm(
                work, scope=scope, checkup_id=checkup_id, to_firm=firm, by=by, keys=settings.keyring(), now=now()
            )
            scope, checkup_id = Scope(Audience.OWNER, firm, case.owner_id), row.id
            found = row.case_number, [one for one in work.scalars(select(CaseTicket.number))]
    assert found[0] != told
    assert found[1] == [number]


def test_an_offer_that_nobody_answers_goes_after_two_weeks(settings, case, number, admin_rows):
    offer_to(case, number)
    with unit_of_work(WORKER) as work:
        sweep_offers(work, now() + dt.timedelta(days=14, minutes=1))
    assert admin_rows("SELECT count(*) FROM ticket_offer WHERE number = :n", n=number)[0][0] == 0


def test_she_is_told_that_there_is_something_and_not_what(settings, case, number):
    offer_to(case, number)
    TASKS["tell_of_ticket"](settings, number=number)
    with unit_of_work(owner_scope(case)) as work:
        recipient = get_checkup_row(work, case.checkup_id).case_number
        query = select(Message).where(Message.recipient == recipient, Message.template == "ticket_offered")
        told = work.scalars(query).one()
    assert number not in told.subject + told.body


def test_of_one_ticket_nothing_overtakes_what_is_tried_again(settings, party, case, number):
    put_in(settings, case, number)
    follow(settings, case)
    came = []

    def send_push(push):
        if push.subscriber_id == party.id:
            came.append(push.name)
        return Answer(503 if len(came) == 1 else 204)

    for _ in range(3):
        push_notices(settings, send=send_push)
        with unit_of_work(WORKER) as work:
            waiting = work.scalars(select(Notice).where(Notice.subscriber_id == party.id, Notice.state == "waiting"))
            first = min(waiting, key=lambda one: one.name, default=None)
            if first is not None and len(came) > 1:
                first.next_at = now()
        if len(came) == 1:
            push_notices(settings, send=send_push)
            assert len(came) == 1
            with unit_of_work(WORKER) as work:
                work.get_one(Notice, (party.id, came[0])).next_at = now()
    assert came[1:] == sorted(set(came))
    assert came[0] == came[1]


def test_a_colleague_who_has_found_no_conflict_reads_it_too(settings, case, number):
    put_in(settings, case, number)
    colleague = add_member(case.firm_id, "lawyer")
    find_no_conflict(settings, case, colleague)
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, colleague)) as work:
        assert work.scalars(select(CaseTicket.number).where(CaseTicket.number == number)).one() == number
