"""What indicators and reports take from process data: the lawyers' work of a period, counted in the bureau's role."""

import datetime as dt
import statistics
import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bureau.complaints.models import Complaint
from bureau.hours.models import HourEntry
from bureau.hours.rule_book import load_book
from bureau.hours.rules import AID
from bureau.hours.states import COUNTED
from bureau.parameters.in_force import get_value
from bureau.reports.measures import COUNT, DAYS, MINUTES, Measure
from bureau.reports.survey import count_answers, survey_measures
from checkup.cases.progress import Progress
from tenants.clock import city_day, start_of
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
        day: get_value(session, bureau_id=bureau_id, key="review_days", on=day) for day in {day for day, _ in took}
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


def read_hours(session: Session, *, bureau_id: uuid.UUID, period: str) -> list[Measure]:
    """Minutes that count and that are verified, lawyers with an entry, and those who have reached the yearly target.

    The target is a year's: a quarter has none.
    """
    first, after = period_days(period)
    book, source = load_book(session, bureau_id), f"hours {first.year}: {{}}"
    in_period = (HourEntry.day >= first, HourEntry.day < after, HourEntry.state.in_(COUNTED))
    query = select(
        func.coalesce(func.sum(HourEntry.credited_minutes), 0),
        func.coalesce(func.sum(HourEntry.credited_minutes).filter(HourEntry.state == "verified"), 0),
        func.count(HourEntry.lawyer_id.distinct()),
    ).where(*in_period)
    counted, verified, lawyers = session.execute(query).one()
    measures = [
        Measure("minutes_counted", float(counted), MINUTES, source.format("confirmed, sampled or verified")),
        Measure("minutes_verified", float(verified), MINUTES, source.format("verified")),
        Measure("lawyers", float(lawyers), COUNT, source.format("lawyers with minutes that count")),
    ]
    if "-Q" not in period:
        aid = func.count(HourEntry.reference.distinct()).filter(HourEntry.category == AID)
        last = after - dt.timedelta(days=1)
        reached = (
            select(HourEntry.lawyer_id)
            .where(*in_period)
            .group_by(HourEntry.lawyer_id)
            .having(
                (func.sum(HourEntry.credited_minutes) >= book.number("hours_target", last))
                | (aid >= book.number("hours_cases", last))
            )
            .subquery()
        )
        count = session.scalars(select(func.count()).select_from(reached)).one()
        measures.append(Measure("lawyers_reached", float(count), COUNT, source.format("at the yearly target")))
    return measures


def read_complaints(session: Session, *, bureau_id: uuid.UUID, period: str) -> list[Measure]:
    """Complaints made in the period, and those settled by their day."""
    first, after = period_days(period)
    query = select(Complaint.due_on, Complaint.settled_at).where(
        Complaint.opened_at >= start_of(first), Complaint.opened_at < start_of(after)
    )
    rows = session.execute(query).tuples().all()
    in_time = sum(settled is not None and city_day(settled) <= due for due, settled in rows)
    source = f"complaints {first.isoformat()}–{(after - dt.timedelta(days=1)).isoformat()}: {{}}"
    return [
        Measure("complaints", float(len(rows)), COUNT, source.format("made")),
        Measure("complaints_in_time", float(in_time), COUNT, source.format("settled by their day")),
    ]


def read_survey(session: Session, *, bureau_id: uuid.UUID, period: str) -> list[Measure]:
    """Who knew of the service, and who turns to it first."""
    first, after = period_days(period)
    counts = count_answers(session, first=first, after=after)
    return survey_measures(counts, f"{first.isoformat()}–{(after - dt.timedelta(days=1)).isoformat()}")


Reader = Callable[..., list[Measure]]
READERS: Sequence[Reader] = (read_process, read_hours, read_complaints, read_survey)


def read_all(session: Session, *, bureau_id: uuid.UUID, period: str) -> list[Measure]:
    """Every process measure of the period, under Scope(BUREAU, bureau)."""
    return [one for read in READERS for one in read(session, bureau_id=bureau_id, period=period)]
