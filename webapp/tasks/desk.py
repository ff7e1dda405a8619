"""Jobs of the firm's desk: offers, calls, silence. Each case in a unit of work of its own; all are safe twice."""

import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.totals import count_waiting
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
from webapp.tasks.every_firm import on_its_own

_Find = Callable[[Session, uuid.UUID], Sequence[uuid.UUID]]
_Work = Callable[[Session, uuid.UUID], object]


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


def _serving() -> Sequence[uuid.UUID]:
    with unit_of_work(Scope(Audience.WORKER)) as session:
        return session.scalars(select(Firm.id).where(Firm.state.in_(SERVING))).all()


def _each_case(find: _Find, work: _Work) -> int:
    """Do `work` on every case that `find` names at every serving firm; returns how many."""
    count = 0
    for firm_id in _serving():
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            found = find(session, firm_id)
        for checkup_id in found:
            with on_its_own(f"case {checkup_id}"), unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
                work(session, checkup_id)
                count += 1
    return count


def offer_waiting(settings: Settings) -> int:
    """Offers that nobody answered lapse; every waiting case is offered to whoever has room now."""
    lapsed = _each_case(
        lambda session, firm_id: offers.list_lapsed(session, firm_id=firm_id, now=now()),
        lambda session, checkup_id: offers.lapse_offer(session, checkup_id=checkup_id, now=now()),
    )
    waiting = _each_case(
        lambda session, firm_id: offers.list_waiting(session, firm_id=firm_id),
        lambda session, checkup_id: follow_review(session, checkup_id=checkup_id, now=now()),
    )
    return lapsed + waiting


def watch_reviews(settings: Settings) -> int:
    """Warn about cases that nobody touches, then give them to others."""
    return _each_case(
        lambda session, firm_id: inactivity.list_watched(session, firm_id=firm_id),
        lambda session, checkup_id: inactivity.watch_case(session, checkup_id=checkup_id, now=now()),
    )


def ring_on(settings: Settings) -> int:
    """Urgent calls that nobody answered go to the next."""
    return _each_case(
        lambda session, firm_id: green_channel.list_due(session, firm_id=firm_id, now=now()),
        lambda session, checkup_id: green_channel.follow_call(session, checkup_id=checkup_id, now=now()),
    )


def mail_weekly(settings: Settings) -> int:
    """The Monday's mails, firm by firm; returns how many."""
    count = 0
    for firm_id in _serving():
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            waiting, link = count_waiting(session, firm_id=firm_id), f"{settings.public_url}/lawyer/"
            count += send_digests(session, firm_id=firm_id, hours=waiting, link=link, now=now())
    return count


TASKS: dict[str, Callable[..., object]] = {
    "follow_review": _follow_review,
    "recheck_case": _recheck_case,
    "tell_lawyer": _tell_lawyer,
    "hand_over": _hand_over,
}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "offer_waiting": ("40 * * * *", offer_waiting),
    "watch_reviews": ("15 1 * * *", watch_reviews),  # 09:15 in the city
    "ring_on": ("*/5 * * * *", ring_on),
    "mail_weekly": ("30 0 * * 1", mail_weekly),  # Monday, 08:30 in the city
}
