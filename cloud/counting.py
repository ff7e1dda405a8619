"""Counts by deltas: a change of one business moves a handful of cells, never a scan; `rebuild` must agree."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkup.consents import list_switches
from checkup.models import Checkup, FindingRow
from checkup.packs.catalogue import get_pack
from cloud.facts import Fact, Item, items_of, period_of, read_items, write_items
from cloud.models import Contribution, CubeCell
from tenants.clock import city_day
from tenants.models import Business

COUNTED = ("submitted", "in_review", "signed", "closed")
CONSENTS = frozenset({"statistics", "cloud"})
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:business, 1))")


def count_business(session: Session, *, firm_id: uuid.UUID, business_id: uuid.UUID) -> int:
    """Bring the counts up to date with one business, under Scope(WORKER, firm); returns how many cells moved.

    Safe to run twice, late or out of order: it compares what is counted with what is, and applies the difference.
    """
    session.execute(_LOCK, {"business": str(business_id)})
    of_business = {"firm_id": firm_id, "business_id": business_id}
    counted = {row.period: row for row in session.scalars(select(Contribution).filter_by(**of_business))}
    wanted = wanted_items(session, firm_id=firm_id, business_id=business_id)
    moved = Counter[tuple[str, str, str]]()
    for period in counted.keys() | wanted.keys():
        before = read_items(counted[period].items) if period in counted else frozenset()
        after = wanted.get(period, frozenset())
        moved.update({(period, *item): 1 for item in after - before})
        moved.subtract({(period, *item): 1 for item in before - after})
        if period in counted and not after:
            session.delete(counted[period])
        elif period in counted:
            counted[period].items = write_items(after)
        else:
            session.add(Contribution(**of_business, period=period, items=write_items(after)))
    session.flush()
    add_to_cells(session, {cell: change for cell, change in moved.items() if change})
    return len(moved)


def wanted_items(session: Session, *, firm_id: uuid.UUID, business_id: uuid.UUID) -> dict[str, frozenset[Item]]:
    """Quarter → items of the newest submitted checkup in it, if the owner has agreed to both purposes."""
    query = (
        select(Checkup)
        .where(Checkup.firm_id == firm_id, Checkup.business_id == business_id, Checkup.state.in_(COUNTED))
        .where(Checkup.submitted_at.is_not(None), Checkup.grade.is_not(None))
        .order_by(Checkup.submitted_at, Checkup.id)
    )
    wanted: dict[str, frozenset[Item]] = {}
    for row in session.scalars(query):
        agreed = {switch.purpose for switch in list_switches(session, row) if switch.granted}
        if agreed >= CONSENTS and row.submitted_at is not None:
            wanted[period_of(city_day(row.submitted_at))] = _items(session, row)
    return wanted


def _items(session: Session, row: Checkup) -> frozenset[Item]:
    business = session.get_one(Business, (row.firm_id, row.business_id))
    found = session.execute(
        select(FindingRow.risk, FindingRow.urgent).where(
            FindingRow.firm_id == row.firm_id,
            FindingRow.checkup_id == row.id,
            FindingRow.state == "found",
            FindingRow.lawyer_action.is_distinct_from("dismiss"),
        )
    ).all()
    fact = Fact(
        district=business.district,
        section=business.section,
        size=business.size,
        grade=row.grade or "",
        risks=frozenset(risk for risk, _ in found),
        is_urgent=any(urgent for _, urgent in found),
    )
    return items_of(get_pack(row.pack_id, row.pack_version), fact)


def add_to_cells(session: Session, changes: Mapping[tuple[str, str, str], int]) -> None:
    """Add to the counts, always in the same order, so that two businesses at once do not block each other."""
    if not changes:
        return
    rows = [
        {"period": period, "block": block, "key": key, "count": change, "turnover": 1}
        for (period, block, key), change in sorted(changes.items())
    ]
    added = insert(CubeCell).values(rows)
    session.execute(
        added.on_conflict_do_update(
            index_elements=["period", "block", "key"],
            set_={
                "count": CubeCell.count + added.excluded.count,
                "turnover": CubeCell.turnover + added.excluded.turnover,
            },
        )
    )


def recount(contributions: Iterable[Contribution]) -> Counter[tuple[str, str, str]]:
    """The counts from scratch."""
    return Counter((row.period, *item) for row in contributions for item in read_items(row.items))


def stored_counts(session: Session) -> dict[tuple[str, str, str], int]:
    """The counts as they are kept, without the empty ones."""
    return {(row.period, row.block, row.key): row.count for row in session.scalars(select(CubeCell)) if row.count}


def replace_cells(session: Session, counts: Mapping[tuple[str, str, str], int]) -> None:
    """Put a recount in the place of the kept counts; what had changed often keeps its turnover."""
    kept = {(row.period, row.block, row.key): row.turnover for row in session.scalars(select(CubeCell))}
    session.execute(delete(CubeCell))
    session.add_all(
        CubeCell(period=cell[0], block=cell[1], key=cell[2], count=count, turnover=kept.get(cell, 0) + 1)
        for cell, count in counts.items()
    )
    session.flush()
