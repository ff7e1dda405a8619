"""Jobs of mending: reminders, time to look again, changes of law, links that expire, complaints that are settled."""

import uuid
from collections.abc import Callable

from bureau.complaints.outcomes import tell_outcome
from checkup.cases.share_ending import sweep_expired
from checkup.fixes.law_changes import flag_reports
from checkup.fixes.reminders import remind
from checkup.owner.recheck import nudge
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings
from webapp.tasks.every_firm import at_every_firm


def send_reminders(settings: Settings) -> int:
    """Remind of today's matters; returns how many messages were queued. Again on the same day adds none."""
    return at_every_firm(lambda session, firm: remind(session, firm_id=firm, public_url=settings.public_url, now=now()))


def send_nudges(settings: Settings) -> int:
    """Tell owners who agreed to it that it is time to look again; once per checkup."""
    return at_every_firm(lambda session, firm: nudge(session, firm_id=firm, public_url=settings.public_url, now=now()))


def flag_law_changes(settings: Settings) -> int:
    """Flag signed reports under which a law has changed; returns how many owners were told. Safe to repeat."""
    return at_every_firm(lambda session, firm: flag_reports(session, firm_id=firm, now=now()))


def sweep_links(settings: Settings) -> int:
    """Destroy what expired links could still open; returns how many."""
    return at_every_firm(lambda session, firm: sweep_expired(session, firm_id=firm, now=now()))


def _tell_complaint_outcome(settings: Settings, *, firm_id: str, complaint_id: str) -> None:
    firm = uuid.UUID(firm_id)
    with unit_of_work(Scope(Audience.WORKER, firm_id=firm)) as session:
        tell_outcome(
            session, firm_id=firm, complaint_id=uuid.UUID(complaint_id), public_url=settings.public_url, now=now()
        )


TASKS: dict[str, Callable[..., object]] = {
    "flag_law_changes": flag_law_changes,
    "tell_complaint_outcome": _tell_complaint_outcome,
}
# Name → (cron in UTC, what is done). Reminders leave at nine in the morning in the city, when shops open.
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "send_reminders": ("0 1 * * *", send_reminders),
    "send_nudges": ("5 1 * * *", send_nudges),
    "flag_law_changes_nightly": ("30 18 * * *", flag_law_changes),
    "sweep_links": ("17 * * * *", sweep_links),
}
