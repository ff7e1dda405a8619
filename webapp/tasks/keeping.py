"""Nightly: files that no row speaks of go, and so does what was kept for a while only.

How long what is kept stands in `docs/security.md`.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from bureau.gatherings.seats import forget_seats
from checkup.assisting.paper_entries import forget_entries
from cloud.cubes.acts import forget_acts
from tenants.base import Base
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.files import list_changes, remove_file
from tenants.login import owner_sessions
from tenants.login.models import Attempt, LoginSession, OwnerSession
from tenants.models import Message
from tenants.stations import kiosk_rules
from tenants.stations.models import KioskVisit
from tenants.stations.queue import forget_numbers
from tenants.stations.sheets import forget_sheets
from tenants.upload_parts import sweep_parts
from webapp.registry import register_models
from webapp.settings import Settings
from webapp.tasks.every_firm import at_every_firm

# Where a firm's sealed files of cases lie: reports in its own folder, what people sent and certificates in two more.
_FOLDERS = ("{firm}", "cases/{firm}", "waivers/{firm}")
_FRESH = dt.timedelta(days=1)  # a file is written before its row is
SESSIONS_KEPT, ATTEMPTS_KEPT, MESSAGES_KEPT = dt.timedelta(days=90), dt.timedelta(days=2), dt.timedelta(days=30)
_log = logging.getLogger("famai.jobs")


def sweep_files(settings: Settings) -> int:
    """Remove sealed files of cases that no row speaks of, and say so in the log; returns how many."""
    register_models()
    return at_every_firm(lambda session, firm: _sweep(session, firm, settings.files_url))


def _sweep(session: Session, firm_id: uuid.UUID, files_url: str) -> int:
    spoken_of = {
        path
        for table in Base.metadata.sorted_tables
        if {"checkup_id", "waiver_id"} & set(table.c.keys())
        for column in table.c
        if column.name.endswith("path")
        for path in session.scalars(select(column).where(table.c.firm_id == firm_id))
    }
    lost = [
        path
        for folder in _FOLDERS
        for path, written_at in list_changes(files_url, folder.format(firm=firm_id))
        if path not in spoken_of and written_at < now() - _FRESH
    ]
    for path in lost:
        remove_file(files_url, path)
    if lost:
        _log.warning("firm %s: %s files without a row removed", firm_id, len(lost))
    return len(lost)


def forget_uploads(settings: Settings) -> int:
    """Remove what came in parts a day ago: its form has taken it, or never came; returns how many parts."""
    return sweep_parts(settings.files_url, now())


def forget(settings: Settings) -> None:
    """Sessions, visits at kiosks, wrong tries, seats at gatherings, sheets of paper, numbers of queues, messages to
    staff and phones, when their time is over."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        session.execute(delete(LoginSession).where(LoginSession.began_at < now() - SESSIONS_KEPT))
        session.execute(delete(OwnerSession).where(OwnerSession.seen_at < now() - owner_sessions.IDLE))
        session.execute(delete(KioskVisit).where(KioskVisit.seen_at < now() - kiosk_rules.IDLE))
        session.execute(delete(Attempt).where(Attempt.counted_from < now() - ATTEMPTS_KEPT))
        forget_seats(session, now=now())
        forget_sheets(session, now())
        forget_numbers(session, today=city_day(now()))
    at_every_firm(_forget_messages)
    at_every_firm(lambda session, _: forget_entries(session, now()))
    at_every_firm(lambda session, _: forget_acts(session, today=city_day(now())))


def _forget_messages(session: Session, firm_id: uuid.UUID) -> int:
    over = func.coalesce(Message.delivered_at, Message.failed_at) < now() - MESSAGES_KEPT
    on_no_page = or_(Message.owner_id.is_(None), Message.channel != "page")
    gone = delete(Message).where(Message.firm_id == firm_id, over, on_no_page).returning(Message.id)
    return len(session.scalars(gone).all())


TASKS: dict[str, Callable[..., object]] = {}
# Name → (cron in UTC, what is done): 03:20 and 03:25 in the city, after drafts were erased; parts every hour.
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "sweep_files": ("20 19 * * *", sweep_files),
    "forget": ("25 19 * * *", forget),
    "forget_uploads": ("40 * * * *", forget_uploads),
}
