"""Tickets of the city's doors as a test needs them: one that was sent, offered to a case, and taken in."""

import re

from sqlalchemy import select

from checkup.cases.checkups import get_checkup_row
from checkup.tickets.models import CaseTicket
from checkup.tickets.offering import offer
from checkup.tickets.ticket_rules import PAGE
from cloud.partners import case_tickets, feed
from cloud.partners.models import Subscriber, Ticket
from cloud.partners.ticket_forms import TicketForm
from cloud.partners.tickets import receive_ticket
from demo.city import demo_id
from tenants.audit import Actor
from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import owner_scope
from tests.parties import FORM, OPERATOR
from webapp.tasks.statistics import TASKS

OFFICER = Scope(Audience.BUREAU, person_id=demo_id("officer@baoshan.example"), bureau_id=demo_id("bureau:310113"))
CITY = Scope(Audience.BUREAU, person_id=demo_id("officer@city.example"), bureau_id=demo_id("bureau"))


def send(party, reference, **more):
    """The number of a new ticket in Baoshan."""
    return party.send({"reference": reference, **FORM, **more}, message_id=reference).json["number"]


def receive(settings):
    """The number of a new ticket in Baoshan, of a party of its own."""
    with unit_of_work(OPERATOR) as work:
        given = {"name": str(new_id()), "url": "http://127.0.0.1:9/", "source": "12345"}
        party, _secret = feed.add_subscriber(work, **given, master=settings.master_key, now=now())
        party_id = party.id
    with unit_of_work(Scope(Audience.CLIENT, token=str(party_id))) as work:
        form = TicketForm(reference="R-1", wish="advice", district="310113", note="员工要求补签合同")
        party = work.get_one(Subscriber, party_id)
        return receive_ticket(work, party=party, form=form, master=settings.master_key, now=now())[0].number


def ticket_of(number):
    with unit_of_work(OPERATOR) as work:
        return work.scalars(select(Ticket).where(Ticket.number == number)).one()


def number_of(case):
    with unit_of_work(owner_scope(case)) as work:
        return get_checkup_row(work, case.checkup_id).case_number


def offer_to(case, number, scope=OFFICER):
    with unit_of_work(scope) as work:
        told = case_tickets.get_offered(work, number)
        offer(work, told, case_number=number_of(case), by="王科员", now=now())


def take_in(settings, case, number):
    """Her yes on her own page; the worker has not come yet."""
    with unit_of_work(owner_scope(case)) as work:
        case_tickets.take_in(
            work, checkup_id=case.checkup_id, number=number, channel=PAGE, keys=settings.keyring(),
            by=Actor(case.owner_id, "店主本人"), now=now(),
        )  # fmt: skip


def put_in(settings, case, number):
    offer_to(case, number)
    take_in(settings, case, number)


def follow(settings, case):
    """What the worker does, twice as after a kill."""
    for _ in range(2):
        TASKS["follow_case_tickets"](settings, firm_id=str(case.firm_id), checkup_id=str(case.checkup_id))


def states_told(party):
    """What the party was told, in the order in which it happened."""
    return [re.search(r'"state": "(\w+)"', one.body)[1] for one in party.notices()]


def held_by(case):
    with unit_of_work(owner_scope(case)) as work:
        return list(work.scalars(select(CaseTicket.number).where(CaseTicket.checkup_id == case.checkup_id)))
