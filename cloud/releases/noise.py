"""The other method: noise at the finest level (differential privacy), with a budget that is spent once.

Each count of a business by district, section and size, and by district, size and grade, gets discrete Laplace noise
(`tenants.noise`). One business moves one count of each of the two tables by one, so each table spends half of the
release's epsilon.
"""

import uuid
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cloud.cubes.cells import Block, Cell, base_block, cell_of, grade_block
from cloud.cubes.models import NoiseSpent
from cloud.cubes.periods import is_year
from cloud.releases.cell_reader import read_quarter
from cloud.releases.draft import Draft, Nothing
from tenants.errors import Conflict
from tenants.noise import discrete_laplace

NOISE = "noise"
EPSILON = Fraction(1)  # of one draft, published or not: who previews it has seen it
YEAR_BUDGET = Fraction(4)
_TABLES = (base_block({}).dimensions, grade_block({}).dimensions)
EPSILON_OF_TABLE = EPSILON / len(_TABLES)


def noisy_release(session: Session, draft_id: uuid.UUID, period: str) -> Draft:
    """A quarter's counts with noise, and the budget of its year charged.

    Raises: Nothing; Conflict `budget` when the year has no budget left.
    """
    quarter = None if is_year(period) else read_quarter(session, period)
    if quarter is None:
        raise Nothing
    if spent_budget(session, period[:4]) + EPSILON > YEAR_BUDGET:
        raise Conflict("budget")
    session.add(NoiseSpent(draft_id=draft_id, year=period[:4], epsilon=float(EPSILON)))
    session.flush()
    cells: dict[Cell, int | None] = {}
    for block in quarter.world.blocks:
        if block.dimensions in _TABLES:
            cells |= with_noise(block)
    return Draft(period, 0, cells, NOISE)


def spent_budget(session: Session, year: str) -> Fraction:
    """What drafts with noise have spent of a year's epsilon so far."""
    return Fraction(session.scalar(select(func.sum(NoiseSpent.epsilon)).where(NoiseSpent.year == year)) or 0)


def with_noise(block: Block, epsilon: Fraction = EPSILON_OF_TABLE) -> dict[Cell, int]:
    """Every margin, and the finest counts, from the same noisy counts; what falls below nothing is shown as nothing."""
    noisy = {key: block.counts.get(key, 0) + discrete_laplace(1 / epsilon) for key in block.combinations()}
    cells: dict[Cell, int] = {}
    for part in (*block.shown, block.dimensions):
        for key, count in noisy.items():
            cell = cell_of(block.dimensions, key, part)
            cells[cell] = cells.get(cell, 0) + count
    return {cell: max(0, count) for cell, count in cells.items()}
