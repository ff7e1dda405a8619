"""The last days of the law's own time limits, counted again when a new notice of holidays is known."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import open_checkup
from checkup.cases.models import FindingRow
from checkup.cases.sealing import Keyring
from checkup.fixes.models import Fix
from checkup.scoring.triage import outline_of
from tenants.clock import city_day


def list_with_law_days(session: Session, *, firm_id: uuid.UUID, after: dt.date) -> Sequence[uuid.UUID]:
    """Cases with a day of the law after this one, under Scope(WORKER)."""
    later = select(FindingRow.checkup_id).where(FindingRow.firm_id == firm_id, FindingRow.due_on > after)
    return session.scalars(later.distinct()).all()


def recount_law_days(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, now: dt.datetime) -> None:
    """A case's findings, their fixes and what the queue shows of them; a day of her own, or of the plan, stays.

    It is opened by its key and read anew. Raises: NotFound where that is gone.
    """
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    found = opened.score(today=city_day(now)).findings
    days = {one.risk: one.due for one in found}
    opened.row.next_due = outline_of(found, city_day(now)).next_due
    for row in session.scalars(select(FindingRow).where(FindingRow.checkup_id == checkup_id)):
        row.due_on = days.get(row.risk, row.due_on)
    for fix in session.scalars(select(Fix).where(Fix.checkup_id == checkup_id, Fix.law_due_on.is_not(None))):
        day = days.get(fix.risk)
        if day is None or day == fix.law_due_on:
            continue
        if fix.due_by == "law":
            fix.due_on = day
        fix.law_due_on, fix.changed_at = day, now
