"""What a connected party answers is heeded: gone, later, elsewhere; and one that drips holds up nobody."""

import datetime as dt
import socket
import threading
from contextlib import suppress
from dataclasses import replace
from email.utils import format_datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cloud.cubes.models import Release
from cloud.partners import feed
from cloud.partners.feed import Answer, Push
from cloud.partners.models import Delivery, Subscriber
from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.machines import Gateway
from tests.visits import log_in
from webapp.outside import webhook_push
from webapp.outside.webhook_push import push_due, reach_of, send_push

OPERATOR = Scope(Audience.OPERATOR)
NUMBERS = count(900)
DRIPS = 2_000


@pytest.fixture
def party(settings):
    """A new party to whom one release is due; everybody else's are done with."""
    number = next(NUMBERS)
    with unit_of_work(OPERATOR) as work:
        for row in work.scalars(select(Delivery)):
            row.state = "sent"
        work.add(Release(number=number, period="2026-Q3", threshold=10, made_at=now(), manifest="{}",
                         manifest_hash="0" * 64))  # fmt: skip
        work.flush()
        made, _ = feed.add_subscriber(
            work, name=f"party {number}", url="http://127.0.0.1:9/", master=settings.master_key, now=now()
        )
        for row in work.scalars(select(Delivery).where(Delivery.subscriber_id == made.id, Delivery.number < number)):
            row.state = "sent"
        return made.id


def delivery(party):
    with unit_of_work(OPERATOR) as work:
        return work.scalars(
            select(Delivery).where(Delivery.subscriber_id == party).order_by(Delivery.number.desc())
        ).first()


def is_active(party):
    with unit_of_work(OPERATOR) as work:
        return work.get_one(Subscriber, party).is_active


def test_a_party_that_is_gone_is_stopped_and_the_operator_sees_it(settings, app, party):
    push_due(settings, send=lambda push: Answer(410))
    assert (delivery(party).state, delivery(party).last_status, is_active(party)) == ("dead", 410, False)
    page = log_in(app, "operator@famai.example").get(f"/operator/parties/{party}").text
    assert "410" in page
    assert "已停" in page


def test_a_party_that_asks_to_wait_is_left_alone_for_so_long_and_the_try_does_not_count(settings, party):
    push_due(settings, send=lambda push: Answer(429, dt.timedelta(minutes=45)))
    row = delivery(party)
    assert (row.state, row.tries) == ("waiting", 0)
    assert row.next_at - now() > dt.timedelta(minutes=44)
    assert push_due(settings, send=lambda push: Answer(204)) == 0


@pytest.mark.parametrize("status", [0, 301, 302, 404, 429, 500])
def test_every_other_answer_is_tried_again_later(settings, party, status):
    push_due(settings, send=lambda push: Answer(status))
    row = delivery(party)
    assert (row.state, row.tries, is_active(party)) == ("waiting", 1, True)


def answering(lines, *, drips=False):
    """The address of a server that answers each call so, and the list of calls it has had."""
    door, calls = socket.create_server(("127.0.0.1", 0)), []

    def serve():
        while True:
            line, _ = door.accept()
            calls.append(line.recv(100_000))
            with suppress(OSError):
                line.sendall(lines.encode())
                for _ in range(DRIPS if drips else 0):
                    line.sendall(b"x")
                    threading.Event().wait(0.02)
            line.close()

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{door.getsockname()[1]}/in", calls


def call(url):
    return send_push(Push(new_id(), 1, url, b"{}", {}), may_reach=lambda _: True)


def test_a_redirect_is_not_followed():
    elsewhere, calls = answering("HTTP/1.1 204 No Content\r\n\r\n")
    url, _ = answering(f"HTTP/1.1 301 Moved\r\nLocation: {elsewhere}\r\nContent-Length: 0\r\n\r\n")
    assert call(url).status == 301
    assert calls == []


def test_an_answer_that_drips_is_cut_off_at_the_deadline(monkeypatch):
    monkeypatch.setattr(webhook_push, "MOST_SECONDS", 0.3)
    url, _ = answering("HTTP/1.1 200 OK\r\nX-Slow: ", drips=True)
    assert call(url) == Answer(0)


@pytest.mark.parametrize(
    ("status", "told", "waits"),
    [(429, "120", 120), (503, "120", 120), (200, "120", 0), (500, "120", 0), (429, "soon", 0), (429, "-5", 0)],
)
def test_how_long_to_wait_is_read_where_it_counts(status, told, waits):
    url, _ = answering(f"HTTP/1.1 {status} X\r\nRetry-After: {told}\r\nContent-Length: 0\r\n\r\n")
    assert call(url) == Answer(status, dt.timedelta(seconds=waits))


def test_a_day_to_wait_until_is_read_too():
    until = format_datetime(now() + dt.timedelta(hours=21), usegmt=True)
    url, _ = answering(f"HTTP/1.1 429 X\r\nRetry-After: {until}\r\nContent-Length: 0\r\n\r\n")
    assert call(url).wait > dt.timedelta(hours=20)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_whatever_is_told_there_is_a_wait_or_none(told):
    answer = type("Told", (), {"status_code": 429, "headers": {"Retry-After": told}})
    assert webhook_push._wait_of(answer) >= dt.timedelta(0)


def test_a_slow_party_holds_up_no_other(settings, party):
    with unit_of_work(OPERATOR) as work:
        other, _ = feed.add_subscriber(
            work, name=f"other {next(NUMBERS)}", url="http://127.0.0.1:9/", master=settings.master_key, now=now()
        )
        other_id = other.id
    has_other, was_held_up = threading.Event(), []

    def send(push):
        if push.subscriber_id == other_id:
            has_other.set()
        else:
            was_held_up.append(not has_other.wait(30))
        return Answer(204)

    push_due(settings, send=send)
    assert was_held_up == [False]


def test_nobody_is_called_where_no_party_may_be(settings):
    city = replace(settings, environment="production")
    gateway = Gateway()
    push = Push(new_id(), 1, gateway.url, b"{}", {})
    refused, taken = send_push(push, may_reach=reach_of(city)), list(gateway.taken)
    named = send_push(push, may_reach=reach_of(replace(city, party_networks=("127.0.0.0/8",))))
    gateway.shutdown()
    assert (refused.status, taken, named.status) == (0, [], 200)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%eth0"]
)
def test_no_party_is_within_our_own_networks(settings, address):
    assert not reach_of(replace(settings, environment="production"))(address)


@pytest.mark.parametrize("address", ["223.5.5.5", "2400:3200::1"])
def test_a_party_is_called_on_the_open_internet(settings, address):
    assert reach_of(replace(settings, environment="production"))(address)
