"""Where people stop: how often each screen is shown, as counts that are kept in memory for seconds and then added up.

No cookie, no address, no order: a process that dies loses the counts of the last seconds, and nobody is followed.
"""

import logging
import threading
import time
import uuid
from collections import Counter

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from tenants.campaigns.screens import NO_LINK, Seen, count_screens
from webapp.edge.audiences import public_work

_EVERY, _MOST = 10.0, 500  # seconds, and shown screens, after which they are written down
_log = logging.getLogger("famai.screens")


class _Shown:
    lock = threading.Lock()
    counts: Counter[Seen] = Counter()
    since = 0.0


def note_screen(screen: str, *, channel: str = "web", link_id: uuid.UUID | None = None) -> None:
    """One more time. `screen`: of `tenants.campaigns.screens`, or the id of a question."""
    with _Shown.lock:
        _Shown.counts[channel, link_id or NO_LINK, screen] += 1
        is_due = time.monotonic() - _Shown.since > _EVERY or _Shown.counts.total() >= _MOST
    if is_due:
        flush()


def flush() -> None:
    """What was shown since the last time is written down; where the database is away it waits for the next."""
    with _Shown.lock:
        seen, _Shown.counts, _Shown.since = _Shown.counts, Counter(), time.monotonic()
    if not seen:
        return
    try:
        with public_work() as work:
            count_screens(work, seen)
    except (SQLAlchemyError, psycopg.Error):
        _log.warning("screens not counted: the database is away")
        with _Shown.lock:
            _Shown.counts.update(seen)
