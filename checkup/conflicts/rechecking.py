"""The owner names somebody new after a lawyer has looked: the check is made again, and the facts close on a hit."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.conflicts.known_parties import look_for_conflicts
from checkup.conflicts.models import ConflictCheck
from checkup.conflicts.rules import count_open
from checkup.review.colleagues import list_colleagues
from checkup.review.events import record_event
from checkup.review.staff_mail import tell


def recheck_case(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, now: dt.datetime) -> int:
    """Under the worker's scope: every clear check of older names waits for a partner now on a conflict,
    or on a name that nobody could read.

    Returns how many checks were closed; a check whose names are clear is marked as made on the new ones.
    """
    row = session.scalars(select(Checkup).where(Checkup.id == checkup_id)).one_or_none()
    if row is None or not row.review_wanted or row.state == "erased":
        return 0
    parties, version, hits = look_for_conflicts(session, row, keys)
    query = select(ConflictCheck).where(
        ConflictCheck.firm_id == row.firm_id,
        ConflictCheck.checkup_id == row.id,
        ConflictCheck.outcome == "clear",
        ConflictCheck.parties_version < version,
    )
    count = count_open(parties, hits)
    closed = 0
    for check in session.scalars(query.with_for_update()).all():
        is_new = count > check.hits
        check.parties_version, check.hits = version, count
        if is_new:
            check.outcome, check.at = "ask_partner", now
            closed += 1
            _note_and_tell(session, row, check, now)
    session.flush()
    return closed


def _note_and_tell(session: Session, row: Checkup, check: ConflictCheck, now: dt.datetime) -> None:
    record_event(
        session,
        row,
        "conflict",
        was="clear",
        became="ask_partner",
        actor_id=None,
        person_id=check.person_id,
        why="new_names",
        now=now,
    )
    for one in list_colleagues(session, firm_id=row.firm_id):
        if one.id == check.person_id or one.role == "partner":
            tell(session, row, one, "new_names", now=now)
