"""From the kept counts to what a release is made of."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cloud.cubes.cells import SUM
from cloud.cubes.facts import read_items, split
from cloud.cubes.models import Contribution, ContributionSum, CubeCell
from cloud.cubes.periods import quarters_of
from cloud.disclosure.dominance import LARGEST, MEASURES, Amount
from cloud.disclosure.quarters import Counts, Quarter, make_quarter

_COUNTS = select(CubeCell.block, CubeCell.key, CubeCell.count)
_BATCH = 5_000


def read_quarter(session: Session, period: str) -> Quarter | None:
    """Everything that is counted in a quarter; None when nothing is. Counting goes on meanwhile: the counts are read
    at one moment, and what the rules read after them is at most a little newer."""
    counts = Counts()
    for block, key, count in session.execute(_COUNTS.where(CubeCell.period == period)).tuples():
        counts.setdefault(block, Counter())[split(key)] = count
    if "base" not in counts:
        return None
    return make_quarter(counts, _read_amounts(session, period, counts), _read_firms(session, period))


def read_quarters(session: Session, period: str) -> dict[str, Quarter]:
    """Every counted quarter of the period."""
    family = quarters_of(period)
    return {quarter: held for quarter in family if (held := read_quarter(session, quarter)) is not None}


def _read_firms(session: Session, period: str) -> dict[str, Counts]:
    """Firm → what its own businesses add to the counts."""
    firms: dict[str, Counter[str]] = {}
    query = select(Contribution.firm_id, Contribution.items).where(Contribution.period == period)
    for firm_id, items in session.execute(query.execution_options(yield_per=_BATCH)).tuples():
        firms.setdefault(str(firm_id), Counter()).update(items.splitlines())
    return {firm: _by_block(held) for firm, held in firms.items()}


def _by_block(lines: Counter[str]) -> Counts:
    counts = Counts()
    for line, count in lines.items():
        [(block, key)] = read_items(line)
        counts.setdefault(block, Counter())[split(key)] = count
    return counts


def _read_amounts(session: Session, period: str, counts: Counts) -> dict[str, dict[str, Amount]]:
    """Measure → district → sum, from the kept sums and, for the rules, the few largest contributions to each."""
    largest = _largest(session, period)
    amounts: dict[str, dict[str, Amount]] = {}
    for measure in MEASURES:
        for key, total in counts.get(f"{SUM}{measure}", Counter()).items():
            top, behind = largest.get((measure, key[0]), ((), 0))
            amounts.setdefault(measure, {})[key[0]] = Amount(total, behind, top)
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
