"""A release: one quarter's cells after disclosure control, numbered, written into the ledger, never changed."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cloud.cells import TOPIC, WITH, Block, Cell, base_block, grade_block, shown_cells, topic_block
from cloud.disclosure import THRESHOLD, Verdict, protect, protected_width
from cloud.facts import split
from cloud.feed import announce
from cloud.ledger import CONFIDENTIAL, FREE, read_cell, write_cell
from cloud.models import CubeCell, Release, ReleasedCell
from tenants.errors import DomainError

LICENCE = "CC-BY-4.0"
METHOD = (
    "Counts of businesses (newest checkup per business and quarter, owners who agreed). Cells that give somebody away "
    "and those needed to hide them carry CONF_STATUS C and no value; which is which is not told. All linked tables are "
    "audited together by linear programming."
)


class Unsafe(DomainError):
    """The audit found cells that could be narrowed down; nothing was published."""

    def __init__(self, cells: Mapping[Cell, tuple[float, float]]) -> None:
        self.cells = cells


class Nothing(DomainError):
    """There is no count in this quarter."""


@dataclass(frozen=True)
class Draft:
    """What would leave: every cell with its count, or None where it is withheld."""

    period: str
    threshold: int
    cells: Mapping[Cell, int | None]
    turnover: Mapping[Cell, int]
    verdict: Verdict


def read_blocks(session: Session, period: str) -> tuple[list[Block], dict[Cell, int], dict[Cell, int]]:
    """The quarter's blocks, the city's counts per risk, and how often each shown cell has changed so far."""
    counts: dict[str, Counter[tuple[str, ...]]] = {}
    turnover: dict[str, Counter[tuple[str, ...]]] = {}
    for row in session.scalars(select(CubeCell).where(CubeCell.period == period)):
        counts.setdefault(row.block, Counter())[split(row.key)] = row.count
        turnover.setdefault(row.block, Counter())[split(row.key)] = row.turnover
    risks = {_risk_cell(key[0]): count for key, count in counts.pop("risk", Counter()).items()}
    changed = {_risk_cell(key[0]): times for key, times in turnover.pop("risk", Counter()).items()}
    changed |= shown_cells([_block(name, held) for name, held in turnover.items()])
    return [_block(name, counts[name]) for name in sorted(counts)], risks, changed


def _risk_cell(risk: str) -> Cell:
    return ((f"risk:{risk}", WITH),)


def _block(name: str, counts: Counter[tuple[str, ...]]) -> Block:
    if name == "base":
        return base_block(counts)
    return grade_block(counts) if name == "grade" else topic_block(name.removeprefix(TOPIC), counts)


def draft_release(session: Session, period: str, *, k: int = THRESHOLD) -> Draft:
    """The preview of a release: `this is what would leave`. Raises: Nothing, Unsafe."""
    blocks, risks, turnover = read_blocks(session, period)
    if not blocks:
        raise Nothing
    counts = shown_cells(blocks)
    changed = _changed_a_little(session, period, turnover, k)
    verdict = protect(blocks, counts, k=k, also=frozenset(changed & counts.keys()))
    if verdict.open:
        raise Unsafe(verdict.open)
    cells: dict[Cell, int | None] = {c: None if c in verdict.hidden else n for c, n in counts.items()}
    total = counts[()]
    for cell, count in risks.items():
        is_safe = count == 0 or k <= count <= total - k
        cells[cell] = count if is_safe and cell not in changed else None
    return Draft(period, k, cells, turnover, verdict)


def _changed_a_little(session: Session, period: str, turnover: Mapping[Cell, int], k: int) -> set[Cell]:
    """Cells that fewer than k changes have touched since they were last published in this quarter.

    Their difference to that edition would tell of single businesses, so this one withholds them.
    """
    query = (
        select(ReleasedCell.cell, func.max(ReleasedCell.turnover))
        .join(Release, Release.number == ReleasedCell.number)
        .where(Release.period == period, ReleasedCell.status == FREE)
        .group_by(ReleasedCell.cell)
    )
    seen = {read_cell(cell): then for cell, then in session.execute(query).tuples()}
    return {cell for cell, then in seen.items() if 0 < turnover.get(cell, 0) - then < k}


def publish_release(session: Session, draft: Draft, *, now: dt.datetime) -> Release:
    """Number the draft and write it into the ledger, under Scope(OPERATOR)."""
    number = (session.scalar(select(func.max(Release.number))) or 0) + 1
    manifest = json.dumps(make_manifest(draft, number, now), ensure_ascii=False, sort_keys=True)
    release = Release(
        number=number,
        period=draft.period,
        threshold=draft.threshold,
        made_at=now,
        manifest=manifest,
        manifest_hash=hashlib.sha256(manifest.encode()).hexdigest(),
    )
    session.add(release)
    session.add_all(
        ReleasedCell(
            number=number,
            cell=write_cell(cell),
            count=count,
            status=CONFIDENTIAL if count is None else FREE,
            turnover=draft.turnover.get(cell, 0),
        )
        for cell, count in draft.cells.items()
    )
    session.flush()
    announce(session, number, now)
    return release


def make_manifest(draft: Draft, number: int, now: dt.datetime) -> dict[str, object]:
    """What a reader must know: number, period, rules, definitions, hash of the cells, what was kept back."""
    lines = "\n".join(f"{write_cell(cell)}\t{'' if n is None else n}" for cell, n in sorted(draft.cells.items()))
    shown = [n for n in draft.cells.values() if n is not None]
    return {
        "number": number,
        "period": draft.period,
        "made_at": now.isoformat(timespec="seconds"),
        "threshold": draft.threshold,
        "protected_width": protected_width(draft.threshold),
        "cells": len(draft.cells),
        "published": len(shown),
        "withheld": len(draft.cells) - len(shown),
        "cells_sha256": hashlib.sha256(lines.encode()).hexdigest(),
        "method": METHOD,
        "licence": LICENCE,
    }
