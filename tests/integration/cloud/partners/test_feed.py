"""Releases reach every subscriber, none twice in effect, whatever fails on the way."""

import datetime as dt
import importlib.util
import json
import random
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from werkzeug.serving import make_server

from cloud.cubes.models import Release
from cloud.partners import feed
from cloud.partners.models import Delivery
from tenants.clock import now
from tenants.database import Audience, Scope, configure, unit_of_work
from webapp import migrating
from webapp.app import create_app
from webapp.cli import main
from webapp.outside.webhook_push import push_due, send_push
from webapp.settings import Settings

RELEASES = 40
OPERATOR, WORKER = Scope(Audience.OPERATOR), Scope(Audience.WORKER)


@pytest.fixture
def house(tmp_path, settings):
    """A database of its own with releases and no subscriber."""
    made = Settings.from_env({"FAMAI_DATA_DIR": str(tmp_path / "feed")})
    migrating.migrate(made.admin_database_url)
    configure(made.lines)
    with unit_of_work(OPERATOR) as work:
        for number in range(1, RELEASES + 1):
            work.add(Release(number=number, period="2026-Q3", threshold=10, made_at=now(), manifest="{}",
                             manifest_hash="0" * 64))  # fmt: skip
    yield made
    configure(settings.lines)


def subscribe(house, name="cloud", url="http://127.0.0.1:9/"):
    with unit_of_work(OPERATOR) as work:
        return feed.add_subscriber(work, name=name, url=url, master=house.master_key, now=now())


def pushed(house, number, **options):
    with unit_of_work(WORKER) as work:
        subscriber = feed.get_subscriber(work, options.pop("name", "cloud"))
        return feed.make_push(work, subscriber.id, number, public_url="https://famai.example",
                              master=house.master_key, now=options.pop("at", now()))  # fmt: skip


def states():
    with unit_of_work(OPERATOR) as work:
        return [row.state for _, row in feed.list_deliveries(work)]


def make_everything_due():
    with unit_of_work(OPERATOR) as work:
        for row in work.query(Delivery):
            row.next_at = now()


def test_a_receiver_that_fails_three_in_ten_gets_every_release_once_in_effect(house):
    subscribe(house)
    rng, arrived, requests = random.Random(3), {}, 0

    def send(push):
        nonlocal requests
        requests += 1
        if rng.random() < 0.15:
            return feed.Answer(0)
        arrived.setdefault(push.headers["webhook-id"], []).append(push.body)
        return feed.Answer(500 if rng.random() < 0.15 else 204)

    for _ in range(feed.MOST_TRIES):
        push_due(house, send=send)
        make_everything_due()
    assert set(states()) == {"sent"}
    assert len(arrived) == RELEASES
    assert requests > RELEASES
    assert all(len(set(bodies)) == 1 for bodies in arrived.values()), "what comes twice is the same"


def test_the_reference_library_verifies_a_push_and_refuses_a_changed_one(house):
    _, secret = subscribe(house)
    push = pushed(house, 1)
    assert Webhook(secret).verify(push.body, push.headers)["data"]["number"] == 1
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(push.body.replace(b"2026", b"2027"), push.headers)


def test_an_old_push_cannot_be_replayed(house):
    _, secret = subscribe(house)
    push = pushed(house, 1, at=now() - dt.timedelta(hours=1))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(push.body, push.headers)


def test_after_a_rotation_both_secrets_count_for_a_day(house):
    _, old = subscribe(house)
    with unit_of_work(OPERATOR) as work:
        new = feed.rotate_secret(work, name="cloud", master=house.master_key, now=now())
    push = pushed(house, 1)
    for secret in (old, new):
        Webhook(secret).verify(push.body, push.headers)
    with unit_of_work(OPERATOR) as work:
        feed.get_subscriber(work, "cloud").old_until = now() - dt.timedelta(seconds=1)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(*(lambda p: (p.body, p.headers))(pushed(house, 1)))


def test_a_subscriber_that_is_gone_becomes_a_dead_letter_that_can_be_replayed(house):
    subscribe(house)
    for _ in range(feed.MOST_TRIES):
        push_due(house, send=lambda push: feed.Answer(0))
        make_everything_due()
    assert set(states()) == {"dead"}
    with unit_of_work(OPERATOR) as work:
        assert feed.replay_dead(work, "cloud", now()) == RELEASES
    push_due(house, send=lambda push: feed.Answer(200))
    assert set(states()) == {"sent"}


def test_each_failure_waits_twice_as_long(house):
    subscriber, _ = subscribe(house)
    waits = []
    for _ in range(4):
        with unit_of_work(WORKER) as work:
            push = feed.make_push(work, subscriber.id, 1, public_url="", master=house.master_key, now=now())
            moment = now()
            feed.settle(work, push, feed.Answer(503), moment)
            waits.append(work.get(Delivery, (subscriber.id, 1)).next_at - moment)
    assert [wait / waits[0] for wait in waits] == [1, 2, 4, 8]


def test_nobody_listening_is_a_failure_and_not_an_error(house):
    subscribe(house)
    assert send_push(pushed(house, 1), may_reach=lambda _: True) == feed.Answer(0)


def test_the_command_refuses_a_plain_address_outside_development_and_a_second_name(house, tmp_path):
    env = {"FAMAI_DATA_DIR": str(house.data_dir)}
    first = CliRunner().invoke(main, ["cloud", "subscribe", "city", "https://cloud.example/in"], env=env)
    assert "whsec_" in first.output
    assert CliRunner().invoke(main, ["cloud", "subscribe", "city", "https://x.example"], env=env).exit_code == 1
    assert CliRunner().invoke(main, ["cloud", "subscribe", "ftp", "ftp://x.example"], env=env).exit_code == 2
    assert f"city\t{RELEASES}\twaiting" in CliRunner().invoke(main, ["cloud", "deliveries"], env=env).output
    configure(house.lines)


def test_the_receiver_of_the_guide_converges_when_told_twice_and_killed_half_way(house, tmp_path):
    spec = importlib.util.spec_from_file_location("receiver", Path("docs/receiver.py"))
    receiver = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(receiver)
    site = make_server("127.0.0.1", 0, create_app(house), threaded=True)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    _, secret = subscribe(house)
    with unit_of_work(WORKER) as work:
        subscriber = feed.get_subscriber(work, "cloud")
        push = feed.make_push(work, subscriber.id, 1, public_url=f"http://127.0.0.1:{site.server_port}",
                              master=house.master_key, now=now())  # fmt: skip
    (tmp_path / "release-1.half").write_text("{", encoding="utf-8")
    for _ in range(2):
        assert receiver.take(secret, tmp_path, push.headers, push.body) == 204
    assert json.loads((tmp_path / "release-1.json").read_text(encoding="utf-8"))["message"]["number"] == 1
    assert receiver.take(secret, tmp_path, push.headers, push.body + b" ") == 400
    site.shutdown()
    thread.join()
