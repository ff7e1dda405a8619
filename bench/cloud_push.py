"""Ten thousand deliveries to a receiver that fails three times in ten, before or after it has kept the message."""

import random
from collections.abc import Iterator

from bench.city import new_city
from bench.results import Result
from cloud.cubes.models import Release
from cloud.partners import feed
from cloud.partners.feed import Answer, Push
from cloud.partners.models import Delivery
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.outside.webhook_push import push_due

NAME = "cloud_push"
_SUBSCRIBERS, _FAILS = 10, 0.3
_RELEASES, _QUICK_RELEASES = 1000, 10


def measure(*, quick: bool) -> Iterator[Result]:
    """Deliveries that never arrived, messages that came twice with another body (0 is right), calls made."""
    settings, releases = new_city(), _QUICK_RELEASES if quick else _RELEASES
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        for number in range(1, releases + 1):
            session.add(
                Release(number=number, period="2026-Q3", threshold=10, made_at=now(), manifest="{}", manifest_hash="0")
            )
        for number in range(_SUBSCRIBERS):
            feed.add_subscriber(
                session, name=f"bench {number}", url="https://x.example", master=settings.master_key, now=now()
            )
    rng, arrived, calls = random.Random(3), dict[tuple[object, str], set[bytes]](), 0

    def send(push: Push) -> Answer:
        nonlocal calls
        calls += 1
        if rng.random() < _FAILS / 2:
            return Answer(0)
        arrived.setdefault((push.subscriber_id, push.headers["webhook-id"]), set()).add(push.body)
        return Answer(500 if rng.random() < _FAILS / 2 else 204)

    while push_due(settings, send=send):
        with unit_of_work(Scope(Audience.WORKER)) as session:
            session.query(Delivery).filter(Delivery.state == "waiting").update({"next_at": now()})
    yield Result("push_missing", _SUBSCRIBERS * releases - len(arrived), "releases", 0)
    yield Result("push_twice_in_effect", sum(len(bodies) > 1 for bodies in arrived.values()), "releases", 0)
    yield Result("push_calls", calls, "calls", _SUBSCRIBERS * releases, at_least=True)
