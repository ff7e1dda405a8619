"""What the blind sample has brought: each drawn entry with its looks, how far they agree, the officer's decision."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from bureau.hours.models import HourEntry
from bureau.hours.moves import Mover, get_entry, move, parse_why
from bureau.quality import sampling
from bureau.quality.checklist import is_passed, pairs_of
from bureau.quality.models import Assessment
from tenants import audit
from tenants.access.hours import FOR_BUREAUS, SEEN_BY_BUREAUS
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import Conflict
from tenants.rows import get_one

SEEN = load_only(*(getattr(HourEntry, name) for name in SEEN_BY_BUREAUS), raiseload=True)
LOOKS = load_only(*(getattr(Assessment, name) for name in FOR_BUREAUS), raiseload=True)
# What an officer may decide alone: a reply, a drawn entry once it is assessed, time off the platform.
STEPS = {"replied": ("verify", "uphold"), "sampled": ("verify", "reject"), "submitted": ("confirm", "reject")}


@dataclass(frozen=True)
class Item:
    """One drawn entry with its looks."""

    entry: HourEntry
    looks: Sequence[Assessment]

    @property
    def done(self) -> list[Assessment]:
        return [one for one in self.looks if one.submitted_at is not None]

    @property
    def lacking(self) -> int:
        """How many assessors are still to be found."""
        return sampling.ASSESSORS - sum(one.declined_at is None for one in self.looks)

    @property
    def is_ready(self) -> bool:
        """Everybody who has not declined has spoken."""
        return all(one.submitted_at is not None for one in self.looks if one.declined_at is None)

    @property
    def verdict(self) -> str:
        """`pass` or `fail` where both agree, `split` where not, empty before."""
        said = {is_passed(one.marks) for one in self.done}
        if len(self.done) < sampling.ASSESSORS:
            return ""
        return "split" if len(said) == 2 else "pass" if said == {True} else "fail"


def list_items(session: Session, draw_id: uuid.UUID) -> list[Item]:
    """The drawn entries of a draw with their looks, by day."""
    looks = defaultdict[uuid.UUID, list[Assessment]](list)
    query = select(Assessment).options(LOOKS).where(Assessment.draw_id == draw_id)
    for one in session.scalars(query.order_by(Assessment.appointed_at, Assessment.id)):
        looks[one.entry_id].append(one)
    entries = session.scalars(select(HourEntry).options(SEEN).where(HourEntry.id.in_(looks))).all()
    return [Item(entry, looks[entry.id]) for entry in sorted(entries, key=lambda one: (one.day, one.id))]


def agreement(items: Iterable[Item]) -> tuple[float | None, float | None, int]:
    """(percent, Cohen's kappa, number of judgements) over all questions that two assessors answered."""
    pairs = [pair for item in items for pair in pairs_of([one.marks for one in item.done])]
    return sampling.percent_agreement(pairs), sampling.kappa(pairs), len(pairs)


def decide_as_bureau(
    session: Session, *, scope: Scope, entry_id: uuid.UUID, step: str, why: str, by: audit.Actor, now: dt.datetime
) -> None:
    """An officer verifies, rejects, confirms or upholds, with a reason that the lawyer reads.

    Raises: NotFound, Conflict `not_now`, `not_agreed`; Invalid.
    """
    reason = parse_why(why)
    entry = get_one(session, select(HourEntry).options(SEEN).where(HourEntry.id == entry_id))
    if step not in STEPS.get(entry.state, ()) or (entry.state == "submitted" and entry.checkup_id is not None):
        raise Conflict("not_now")
    looks = session.scalars(select(Assessment).options(LOOKS).where(Assessment.entry_id == entry_id)).all()
    if entry.state == "sampled" and not Item(entry, looks).is_ready:
        raise Conflict("not_agreed")
    firm_id = entry.firm_id
    enter_scope(session, Scope(Audience.WORKER, firm_id))
    moved = get_entry(session, entry_id)
    move(session, moved, step, by=Mover(by.id, "bureau"), now=now, why=reason)
    audit.note(session, firm_id=firm_id, act=f"hours.{moved.state}", by=by, about_id=entry_id, why=reason)
    session.flush()
    enter_scope(session, scope)
