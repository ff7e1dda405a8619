"""The door to subscribers: one POST per push, no redirects followed, and what came back.

Every call ends after `MOST_SECONDS`, however slowly its answer drips in, and each party is called in a thread of its
own for at most `_MOST_OF_A_ROUND`: a slow one holds up no other.
"""

import datetime as dt
import ipaddress
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TypeVar

import requests

from cloud.partners import feed
from cloud.partners.feed import Answer, Push, Send
from cloud.partners.notices import NoticePush, list_due_notices, make_notice_push, settle_notice
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.deadlines import Reach, in_time
from tenants.typed.numbers import whole_number
from webapp.settings import Settings

MOST_SECONDS = 10.0
_MOST_OF_A_ROUND, _AT_ONCE = 40.0, 4
_LONGEST_WAIT = 7 * 24 * 3600
_ASKS_TO_WAIT = (429, 503)
SendNotice = Callable[[NoticePush], Answer]
Name = TypeVar("Name")


def reach_of(settings: Settings) -> Reach:
    """Where a party may be called: the open internet and the networks that the city names; in development anywhere."""
    near = [ipaddress.ip_network(one, strict=False) for one in settings.party_networks]

    def may_reach(address: str) -> bool:
        if settings.is_development:
            return True
        told = ipaddress.ip_address(address.partition("%")[0])
        plain = getattr(told, "ipv4_mapped", None) or told
        return bool(plain.is_global) or any(plain in network for network in near)

    return may_reach


def send_push(push: Push | NoticePush, *, may_reach: Reach) -> Answer:
    """The HTTP status, or 0 when nobody answered in time or it is nowhere that a party may be called."""
    with in_time(MOST_SECONDS, may_reach) as session:
        session.trust_env = False
        try:
            answer = session.post(
                push.url,
                data=push.body,
                headers=push.headers,
                timeout=MOST_SECONDS,
                allow_redirects=False,
                stream=True,
            )
        except (requests.RequestException, PermissionError):
            return Answer(0)
        with answer:
            return Answer(answer.status_code, _wait_of(answer))


def _wait_of(answer: requests.Response) -> dt.timedelta:
    """How long `Retry-After` asks for, in seconds or until a day; nothing where it says neither (RFC 9110, 10.2.3)."""
    told = answer.headers.get("Retry-After", "") if answer.status_code in _ASKS_TO_WAIT else ""
    if (seconds := whole_number(told, least=0, most=_LONGEST_WAIT)) is not None:
        return dt.timedelta(seconds=seconds)
    with suppress(ValueError):
        until = parsedate_to_datetime(told)
        return max(dt.timedelta(0), until.replace(tzinfo=until.tzinfo or dt.UTC) - now())
    return dt.timedelta(0)


def push_due(settings: Settings, *, send: Send | None = None) -> int:
    """Send what is due; returns how many were tried. Each is settled in a unit of work of its own."""
    call = send or partial(send_push, may_reach=reach_of(settings))

    def push_one(subscriber_id: uuid.UUID, number: int) -> Answer:
        with unit_of_work(Scope(Audience.WORKER)) as session:
            push = feed.make_push(
                session,
                subscriber_id,
                number,
                public_url=settings.public_url,
                master=settings.master_key,
                now=now(),
            )
        answer = call(push)
        with unit_of_work(Scope(Audience.WORKER)) as session:
            feed.settle(session, push, answer, now())
        return answer

    with unit_of_work(Scope(Audience.WORKER)) as session:
        due = feed.list_due(session, now())
    return _push_each(due, push_one)


def push_notices(settings: Settings, *, send: SendNotice | None = None) -> int:
    """Send the news of tickets that are due; returns how many were tried."""
    call = send or partial(send_push, may_reach=reach_of(settings))

    def push_one(subscriber_id: uuid.UUID, name: str) -> Answer | None:
        with unit_of_work(Scope(Audience.WORKER)) as session:
            push = make_notice_push(session, subscriber_id, name, master=settings.master_key, now=now())
        if push is None:
            return None
        answer = call(push)
        with unit_of_work(Scope(Audience.WORKER)) as session:
            settle_notice(session, push, answer, now())
        return answer

    with unit_of_work(Scope(Audience.WORKER)) as session:
        due = list_due_notices(session, now())
    return _push_each(due, push_one)


def _push_each(due: Iterable[tuple[uuid.UUID, Name]], push_one: Callable[[uuid.UUID, Name], Answer | None]) -> int:
    """Each party's in their order, the parties beside each other."""
    by_party: dict[uuid.UUID, list[Name]] = defaultdict(list)
    for subscriber_id, name in due:
        by_party[subscriber_id].append(name)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return sum(pool.map(partial(_push_to, push_one), by_party, by_party.values()))


def _push_to(push_one: Callable[[uuid.UUID, Name], Answer | None], subscriber_id: uuid.UUID, names: list[Name]) -> int:
    """How many were tried: the rest waits for the next round where the party is gone, asks to wait, or is slow."""
    began, tried = time.monotonic(), 0
    for name in names:
        if (answer := push_one(subscriber_id, name)) is None:
            continue
        tried += 1
        if answer.status == feed.GONE or answer.wait or time.monotonic() - began > _MOST_OF_A_ROUND:
            break
    return tried
