"""Two who begin the same at the same moment: neither meets a fault of ours, and what may be done once is done once."""

import datetime as dt
from functools import partial

import pytest

from bureau.parameters import emergencies
from bureau.parameters.emergencies import Plan
from cloud.partners import tickets
from cloud.partners.models import Subscriber
from cloud.partners.ticket_forms import parse_ticket
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.login import throttle
from tenants.login.posts import begin_post
from tests.parties import FORM, Party
from tests.visits import log_in
from tests.waiting import beside


def try_door(key):
    with unit_of_work(Scope(Audience.PUBLIC, token=key)) as work:
        throttle.count_wrong(throttle.get_attempt(work, key, now()), now())


def test_two_first_tries_at_a_door_are_both_counted(settings):
    key = throttle.attempt_key(settings.pepper, "of this test", "13800138000")
    with beside(settings) as start:
        with unit_of_work(Scope(Audience.PUBLIC, token=key)) as work:
            throttle.count_wrong(throttle.get_attempt(work, key, now()), now())
            second = start(partial(try_door, key))
        second.result()
    with unit_of_work(Scope(Audience.PUBLIC, token=key)) as work:
        assert throttle.get_attempt(work, key, now()).wrong == 2


def receive(party, settings, meanwhile=lambda: None):
    scope = Scope(Audience.CLIENT, token=str(party.id))
    with unit_of_work(scope) as work:
        row = work.get_one(Subscriber, party.id)
        tickets.remember_message(work, party=row, message_id="m", body=b"{}", now=now())
        form = parse_ticket({"reference": "R-1", **FORM}, frozenset({"emp"}))
        made, is_new = tickets.receive_ticket(work, party=row, form=form, master=settings.master_key, now=now())
        return made.number, is_new, meanwhile()


def test_a_call_that_is_sent_twice_at_once_is_one_ticket(app, settings):
    party = Party(app, settings, "twice at once")
    with beside(settings) as start:
        number, is_new, second = receive(party, settings, lambda: start(partial(receive, party, settings)))
        assert is_new
        assert second.result() == (number, False, None)


OFFICER, COLLEAGUE = (
    Scope(Audience.BUREAU, person_id=demo_id(f"{name}@city.example"), bureau_id=demo_id("bureau"))
    for name in ("officer2", "officer")
)


def switch_on(scope, meanwhile=lambda: None):
    first = city_day(now())
    plan = Plan("台风", "推迟", "Later", first, first + dt.timedelta(days=3), {})
    with unit_of_work(scope) as work:
        emergencies.switch_on(work, bureau_id=scope.bureau_id, plan=plan, by=Actor(scope.person_id, "某"), now=now())
        return meanwhile()


def test_of_two_officers_one_switches_an_emergency_on(settings):
    with beside(settings) as start:
        second = switch_on(OFFICER, lambda: start(partial(switch_on, COLLEAGUE)))
        with pytest.raises(Conflict):
            second.result()


def test_the_slower_of_two_who_add_the_same_person_is_told_and_nothing_fails(app, settings):
    """Where nobody looked first, a table's own rule is the last to see that there is one already."""
    head, scope, place = log_in(app, "officer@city.example"), COLLEAGUE, COLLEAGUE.bureau_id
    added = {"email": "both@city.example", "name": "新来的", "role": "officer"}
    with beside(settings) as start:
        with unit_of_work(scope) as work:
            begin_post(work, scope=scope, bureau_id=place, by=Actor(scope.person_id, "赵副科长"), now=now(), **added)
            second = start(partial(head.post, f"/bureau/officers/{place}", data=added))
        answer = second.result()
    assert answer.status_code == 409
    assert "同事刚改过" in answer.text
