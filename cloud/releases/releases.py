"""A release in its life: drafted, checked, published, corrected by a newer one; numbered, in the ledger, unchanged."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from cloud.cubes.cells import Cell
from cloud.cubes.models import DraftCell, PreviewLook, Release, ReleasedCell, ReleaseDraft, ReleaseEvent
from cloud.cubes.periods import family_of
from cloud.partners.feed import announce
from cloud.releases import states
from cloud.releases.cell_reader import read_quarters
from cloud.releases.draft import SUPPRESSION, Draft, Nothing, Refused, draft_of
from cloud.releases.history import keep_told, read_told
from cloud.releases.ledger import CONFIDENTIAL, FREE, list_cells, read_cell, write_cell
from cloud.releases.noise import NOISE, noisy_release
from tenants.anonymity import protected_width
from tenants.audit import Actor
from tenants.base import new_id
from tenants.errors import Conflict
from tenants.one_at_a_time import one_at_a_time
from tenants.rows import get_one

LICENCE = "CC-BY-4.0"
METHODS = {
    SUPPRESSION: "Counts of businesses (newest checkup per business and quarter, owners who agreed) and sums of what "
    "they were given. Cells that give somebody away and those needed to hide them carry CONF_STATUS C and no value; "
    "which is which is not told. For every withheld cell there are other cities, in whole numbers, that publish the "
    "very same. A number stays as it was told until at least as many businesses as the threshold have changed it; "
    "what was withheld stays withheld; a year adds its quarters as told.",
    NOISE: "Counts of businesses (newest checkup per business and quarter, owners who agreed), each with discrete "
    "Laplace noise at the finest level: differential privacy with the epsilon given here.",
}
DEFINITIONS = {
    "businesses": "one per business and quarter, in the month of its newest submitted checkup; a year adds quarters",
    "answers": "of the survey on the result page, given without a name: `known`, whether the service was known before; "
    "`first`, to whom one turns first",
    "distinct": "businesses of a year, each once, however many of its quarters it was counted in",
    "checkups": "submitted checkups of these businesses",
    "waived_fen": "fees let off or reduced, in fen",
    "deferred_fen": "fees put off or split into instalments, in fen",
    "minutes": "pro bono minutes given to these businesses and not rejected",
    "band": "score of 0 to 100, in bands that hold their lower edge",
    "mended": "findings being mended: none planned, open, part or all of them done",
    "pace": "days from the plan to the first finding mended: up to 30, up to 90, later",
}


def ask_draft(session: Session, *, period: str, method: str, k: int, by: str, now: dt.datetime) -> ReleaseDraft:
    """A draft that waits for the worker to fill and check it."""
    row = ReleaseDraft(
        id=new_id(), period=period, method=method, threshold=k, after=0, state="drafted", asked_at=now, number=None
    )
    session.add(row)
    session.flush()
    session.add(ReleaseEvent(draft_id=row.id, actor_name=by, was="", became="drafted", why="", at=now))
    session.flush()
    return row


def fill_draft(session: Session, draft_id: uuid.UUID, *, now: dt.datetime) -> ReleaseDraft:
    """Count, protect, audit: the draft becomes `checked`, or `failed` with the reason.

    What was checked may be seen, so it is told from then on, and that nothing has moved is told too: the next draft
    reckons with it. Counting never waits.
    """
    row = get_draft(session, draft_id)
    if row.state != "drafted":
        return row
    one_at_a_time(session, "release draft")
    row.after = _newest_number(session, row.period)
    try:
        made = make_draft(session, row)
    except Nothing:
        _move(session, row, "fail", by="", now=now, why="nothing")
    except Refused as refused:
        _move(session, row, "fail", by="", now=now, why=refused.why)
    except Conflict as conflict:
        _move(session, row, "fail", by="", now=now, why=conflict.code)
    else:
        session.add_all(
            DraftCell(
                draft_id=row.id,
                cell=write_cell(cell),
                count=count,
                status=CONFIDENTIAL if count is None else FREE,
            )
            for cell, count in made.cells.items()
        )
        _move(session, row, "pass", by="", now=now, why=name_cut(made))
    session.flush()
    return row


def make_draft(session: Session, row: ReleaseDraft) -> Draft:
    """Raises: Nothing; Refused; Conflict `method` where exact counts and noise would meet, or `budget`."""
    query = select(ReleaseDraft.id).where(
        ReleaseDraft.period.in_(family_of(row.period)),
        ReleaseDraft.method != row.method,
        ReleaseDraft.state.not_in(("drafted", "failed")),  # a dropped one was seen
    )
    if session.scalars(query).first() is not None:
        raise Conflict("method")
    if row.method != SUPPRESSION:
        return noisy_release(session, row.id, row.period)
    read, told = read_quarters(session, row.period), read_told(session, row.period)
    made = draft_of(row.period, read, told, k=row.threshold)
    keep_told(session, made.states)
    if made.cells == _published_cells(session, row.period):
        raise Refused("few")
    return made


def _published_cells(session: Session, period: str) -> dict[Cell, int | None]:
    newest = session.scalar(select(func.max(Release.number)).where(Release.period == period))
    return {} if newest is None else list_cells(session, newest)


def name_cut(made: Draft) -> str:
    """The tables that were left out, one per line."""
    return "\n".join(sorted(" × ".join(table) for table in made.cut))


def get_draft(session: Session, draft_id: uuid.UUID) -> ReleaseDraft:
    """Locked, so that it is filled and published once. Raises: NotFound."""
    return get_one(session, select(ReleaseDraft).where(ReleaseDraft.id == draft_id).with_for_update())


def _newest_number(session: Session, period: str) -> int:
    """The newest release that holds numbers of this period."""
    query = select(func.max(Release.number)).where(Release.period.in_(family_of(period)))
    return session.scalar(query) or 0


def _move(session: Session, row: ReleaseDraft, step: str, *, by: str, now: dt.datetime, why: str = "") -> None:
    was, row.state = row.state, states.LIFE.after(row.state, step)
    row.why = why
    session.add(ReleaseEvent(draft_id=row.id, actor_name=by, was=was, became=row.state, why=why, at=now))


def show_draft(session: Session, draft_id: uuid.UUID, *, by: str, now: dt.datetime) -> None:
    """Heads of the bureau and the firms' admins may look before it leaves. Raises: NotFound, Conflict `not_now`."""
    _move(session, get_draft(session, draft_id), "show", by=by, now=now)


