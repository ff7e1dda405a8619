"""The phone that rings: her page is told to the number she allowed, without content and not at night."""

import datetime as dt
import json

import pytest
from sqlalchemy import select

from checkup.fixes import reminders
from tenants import messages
from tenants.clock import CITY, now
from tenants.database import unit_of_work
from tenants.models import Message
from tests.factories import make_case, owner_scope, worker_scope
from tests.owners import codes
from tests.visits import be_owner
from webapp.outside.message_delivery import deliver

PHONE = "13812345678"


@pytest.fixture
def case(settings, clock_at):
    clock_at(now().astimezone(CITY).replace(hour=12, minute=0))  # by day, whatever the hour of this run
    return make_case(settings, "submitted")


@pytest.fixture
def allowed(app, case):
    """Her resume code, and her word that this number may be texted."""
    client = be_owner(app, case)
    assert client.post(f"/checkup/{case.checkup_id}/elsewhere", data={"phone": PHONE, "ring": "yes"}).status_code == 200
    return case


def tell(case, template="recheck_due"):
    with unit_of_work(worker_scope(case)) as session:
        row = reminders.get_checkup_row(session, case.checkup_id)
        return messages.tell_owner(session, template, row, now=now(), link="https://famai.example").id


def deliver_all(settings, case):
    with unit_of_work(worker_scope(case)) as session:
        waiting = session.scalars(select(Message.id).where(Message.delivered_at.is_(None))).all()
    for message_id in waiting:
        deliver(settings, scope=worker_scope(case), message_id=message_id)


def texts(settings):
    sent = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    return [one["body"] for one in sent if one["to"] == PHONE]


def ring_after(settings, case):
    before = texts(settings)
    tell(case)
    deliver_all(settings, case)
    deliver_all(settings, case)
    return [one for one in texts(settings) if one not in before or texts(settings).count(one) > before.count(one)]


def wish_of(settings, case):
    with unit_of_work(owner_scope(case)) as session:
        return reminders.get_wish(session, checkup_id=case.checkup_id, keys=settings.keyring())


def test_a_note_on_the_page_is_texted_to_whoever_allowed_it(settings, allowed):
    (text,) = ring_after(settings, allowed)
    assert text.endswith(f"/checkup/{allowed.checkup_id}")


def test_who_allowed_nothing_is_not_texted(settings, case):
    assert ring_after(settings, case) == []


def test_a_note_delivered_twice_rings_once(settings, allowed):
    message_id = tell(allowed)
    for _ in range(2):
        deliver(settings, scope=worker_scope(allowed), message_id=message_id)
    with unit_of_work(worker_scope(allowed)) as session:
        query = select(Message).where(Message.owner_id == allowed.owner_id, Message.template == "ring")
        assert len(session.scalars(query).all()) == 1


def test_at_night_no_phone_rings_and_in_the_morning_it_does(settings, allowed, clock_at):
    clock_at(dt.datetime.fromisoformat("2026-11-24T21:40+08:00"))
    assert ring_after(settings, allowed) == []
    clock_at(dt.datetime.fromisoformat("2026-11-25T08:10+08:00"))
    deliver_all(settings, allowed)
    assert [one for one in texts(settings) if str(allowed.checkup_id) in one]


def test_a_landline_cannot_be_texted_and_says_so(app, case):
    client = be_owner(app, case)
    answer = client.post(f"/checkup/{case.checkup_id}/elsewhere", data={"phone": "02155556666", "ring": "yes"})
    assert answer.status_code == 422


def test_the_letter_keeps_the_number_only_where_she_ticked(app, settings):
    for ticked, kept in (({}, ("none", "")), ({"ring": "yes"}, ("sms", "13700000077"))):
        case = make_case(settings, "submitted", has_letter=False, seed=5 if ticked else 6)
        accept(be_owner(app, case), case, settings, ticked)
        wish = wish_of(settings, case)
        assert (wish.channel, wish.address) == kept


def accept(client, case, settings, ticked):
    url, number = f"/checkup/{case.checkup_id}", "13700000077"
    page = client.post(f"{url}/letter/send", data={"phone": number}).text
    seen = page.split('name="seen" value="')[1][:64]
    form = {"phone": number, "code": codes(settings, number)[-1], "seen": seen, "locale": "zh-Hans", **ticked}
    assert client.post(f"{url}/letter/accept", data=form).status_code == 302
