"""From the kept counts to what a release is made of."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cloud.cubes.cells import SUM
from cloud.cubes.facts import split
from cloud.cubes.models import ContributionSum, CubeCell
from cloud.cubes.periods import quarters_of
from cloud.disclosure.dominance import LARGEST, MEASURES, Amount
from cloud.disclosure.quarters import Counts, Quarter, make_quarter


def read_quarter(session: Session, period: str) -> Quarter | None:
    """Everything that is counted in a quarter; None when nothing is."""
    counts, touched = Counts(), Counts()
    for row in session.scalars(select(CubeCell).where(CubeCell.period == period)):
        counts.setdefault(row.block, Counter())[split(row.key)] = row.count
        touched.setdefault(row.block, Counter())[split(row.key)] = row.turnover
    if "base" not in counts:
        return None
    return make_quarter(counts, touched, _read_amounts(session, period, counts, touched))


def read_quarters(session: Session, period: str) -> dict[str, Quarter]:
    """Every counted quarter of the period's year."""
    family = quarters_of(period[:4])
    return {quarter: held for quarter in family if (held := read_quarter(session, quarter)) is not None}


def _read_amounts(
    session: Session,
    period: str,
    counts: Counts,
    touched: Counts,
) -> dict[str, dict[str, Amount]]:
    """Measure → district → sum, from the kept sums and, for the rules, the few largest contributions to each."""
    largest = _largest(session, period)
    amounts: dict[str, dict[str, Amount]] = {}
    for measure in MEASURES:
        sums, moved = counts.get(f"{SUM}{measure}", Counter()), touched.get(f"{SUM}{measure}", Counter())
        for key, total in sums.items():
            top, behind = largest.get((measure, key[0]), ((), 0))
            amounts.setdefault(measure, {})[key[0]] = Amount(total, behind, top, moved[key])
    return amounts


def _largest(session: Session, period: str) -> dict[tuple[str, str], tuple[tuple[int, ...], int]]:
    """(measure, district) → the largest contributions, and how many businesses contribute."""
    place = func.row_number().over(
        partition_by=(ContributionSum.measure, ContributionSum.district), order_by=ContributionSum.amount.desc()
    )
    many = func.count().over(partition_by=(ContributionSum.measure, ContributionSum.district))
    ranked = (
        select(
            ContributionSum.measure,
            ContributionSum.district,
            ContributionSum.amount,
            place.label("place"),
            many.label("many"),
        )
        .where(ContributionSum.period == period, ContributionSum.amount > 0)
        .subquery()
    )
    found: dict[tuple[str, str], tuple[tuple[int, ...], int]] = {}
    query = select(ranked.c.measure, ranked.c.district, ranked.c.amount, ranked.c.many).where(ranked.c.place <= LARGEST)
    for measure, district, amount, many_of in session.execute(query.order_by(ranked.c.place)).tuples():
        held, _ = found.get((measure, district), ((), 0))
        found[measure, district] = ((*held, amount), many_of)
    return found
