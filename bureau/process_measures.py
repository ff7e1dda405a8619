"""What indicators and reports take from process data: the lawyers' work of a period, counted in the bureau's role."""

import datetime as dt
import statistics
import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.home import start_of
from bureau.measures import COUNT, DAYS, Measure
from bureau.parameters import find_value
from checkup.progress import Progress
from tenants.clock import city_day
from tenants.working_days import working_days_between


def period_days(period: str) -> tuple[dt.date, dt.date]:
    """The first day of a year or quarter, and the first day after it."""
    year, _, quarter = period.partition("-Q")
    first = dt.date(int(year), 3 * int(quarter or 1) - 2, 1)
    months = 3 if quarter else 12
    after = first.month - 1 + months
    return first, dt.date(first.year + after // 12, after % 12 + 1, 1)


def read_process(session: Session, *, bureau_id: uuid.UUID, period: str) -> list[Measure]:
    """Reviews signed, signed in time (by the parameter in force when they were submitted), and the median of days."""
    first, after = period_days(period)
    query = select(Progress.submitted_at, Progress.signed_at).where(
        Progress.signed_at >= start_of(first), Progress.signed_at < start_of(after)
    )
    took = [
        (city_day(submitted), working_days_between(city_day(submitted), city_day(signed)).days)
        for submitted, signed in session.execute(query).tuples()
        if submitted is not None and signed is not None
    ]
    allowed = {
        day: find_value(session, bureau_id=bureau_id, key="review_days", on=day) for day in {day for day, _ in took}
    }
    source = f"process {first.isoformat()}–{(after - dt.timedelta(days=1)).isoformat()}: {{}}"
    measures = [
        Measure("reviews_signed", float(len(took)), COUNT, source.format("checkups signed")),
        Measure(
            "reviews_on_time",
            float(sum(days <= allowed[day] for day, days in took)),
            COUNT,
            source.format("signed within review_days"),
        ),
    ]
    if took:
        median = float(statistics.median(days for _, days in took))
        measures.append(Measure("review_days_median", median, DAYS, source.format("median working days to signature")))
    return measures


# Other subjects of the house hand in what they know of a period: (session, bureau, period) → measures.
Reader = Callable[..., list[Measure]]
READERS: Sequence[Reader] = (read_process,)


def read_all(session: Session, *, bureau_id: uuid.UUID, period: str) -> list[Measure]:
    """Every process measure of the period, under Scope(BUREAU, bureau)."""
    return [one for read in READERS for one in read(session, bureau_id=bureau_id, period=period)]
