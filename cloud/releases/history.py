"""The ledger's releases as the next one must reckon with them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cloud.cubes.models import Release, ReleasedCell
from cloud.cubes.periods import family_of
from cloud.disclosure.earlier_releases import Release as EarlierRelease
from cloud.disclosure.earlier_releases import Told
from cloud.releases.ledger import read_cell


def list_told(session: Session, period: str) -> list[EarlierRelease]:
    """The releases that hold numbers of this period, oldest first."""
    query = select(Release.period, Release.number).where(Release.period.in_(family_of(period))).order_by(Release.number)
    return [(theirs, _cells(session, number)) for theirs, number in session.execute(query).tuples()]


def _cells(session: Session, number: int) -> dict[tuple[tuple[str, str], ...], Told]:
    rows = session.scalars(select(ReleasedCell).where(ReleasedCell.number == number))
    return {read_cell(row.cell): Told(row.count, row.turnover, row.is_primary) for row in rows}
