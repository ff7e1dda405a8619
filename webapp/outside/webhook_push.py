"""The door to subscribers: one POST per push, no redirects followed, and what came back.

Every call ends after `MOST_SECONDS`, however slowly its answer drips in, and each party is called in a thread of its
own for at most `_MOST_OF_A_ROUND`: a slow one holds up no other.
"""

import datetime as dt
import ipaddress
import socket
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any, TypeVar

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from cloud.partners import feed
from cloud.partners.feed import Answer, Push, Send
from cloud.partners.notices import NoticePush, list_due_notices, make_notice_push, settle_notice
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.typed.numbers import whole_number
from webapp.settings import Settings

MOST_SECONDS = 10.0
_MOST_OF_A_ROUND, _AT_ONCE = 40.0, 4
_LONGEST_WAIT = 7 * 24 * 3600
_ASKS_TO_WAIT = (429, 503)
Reach = Callable[[str], bool]  # whether a party may be called at this address
SendNotice = Callable[[NoticePush], Answer]
Name = TypeVar("Name")


class _EndsInTime:
    """A connection whose line is cut at its deadline; what waits for it then fails at once."""

    sock: socket.socket | None
    seconds = MOST_SECONDS
    may_reach: Reach
    was_cut = False

    def _new_conn(self) -> socket.socket:
        """A line on which nothing has been said yet. Raises: OSError where nobody may be called, whatever its name."""
        line: socket.socket = super()._new_conn()  # type: ignore[misc]  # as below
        if not self.may_reach(str(line.getpeername()[0])):
            line.close()
            raise PermissionError("no party is called there")
        return line

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]  # beside a connection of urllib3
        self._cutter = threading.Timer(self.seconds, self._cut)
        self._cutter.daemon = True
        self._cutter.start()

    def _cut(self) -> None:
        self.was_cut = True
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # None is caught

    def getresponse(self) -> Any:
        """What ended at our cut is no answer, though its headers read as if they had come to their end."""
        answer = super().getresponse()  # type: ignore[misc]  # as above
        if self.was_cut:
            raise TimeoutError
        return answer

    def close(self) -> None:
        if cutter := getattr(self, "_cutter", None):
            cutter.cancel()
        super().close()  # type: ignore[misc]  # as above


class _Plain(_EndsInTime, HTTPConnection):
    pass


class _Secure(_EndsInTime, HTTPSConnection):
    pass


class _Adapter(HTTPAdapter):
    def __init__(self, may_reach: Reach) -> None:
        self._may_reach = may_reach
        super().__init__()

    def init_poolmanager(self, *args: Any, **given: Any) -> None:
        super().init_poolmanager(*args, **given)
        self.poolmanager.pool_classes_by_scheme = {
            "http": self._bound(HTTPConnectionPool, _Plain),
            "https": self._bound(HTTPSConnectionPool, _Secure),
        }

    def _bound(self, pool: type, connection: type) -> type:
        bound = type(connection.__name__, (connection,), {"may_reach": staticmethod(self._may_reach)})
        return type(pool.__name__, (pool,), {"ConnectionCls": bound})


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
    with requests.Session() as session:
        session.trust_env = False
        session.mount("http://", _Adapter(may_reach))
        session.mount("https://", _Adapter(may_reach))
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

    def push_one(subscriber_id: uuid.UUID, name: str) -> Answer:
        with unit_of_work(Scope(Audience.WORKER)) as session:
            push = make_notice_push(session, subscriber_id, name, master=settings.master_key, now=now())
        answer = call(push)
        with unit_of_work(Scope(Audience.WORKER)) as session:
            settle_notice(session, push, answer, now())
        return answer

    with unit_of_work(Scope(Audience.WORKER)) as session:
        due = list_due_notices(session, now())
    return _push_each(due, push_one)


def _push_each(due: Iterable[tuple[uuid.UUID, Name]], push_one: Callable[[uuid.UUID, Name], Answer]) -> int:
    """Each party's in their order, the parties beside each other."""
    by_party: dict[uuid.UUID, list[Name]] = defaultdict(list)
    for subscriber_id, name in due:
        by_party[subscriber_id].append(name)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return sum(pool.map(partial(_push_to, push_one), by_party, by_party.values()))


def _push_to(push_one: Callable[[uuid.UUID, Name], Answer], subscriber_id: uuid.UUID, names: list[Name]) -> int:
    """How many were tried: the rest waits for the next round where the party is gone, asks to wait, or is slow."""
    began, tried = time.monotonic(), 0
    for name in names:
        answer, tried = push_one(subscriber_id, name), tried + 1
        if answer.status == feed.GONE or answer.wait or time.monotonic() - began > _MOST_OF_A_ROUND:
            break
    return tried
