"""Counts by deltas: a change of one business moves a handful of cells, never a scan; `rebuild` must agree."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from checkup.cases.checkups import told_of
from checkup.cases.models import Checkup, FindingRow
from checkup.owner.consents import list_switches
from checkup.packs.catalogue import get_pack
from cloud.cubes.aftermath import what_followed
from cloud.cubes.cells import CHANNELS, FIRST, GRADE_FROM, SUM
from cloud.cubes.facts import Fact, Item, items_of, month_of, period_of, read_items, write_items
from cloud.cubes.models import Contribution, ContributionSum, CubeCell
from tenants.clock import city_day
from tenants.models import Business
from tenants.one_at_a_time import one_at_a_time

SIGNED = ("signed", "closed")
COUNTED = ("submitted", "in_review", "signed", "closed")
CONSENTS = frozenset({"statistics", "cloud"})
CellKey = tuple[str, str, str]  # period, block, key


@dataclass(frozen=True)
class Share:
    """What one business should add to one quarter: the counts it raises by one, and its amounts by measure."""

    items: frozenset[Item] = frozenset()
    district: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)


def count_business(session: Session, *, firm_id: uuid.UUID, business_id: uuid.UUID) -> int:
    """Bring the counts up to date with one business, under Scope(WORKER, firm); returns how many cells moved.

    Safe to run twice, late or out of order: it compares what is counted with what is, and applies the difference.
    """
    one_at_a_time(session, "business counted", business_id)
    of_business = {"firm_id": firm_id, "business_id": business_id}
    counted = {row.period: row for row in session.scalars(select(Contribution).filter_by(**of_business))}
    wanted = wanted_shares(session, firm_id=firm_id, business_id=business_id)
    changes: dict[CellKey, int] = {}
    for period in counted.keys() | wanted.keys():
        row = counted.get(period) or Contribution(**of_business, period=period, items="")
        session.add(row)
        share = wanted.get(period, Share())
        changes |= {(period, *item): change for item, change in _apply(session, row, share).items()}
    session.flush()
    add_to_cells(session, changes)
    return len(changes)


def _apply(session: Session, row: Contribution, share: Share) -> dict[Item, int]:
    """Bring one contribution to its share."""
    before = read_items(row.items)
    moved = {item: 1 for item in share.items - before} | {item: -1 for item in before - share.items}
    row.items = write_items(share.items)
    return moved | _apply_sums(session, row, share)


def _apply_sums(session: Session, row: Contribution, share: Share) -> dict[Item, int]:
    of_share = {"firm_id": row.firm_id, "business_id": row.business_id, "period": row.period}
    held = {one.measure: one for one in session.scalars(select(ContributionSum).filter_by(**of_share))}
    moved = Counter[Item]()
    for measure in held.keys() | share.amounts.keys():
        amount, one = share.amounts.get(measure, 0), held.get(measure)
        if one is not None and (one.amount != amount or one.district != share.district):
            moved[f"{SUM}{measure}", one.district] -= one.amount
            session.delete(one)
        elif one is not None:
            continue
        if amount:
            session.flush()
            session.add(ContributionSum(**of_share, measure=measure, district=share.district, amount=amount))
            moved[f"{SUM}{measure}", share.district] += amount
    return {item: amount for item, amount in moved.items() if amount}


def wanted_shares(session: Session, *, firm_id: uuid.UUID, business_id: uuid.UUID) -> dict[str, Share]:
    """Quarter → share by the newest submitted checkup in it, if the owner has agreed to both purposes and the business
    is vouched for.

    The first quarter of each year also says that the business is a new one of that year.
    """
    query = (
        select(Checkup)
        .where(Checkup.firm_id == firm_id, Checkup.business_id == business_id, Checkup.state.in_(COUNTED))
        .where(Checkup.submitted_at.is_not(None), Checkup.grade.is_not(None))
        .order_by(Checkup.submitted_at, Checkup.id)
    )
    rows: dict[str, list[Checkup]] = {}
    for row in session.scalars(query):
        if row.submitted_at is not None and agreed(session, row):
            rows.setdefault(period_of(city_day(row.submitted_at)), []).append(row)
    if not (rows and _is_vouched(session, firm_id, business_id, rows.values())):
        return {}
    firsts = {min(period for period in rows if period[:4] == year) for year in {period[:4] for period in rows}}
    return {period: _share(session, held, is_first=period in firsts) for period, held in rows.items()}


def _is_vouched(
    session: Session, firm_id: uuid.UUID, business_id: uuid.UUID, rows: Iterable[Sequence[Checkup]]
) -> bool:
    """A lawyer has signed for the business, or its owner's phone vouches for it: forms by one hand are none."""
    if any(row.state in SIGNED for held in rows for row in held):
        return True
    return bool(session.scalar(select(func.app_is_vouched(firm_id, business_id))))


def agreed(session: Session, row: Checkup) -> bool:
    """Whether the owner's newest receipts say yes to statistics and to the enterprise service cloud."""
    return {switch.purpose for switch in list_switches(session, row) if switch.granted} >= CONSENTS


def _share(session: Session, rows: Sequence[Checkup], *, is_first: bool) -> Share:
    """The newest checkup of a quarter decides; amounts are of all of them."""
    row, after = rows[-1], what_followed(session, rows)
    business = told_of(session, row, session.get_one(Business, (row.firm_id, row.business_id)))
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
        score=row.score if row.score is not None else GRADE_FROM[row.grade or "E"],
        month=month_of(city_day(row.submitted_at or row.started_at)),
        channel=row.channel if row.channel in CHANNELS else CHANNELS[0],
        version=row.pack_version,
        mended=after.mended,
        pace=after.pace,
        stars=after.stars,
        relief=after.relief,
    )
    items = items_of(get_pack(row.pack_id, row.pack_version), fact)
    return Share(items | {(FIRST, "")} if is_first else items, business.district, after.amounts)


def add_to_cells(session: Session, changes: Mapping[CellKey, int]) -> None:
    """Add to the counts, always in the same order, so that two businesses at once do not block each other."""
    if not changes:
        return
    rows = [
        {"period": period, "block": block, "key": key, "count": change}
        for (period, block, key), change in sorted(changes.items())
    ]
    added = insert(CubeCell).values(rows)
    session.execute(
        added.on_conflict_do_update(
            index_elements=["period", "block", "key"], set_={"count": CubeCell.count + added.excluded.count}
        )
    )


def recount(session: Session) -> Counter[CellKey]:
    """The counts from scratch, from what each business contributes."""
    counts = Counter[CellKey]()
    for row in session.scalars(select(Contribution)):
        counts.update((row.period, *item) for item in read_items(row.items))
    for one in session.scalars(select(ContributionSum)):
        counts[one.period, f"{SUM}{one.measure}", one.district] += one.amount
    return counts


def stored_counts(session: Session) -> dict[CellKey, int]:
    """The counts as they are kept, without the empty ones."""
    return {(row.period, row.block, row.key): row.count for row in session.scalars(select(CubeCell)) if row.count}


def replace_cells(session: Session, counts: Mapping[CellKey, int]) -> None:
    """Put a recount in the place of the kept counts."""
    session.execute(delete(CubeCell))
    session.add_all(CubeCell(period=cell[0], block=cell[1], key=cell[2], count=count) for cell, count in counts.items())
    session.flush()