def note_look(session: Session, draft: ReleaseDraft, *, by: Actor, now: dt.datetime) -> None:
    """Who looks at what has not left yet is on record, once."""
    if draft.state == "shown" and by.id is not None:
        look = {"draft_id": draft.id, "person_id": by.id, "name": by.name, "at": now}
        session.execute(insert(PreviewLook).values(look).on_conflict_do_nothing())


def drop_draft(session: Session, draft_id: uuid.UUID, *, by: str, now: dt.datetime) -> None:
    """The draft will not leave. Raises: NotFound, Conflict `not_now`."""
    _move(session, get_draft(session, draft_id), "drop", by=by, now=now)


def publish_draft(session: Session, draft_id: uuid.UUID, *, by: str, now: dt.datetime) -> Release:
    """Number a checked draft, write it into the ledger and tell the subscribers, under Scope(OPERATOR).

    Raises: NotFound; Conflict `not_now`, or `stale` when something of the period was published since the check.
    """
    row = get_draft(session, draft_id)
    states.LIFE.after(row.state, "publish")
    if _newest_number(session, row.period) != row.after:
        raise Conflict("stale")
    cells = session.scalars(select(DraftCell).where(DraftCell.draft_id == row.id)).all()
    number = (session.scalar(select(func.max(Release.number))) or 0) + 1
    manifest = json.dumps(make_manifest(row, cells, number, now), ensure_ascii=False, sort_keys=True)
    release = Release(
        number=number,
        period=row.period,
        threshold=row.threshold,
        made_at=now,
        manifest=manifest,
        manifest_hash=hashlib.sha256(manifest.encode()).hexdigest(),
    )
    session.add(release)
    session.add_all(
        ReleasedCell(
            number=number,
            cell=cell.cell,
            count=cell.count,
            status=cell.status,
        )
        for cell in cells
    )
    _correct(session, row.period, number, by=by, now=now)
    _move(session, row, "publish", by=by, now=now)
    row.number = number
    session.flush()
    announce(session, number, now)
    return release


def _correct(session: Session, period: str, number: int, *, by: str, now: dt.datetime) -> None:
    """What was published of this period before is corrected by the new number."""
    query = select(ReleaseDraft).where(ReleaseDraft.period == period, ReleaseDraft.state == "published")
    for older in session.scalars(query.with_for_update()):
        _move(session, older, "correct", by=by, now=now, why=str(number))


def make_manifest(draft: ReleaseDraft, cells: Sequence[DraftCell], number: int, now: dt.datetime) -> dict[str, object]:
    """What a reader must know: number, period, rules, definitions, pack versions, hash of the cells, what was kept."""
    named = sorted((read_cell(cell.cell), cell.count) for cell in cells)
    lines = "\n".join(f"{write_cell(cell)}\t{'' if n is None else n}" for cell, n in named)
    shown = sum(n is not None for _, n in named)
    return {
        "number": number,
        "period": draft.period,
        "made_at": now.isoformat(timespec="seconds"),
        "threshold": draft.threshold,
        "protected_width": protected_width(draft.threshold),
        "dominance": {"n": 2, "share": 0.85, "p": 0.1},
        "cells": len(named),
        "published": shown,
        "withheld": len(named) - shown,
        "cells_sha256": hashlib.sha256(lines.encode()).hexdigest(),
        "method": METHODS[draft.method],
        "definitions": DEFINITIONS,
        "pack_versions": sorted({value for cell, _ in named for name, value in cell if name == "version"}),
        "licence": LICENCE,
    }
