"""Jobs of the firm's desk: offers, calls, silence. Each case in a unit of work of its own; all are safe twice."""

import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import select

from bureau.hours.totals import count_waiting
from checkup.calls import calling
from checkup.conflicts.rechecking import recheck_case
from checkup.correspondence.unread import tell_lawyer
from checkup.desk import green_channel, inactivity, offers
from checkup.desk.digests import send_digests
from checkup.desk.handover import hand_over
from checkup.desk.next_step import follow_review
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.firms.states import SERVING
from tenants.models import Firm
from webapp.settings import Settings
from webapp.tasks.every_firm import at_every_case, on_its_own


def _follow_review(settings: Settings, *, firm_id: str, checkup_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER, uuid.UUID(firm_id))) as session:
        follow_review(session, checkup_id=uuid.UUID(checkup_id), now=now())


def _recheck_case(settings: Settings, *, firm_id: str, checkup_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER, uuid.UUID(firm_id))) as session:
        recheck_case(session, checkup_id=uuid.UUID(checkup_id), keys=settings.keyring(), now=now())


def _hand_over(settings: Settings, *, firm_id: str, leaver_id: str, heir_id: str) -> None:
    heir = uuid.UUID(heir_id) if heir_id else None
    with unit_of_work(Scope(Audience.WORKER, uuid.UUID(firm_id))) as session:
        hand_over(session, firm_id=uuid.UUID(firm_id), person_id=uuid.UUID(leaver_id), heir_id=heir, now=now())


def _tell_lawyer(settings: Settings, *, firm_id: str, checkup_id: str) -> None:
    link = f"{settings.public_url}/lawyer/checkups/{checkup_id}"
    with unit_of_work(Scope(Audience.WORKER, uuid.UUID(firm_id))) as session:
        tell_lawyer(session, checkup_id=uuid.UUID(checkup_id), link=link, now=now())


def _tell_caller(settings: Settings, *, firm_id: str, call_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER, uuid.UUID(firm_id))) as session:
        calling.tell_caller(session, call_id=uuid.UUID(call_id), link=_calls(settings), now=now())


def _calls(settings: Settings) -> str:
    return f"{settings.public_url}/lawyer/calls"


def _serving() -> Sequence[uuid.UUID]:
    with unit_of_work(Scope(Audience.WORKER)) as session:
        return session.scalars(select(Firm.id).where(Firm.state.in_(SERVING))).all()


def offer_waiting(settings: Settings) -> int:
    """Offers that nobody answered lapse; every waiting case is offered to whoever has room now."""
    lapsed = at_every_case(
        lambda session, firm_id: offers.list_lapsed(session, firm_id=firm_id, now=now()),
        lambda session, checkup_id: offers.lapse_offer(session, checkup_id=checkup_id, now=now()),
        _serving(),
    )
    waiting = at_every_case(
        lambda session, firm_id: offers.list_waiting(session, firm_id=firm_id),
        lambda session, checkup_id: follow_review(session, checkup_id=checkup_id, now=now()),
        _serving(),
    )
    return lapsed + waiting


def watch_reviews(settings: Settings) -> int:
    """Warn about cases that nobody touches, then give them to others."""
    return at_every_case(
        lambda session, firm_id: inactivity.list_watched(session, firm_id=firm_id),
        lambda session, checkup_id: inactivity.watch_case(session, checkup_id=checkup_id, now=now()),
        _serving(),
    )


def ring_on(settings: Settings) -> int:
    """Urgent calls that nobody answered go to the next."""
    return at_every_case(
        lambda session, firm_id: green_channel.list_due(session, firm_id=firm_id, now=now()),
        lambda session, checkup_id: green_channel.follow_call(session, checkup_id=checkup_id, now=now()),
        _serving(),
    )


def follow_call_backs(settings: Settings) -> int:
    """Agreed calls that nobody made in time go to the next, and end when they are over; returns how many there are."""
    return at_every_case(
        lambda session, firm_id: calling.list_booked(session, firm_id=firm_id),
        lambda session, call_id: calling.follow_call_back(session, call_id=call_id, link=_calls(settings), now=now()),
        _serving(),
    )


def mail_weekly(settings: Settings) -> int:
    """The Monday's mails, firm by firm; returns how many."""
    count = 0
    for firm_id in _serving():
        with on_its_own(f"firm {firm_id}"), unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            waiting, link = count_waiting(session, firm_id=firm_id), f"{settings.public_url}/lawyer/"
            count += send_digests(session, firm_id=firm_id, hours=waiting, link=link, now=now())
    return count


TASKS: dict[str, Callable[..., object]] = {
    "follow_review": _follow_review,
    "recheck_case": _recheck_case,
    "tell_lawyer": _tell_lawyer,
    "tell_caller": _tell_caller,
    "hand_over": _hand_over,
}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "offer_waiting": ("40 * * * *", offer_waiting),
    "watch_reviews": ("15 1 * * *", watch_reviews),  # 09:15 in the city
    "ring_on": ("*/5 * * * *", ring_on),
    "follow_call_backs": ("*/5 * * * *", follow_call_backs),
    "mail_weekly": ("30 0 * * 1", mail_weekly),  # Monday, 08:30 in the city
}
