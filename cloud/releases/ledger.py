"""The ledger of what was released, read by pages and interface; light enough for every web worker."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cloud.cubes.cells import Cell
from cloud.cubes.models import (
    ContributionSum,
    DraftCell,
    PreviewLook,
    Release,
    ReleasedCell,
    ReleaseDraft,
    ReleaseEvent,
)
from cloud.cubes.periods import quarters_of

FREE, CONFIDENTIAL = "F", "C"


def write_cell(cell: Cell) -> str:
    return ";".join(f"{name}={value}" for name, value in cell)


def read_cell(text: str) -> Cell:
    parts = (part.partition("=") for part in text.split(";") if part)
    return tuple((name, value) for name, _, value in parts)


def list_releases(session: Session, *, after: int = 0, most: int = 50) -> Sequence[Release]:
    """Releases in the order of their numbers, beyond `after`."""
    return session.scalars(select(Release).where(Release.number > after).order_by(Release.number).limit(most)).all()


def list_editions(session: Session) -> Sequence[Release]:
    """The newest release of each quarter, newest quarter first."""
    newest = select(func.max(Release.number)).group_by(Release.period)
    query = select(Release).where(Release.number.in_(newest)).order_by(Release.period.desc())
    return session.scalars(query).all()


def list_cells(session: Session, number: int) -> dict[Cell, int | None]:
    """The cells of a release as they went out."""
    rows = select(ReleasedCell.cell, ReleasedCell.count).where(ReleasedCell.number == number)
    return {read_cell(cell): count for cell, count in session.execute(rows.order_by(ReleasedCell.cell)).tuples()}


def list_draft_cells(session: Session, draft_id: uuid.UUID) -> dict[Cell, int | None]:
    """The cells of a draft as they would go out."""
    rows = select(DraftCell.cell, DraftCell.count).where(DraftCell.draft_id == draft_id)
    return {read_cell(cell): count for cell, count in session.execute(rows.order_by(DraftCell.cell)).tuples()}


def list_drafts(session: Session, most: int = 50) -> Sequence[ReleaseDraft]:
    """Drafts, newest first."""
    return session.scalars(select(ReleaseDraft).order_by(ReleaseDraft.id.desc()).limit(most)).all()


def list_looks(session: Session, draft_id: uuid.UUID) -> Sequence[PreviewLook]:
    """Who has looked at a draft before it left, in order."""
    return session.scalars(select(PreviewLook).where(PreviewLook.draft_id == draft_id).order_by(PreviewLook.at)).all()


def list_events(session: Session, draft_id: uuid.UUID) -> Sequence[ReleaseEvent]:
    """The life of one release, in order."""
    query = select(ReleaseEvent).where(ReleaseEvent.draft_id == draft_id).order_by(ReleaseEvent.id)
    return session.scalars(query).all()


def count_own(session: Session, period: str) -> int:
    """How many contributions of the firm in scope are counted in a quarter or year."""
    query = select(func.count(ContributionSum.measure)).where(
        ContributionSum.period.in_(quarters_of(period)), ContributionSum.measure == "checkups"
    )
    return session.scalar(query) or 0
