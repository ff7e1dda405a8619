"""From the kept counts to what a release is made of."""

from collections import Counter
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bureau.reports.edition_rules import period_days
from bureau.reports.survey import count_answers
from cloud.cubes.cells import SUM, SURVEY
from cloud.cubes.facts import read_items, split
from cloud.cubes.models import Contribution, ContributionSum, CubeCell
from cloud.cubes.periods import quarters_of
from cloud.disclosure.dominance import LARGEST, MEASURES, Amount, pooled
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
    amounts, firms = _read_amounts(session, period, counts), _read_firms(session, period)
    first, after = period_days(period)
    for (firm, question, answer), count in count_answers(session, first=first, after=after).items():
        for held in (counts, firms.setdefault(firm, {})):
            held.setdefault(f"{SURVEY}{question}", Counter())[answer,] += count
    return make_quarter(counts, amounts, firms)


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
    """Measure → district → sum, from the kept sums and, for the rules, what stands behind them at each firm."""
    parts = _read_parts(session, period)
    amounts: dict[str, dict[str, Amount]] = {}
    for measure in MEASURES:
        for key, total in counts.get(f"{SUM}{measure}", Counter()).items():
            firms = parts.get((measure, key[0]), {})
            whole = replace(pooled(list(firms.values())), total=total, firms=firms)
            amounts.setdefault(measure, {})[key[0]] = whole
    return amounts


def _read_parts(session: Session, period: str) -> dict[tuple[str, str], dict[str, Amount]]:
    """(measure, district) → firm → its sum, how many of its businesses stand behind it, the largest contributions."""
    firm = (ContributionSum.measure, ContributionSum.district, ContributionSum.firm_id)
    ranked = (
        select(
            *firm,
            ContributionSum.amount,
            func.row_number().over(partition_by=firm, order_by=ContributionSum.amount.desc()).label("place"),
            func.count().over(partition_by=firm).label("many"),
            func.sum(ContributionSum.amount).over(partition_by=firm).label("total"),
        )
        .where(ContributionSum.period == period, ContributionSum.amount > 0)
        .subquery()
    )
    found: dict[tuple[str, str], dict[str, Amount]] = {}
    query = select(ranked).where(ranked.c.place <= LARGEST).order_by(ranked.c.place)
    for measure, district, firm_id, amount, _, many, total in session.execute(query).tuples():
        firms = found.setdefault((measure, district), {})
        largest = firms[str(firm_id)].largest if str(firm_id) in firms else ()
        firms[str(firm_id)] = Amount(int(total), many, (*largest, amount))
    return found
