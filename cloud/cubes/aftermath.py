"""What followed a checkup, as far as the statistics count it: fixes, rating, relief, minutes. No content."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.books.terms import Relief
from billing.waivers.models import Waiver
from bureau.hours.models import HourEntry
from bureau.hours.states import COUNTED
from checkup.cases.models import Checkup
from checkup.fixes.models import Fix
from checkup.owner.models import Rating
from cloud.cubes.cells import NONE

_RELIEF = {
    Relief.WAIVE: "waived", Relief.REDUCE: "reduced", Relief.DEFER: "deferred", Relief.INSTALMENTS: "deferred",
}  # fmt: skip
_LET_OFF = ("waived", "reduced")
_PACES = ((30, "d30"), (90, "d90"))


@dataclass(frozen=True)
class After:
    """In the words of `cloud.cubes.cells.DIMENSIONS`; `amounts` by measure, of all the quarter's checkups together."""

    mended: str = NONE
    pace: str = NONE
    stars: str = NONE
    relief: str = NONE
    amounts: dict[str, int] = field(default_factory=dict)


def what_followed(session: Session, rows: Sequence[Checkup]) -> After:
    """Of the checkups of one business in one quarter, oldest first; the newest one decides what is counted."""
    newest, ids = rows[-1], [row.id for row in rows]
    mended, pace = _mending(session, newest)
    relief, amounts = _relief(session, newest.firm_id, ids)
    minutes = select(func.sum(HourEntry.credited_minutes)).where(
        HourEntry.firm_id == newest.firm_id, HourEntry.checkup_id.in_(ids), HourEntry.state.in_(COUNTED)
    )
    amounts |= {"checkups": len(rows), "minutes": session.scalar(minutes) or 0}
    return After(mended, pace, _stars(session, newest), relief, {name: n for name, n in amounts.items() if n})


def _mending(session: Session, row: Checkup) -> tuple[str, str]:
    """How far the findings are mended, and how fast the first one was."""
    query = select(Fix.state, Fix.opened_at, Fix.changed_at).where(
        Fix.firm_id == row.firm_id, Fix.checkup_id == row.id, Fix.state != "dropped"
    )
    fixes = session.execute(query).tuples().all()
    days = [(changed - opened).days for state, opened, changed in fixes if state == "confirmed"]
    if not fixes or not days:
        return ("open" if fixes else NONE), NONE
    is_all = all(state in ("confirmed", "accepted") for state, _, _ in fixes)
    return "all" if is_all else "part", next((name for most, name in _PACES if min(days) <= most), "later")


def _stars(session: Session, row: Checkup) -> str:
    """The mean of the owner's three answers, rounded."""
    query = select(Rating.useful + Rating.clear + Rating.kind)
    total = session.scalar(query.where(Rating.firm_id == row.firm_id, Rating.checkup_id == row.id))
    return NONE if total is None else str(round(total / 3))


def _relief(session: Session, firm_id: uuid.UUID, checkup_ids: list[uuid.UUID]) -> tuple[str, dict[str, int]]:
    """The newest decision on relief, and the fen let off and put off so far."""
    query = select(Waiver.state, Waiver.relief, Waiver.used_minor).where(
        Waiver.firm_id == firm_id, Waiver.checkup_id.in_(checkup_ids), Waiver.decided_at.is_not(None)
    )
    kind, sums = NONE, {"waived_fen": 0, "deferred_fen": 0}
    for state, relief, used in session.execute(query.order_by(Waiver.decided_at)).tuples():
        given = _RELIEF.get(Relief(relief)) if relief else None
        if given is not None:
            sums["waived_fen" if given in _LET_OFF else "deferred_fen"] += used
        kind = NONE if state == "revoked" else given or "refused"
    return kind, sums
