"""A signed report's findings become fixes, each with a day; a corrected report drops what it no longer holds."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup, FindingRow
from checkup.fixes import states
from checkup.fixes.models import Fix, FixEvent
from checkup.report.days import suggest_due
from tenants.clock import city_day


def open_fixes(session: Session, *, row: Checkup, findings: Sequence[FindingRow], now: dt.datetime) -> list[Fix]:
    """One fix per found finding that the lawyer did not dismiss; returns the new ones.

    In a later edition: what is there stays as it is, what was dismissed since is dropped, what stands again comes back.
    """
    query = select(Fix).where(Fix.firm_id == row.firm_id, Fix.checkup_id == row.id)
    known = {fix.risk: fix for fix in session.scalars(query)}
    stands = [f for f in findings if f.state == "found" and f.lawyer_action != "dismiss"]
    opened = [_fix(row, f, order, now) for order, f in enumerate(stands) if f.risk not in known]
    session.add_all(opened)
    session.flush()
    session.add_all(_event(fix, "", "open", now) for fix in opened)
    standing = {finding.risk for finding in stands}
    for risk, fix in known.items():
        step = "restore" if risk in standing else "drop"
        if step in states.LIFE.moves_from(fix.state, of=states.OF_EDITION):
            was, fix.state, fix.changed_at = fix.state, states.LIFE.after(fix.state, step, of=states.OF_EDITION), now
            session.add(_event(fix, was, fix.state, now))
    session.flush()
    return opened


def _event(fix: Fix, was: str, became: str, now: dt.datetime) -> FixEvent:
    return FixEvent(
        firm_id=fix.firm_id,
        checkup_id=fix.checkup_id,
        risk=fix.risk,
        owner_id=fix.owner_id,
        by="system",
        was=was,
        became=became,
        at=now,
    )


def _fix(row: Checkup, finding: FindingRow, order: int, now: dt.datetime) -> Fix:
    due_on, due_by = suggest_due(order, finding.due_on, city_day(now))
    return Fix(
        firm_id=row.firm_id,
        checkup_id=row.id,
        risk=finding.risk,
        owner_id=row.owner_id,
        place=finding.place,
        colour=finding.colour,
        urgent=finding.urgent,
        points=finding.points,
        state="open",
        due_on=due_on,
        due_by=due_by,
        law_due_on=finding.due_on,
        opened_at=now,
        changed_at=now,
    )
