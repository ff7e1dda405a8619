"""The door to subscribers: one POST per push, no redirects followed, and what came back."""

from collections.abc import Callable

import requests

from cloud.partners import feed
from cloud.partners.feed import Push, Send
from cloud.partners.notices import NoticePush, list_due_notices, make_notice_push, settle_notice
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings

_SECONDS = 10
SendNotice = Callable[[NoticePush], int]


def send_push(push: Push | NoticePush) -> int:
    """The HTTP status, or 0 when nobody answered in time."""
    try:
        answer = requests.post(
            push.url, data=push.body, headers=push.headers, timeout=_SECONDS, allow_redirects=False, stream=True
        )
    except requests.RequestException:
        return 0
    with answer:
        return answer.status_code


def push_due(settings: Settings, *, send: Send = send_push) -> int:
    """Send what is due; returns how many were tried. Each is settled in a unit of work of its own."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        due = feed.list_due(session, now())
    for subscriber_id, number in due:
        with unit_of_work(Scope(Audience.WORKER)) as session:
            push = feed.make_push(
                session,
                subscriber_id,
                number,
                public_url=settings.public_url,
                master=settings.master_key,
                now=now(),
            )
        status = send(push)
        with unit_of_work(Scope(Audience.WORKER)) as session:
            feed.settle(session, push, status, now())
    return len(due)


def push_notices(settings: Settings, *, send: SendNotice = send_push) -> int:
    """Send the news of tickets that are due; returns how many were tried."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        due = list_due_notices(session, now())
    for subscriber_id, name in due:
        with unit_of_work(Scope(Audience.WORKER)) as session:
            push = make_notice_push(session, subscriber_id, name, master=settings.master_key, now=now())
        status = send(push)
        with unit_of_work(Scope(Audience.WORKER)) as session:
            settle_notice(session, push, status, now())
    return len(due)
