"""On Monday morning each lawyer with open work gets one mail; whoever has none, or wants none, gets none."""

import datetime as dt
import uuid
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.desk.digest_text import MOST_LINES, Digest, OwnCase, monday_of
from checkup.desk.filters import Filters
from checkup.desk.offers import list_matches, list_waiting
from checkup.desk.queue import QueueEntry, list_queue
from checkup.review.colleagues import Colleague, list_colleagues
from tenants import messages
from tenants.clock import city_day, start_of
from tenants.models import Message


def send_digests(
    session: Session, *, firm_id: uuid.UUID, hours: Mapping[uuid.UUID, int], link: str, now: dt.datetime
) -> int:
    """Under the worker's scope; `hours`: lawyer → entries that wait for her. Returns how many; twice sends once."""
    fitting, monday = _list_fitting(session, firm_id, now), monday_of(city_day(now))
    sent = select(Message.recipient).where(Message.firm_id == firm_id, Message.template == "weekly")
    told = set(session.scalars(sent.where(Message.queued_at >= start_of(monday))))
    count = 0
    for one in list_colleagues(session, firm_id=firm_id):
        if not (one.reviews and one.weekly_mail and one.email) or one.email in told:
            continue
        digest = _read(session, firm_id, one, fitting.get(one.id, []), hours.get(one.id, 0), now)
        if not digest.is_empty:
            values = {"digest": digest, "monday": monday, "link": link, "most": MOST_LINES}
            messages.tell_staff(session, "weekly", one, firm_id=firm_id, now=now, **values)
            count += 1
    return count


def _list_fitting(session: Session, firm_id: uuid.UUID, now: dt.datetime) -> dict[uuid.UUID, list[str]]:
    """Lawyer → numbers of the waiting cases that fit her, the most urgent first."""
    fitting: dict[uuid.UUID, list[str]] = {}
    for checkup_id in list_waiting(session, firm_id=firm_id):
        row = session.get_one(Checkup, (firm_id, checkup_id))
        for match in list_matches(session, row, now):
            fitting.setdefault(match.person_id, []).append(row.case_number)
    return fitting


def _read(
    session: Session, firm_id: uuid.UUID, one: Colleague, fitting: list[str], hours: int, now: dt.datetime
) -> Digest:
    own, offered = (
        list_queue(session, firm_id=firm_id, person_id=one.id, filters=Filters(state=state), now=now)
        for state in ("mine", "offered")
    )
    return Digest([_own(entry) for entry in own], [entry.checkup.case_number for entry in offered] + fitting, hours)


def _own(entry: QueueEntry) -> OwnCase:
    return OwnCase(entry.checkup.case_number, entry.clock.day, None if entry.clock.is_paused else entry.clock.left)
