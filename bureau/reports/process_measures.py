"""What indicators and reports take from process data: the lawyers' work of a period, counted in the bureau's role."""

import datetime as dt
import statistics
import uuid
from collections.abc import Callable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bureau.complaints.models import Complaint
from bureau.gatherings.models import Gathering, GatheringTold
from bureau.gatherings.states import CAME, HELD
from bureau.hours.models import HourEntry
from bureau.hours.rule_book import load_book
from bureau.hours.rules import AID
from bureau.hours.states import COUNTED
from bureau.parameters.in_force import get_value
from bureau.reports.edition_rules import last_day_counted, period_days
from bureau.reports.measures import COUNT, DAYS, MINUTES, Measure
from checkup.cases.progress import WAITING, Progress
from checkup.mediation.standing import read_ended
from checkup.referrals.numbers import read_told, read_work
from checkup.referrals.states import HANDLED, OTHER_RATED, RATED
from tenants.clock import city_day, start_of
from tenants.models import Provider
from tenants.providers.kinds import MEDIATION
from tenants.working_days import working_days_after, working_days_between

_LONGEST = dt.timedelta(days=90)  # no review may take longer: thirty working days, with holidays between


def read_process(session: Session, *, bureau_id: uuid.UUID, period: str, today: dt.date) -> list[Measure]:
    """Reviews signed and the median of their days; reviews due by the end of the period, and those signed by their day.

    Due is what an owner asked for and did not take back, once its last day (by the parameter in force when it was
    submitted) is over: what nobody signs is late, not left out.
    """
    first, after = period_days(period)
    rows = _wanted(session, first, after)
    allowed = dict[dt.date, dt.date]()
    for day in {day for day, _ in rows}:
        days = get_value(session, bureau_id=bureau_id, key="review_days", on=day)
        allowed[day] = working_days_after(day, days).day
    due = [(allowed[day], signed) for day, signed in rows if first <= allowed[day] < min(after, today)]
    took = [working_days_between(day, signed).days for day, signed in rows if signed and first <= signed < after]
    named = _source("process", period, today)
    measures = [
        Measure("reviews_signed", float(len(took)), COUNT, named("checkups signed")),
        Measure("reviews_due", float(len(due)), COUNT, named("reviews whose last day lies in it, signed or not")),
        Measure(
            "reviews_on_time",
            float(sum(signed is not None and signed <= last for last, signed in due)),
            COUNT,
            named("of those due, signed by their day (review_days)"),
        ),
    ]
    if took:
        median = float(statistics.median(took))
        measures.append(Measure("review_days_median", median, DAYS, named("median working days to signature")))
    return measures


def _wanted(session: Session, first: dt.date, after: dt.date) -> list[tuple[dt.date, dt.date | None]]:
    """(submitted, signed) of the reviews that were asked for, and signed or still waited for, around these days."""
    query = select(Progress.submitted_at, Progress.signed_at).where(
        Progress.submitted_at < start_of(after),
        Progress.signed_at.is_not(None) | (Progress.review_wanted & Progress.state.in_(WAITING)),
        (Progress.submitted_at >= start_of(first - _LONGEST)) | (Progress.signed_at >= start_of(first)),
    )
    return [
        (city_day(submitted), city_day(signed) if signed else None)
        for submitted, signed in session.execute(query).tuples()
        if submitted is not None
    ]


def _source(kind: str, period: str, today: dt.date) -> Callable[[str], str]:
    """The days that are counted, before what is counted in them."""
    days = f"{kind} {period_days(period)[0].isoformat()}–{last_day_counted(period, today).isoformat()}"
    return lambda what: f"{days}: {what}"


def read_hours(session: Session, *, bureau_id: uuid.UUID, period: str, today: dt.date) -> list[Measure]:
    """Minutes that count and that are verified, lawyers with an entry, and those who have reached the yearly target.

    The target is a year's: a quarter has none.
    """
    first, after = period_days(period)
    book, named = load_book(session, bureau_id), _source("hours", period, today)
    in_period = (HourEntry.day >= first, HourEntry.day < after, HourEntry.state.in_(COUNTED))
    query = select(
        func.coalesce(func.sum(HourEntry.credited_minutes), 0),
        func.coalesce(func.sum(HourEntry.credited_minutes).filter(HourEntry.state == "verified"), 0),
        func.count(HourEntry.lawyer_id.distinct()),
    ).where(*in_period)
    counted, verified, lawyers = session.execute(query).one()
    measures = [
        Measure("minutes_counted", float(counted), MINUTES, named("confirmed, sampled or verified")),
        Measure("minutes_verified", float(verified), MINUTES, named("verified")),
        Measure("lawyers", float(lawyers), COUNT, named("lawyers with minutes that count")),
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
        measures.append(Measure("lawyers_reached", float(count), COUNT, named("of these, at the yearly target")))
    return measures


def read_complaints(session: Session, *, bureau_id: uuid.UUID, period: str, today: dt.date) -> list[Measure]:
    """Complaints made in the period; those whose day for an answer lies in it, and the ones settled by that day.

    What its owner took back is due to nobody.
    """
    first, after = period_days(period)
    made = select(func.count()).where(Complaint.opened_at >= start_of(first), Complaint.opened_at < start_of(after))
    query = select(Complaint.due_on, Complaint.settled_at).where(
        Complaint.due_on >= first, Complaint.due_on < min(after, today), Complaint.state != "withdrawn"
    )
    due = session.execute(query).tuples().all()
    in_time = sum(settled is not None and city_day(settled) <= last for last, settled in due)
    named = _source("complaints", period, today)
    return [
        Measure("complaints", float(session.scalars(made).one()), COUNT, named("made")),
        Measure("complaints_due", float(len(due)), COUNT, named("whose day for an answer lies in it, settled or not")),
        Measure("complaints_in_time", float(in_time), COUNT, named("of those due, settled by their day")),
    ]


def read_bodies(session: Session, *, bureau_id: uuid.UUID, period: str, today: dt.date) -> list[Measure]:
    """Matters handed to bodies in the period and their working days until closed, of mediation apart; of a year, what
    is told of how they ended and what owners made of it: withheld while too few have said it."""
    first, after = period_days(period)
    named = _source("bodies", period, today)
    measures = []
    for key, kind in (("referral", ""), ("mediation", MEDIATION)):
        work = read_work(session, first=first, after=after, kind=kind)
        what = kind or "any kind"
        measures.append(Measure(f"{key}s", float(work.sent), COUNT, named(f"handed to bodies, {what}")))
        if work.days is not None:
            said = named(f"median working days until closed, {what}")
            measures.append(Measure(f"{key}_days_median", work.days, DAYS, said))
    talks = read_ended(session, first=first, after=after)
    said = named("mediations that ended, with an agreement or without")
    measures.append(Measure("talks_ended", float(talks.ended), COUNT, said))
    if talks.days is not None:
        said = named("median working days from the asking to the end of a mediation")
        measures.append(Measure("talk_days_median", talks.days, DAYS, said))
    return [*measures, *([] if "-Q" in period else _told(session, first.year))]


def _told(session: Session, year: int) -> list[Measure]:
    kinds = session.execute(select(Provider.id, Provider.kind)).tuples().all()
    every = read_told(session, [one for one, _kind in kinds], year)
    talks = read_told(session, [one for one, kind in kinds if kind == MEDIATION], year)
    return [
        Measure(key, float(told[cell]) if told[cell] else None, COUNT, f"bodies {year}: {said}", not told[cell])
        for key, told, cell, said in (
            ("referrals_ended", every, ("", ""), "businesses whose matter ended, by body"),
            ("referrals_done", every, (HANDLED, "done"), "of these done, wholly or in part"),
            ("body_ratings_well", every, (RATED, "well"), "of these content with the body"),
            ("body_ratings_not_well", every, (RATED, "not_well"), "of these not content"),
            ("other_ratings_well", every, (OTHER_RATED, "well"), "of these, other sides content with the body"),
            ("other_ratings_not_well", every, (OTHER_RATED, "not_well"), "of these, other sides not content"),
            ("mediations_done", talks, (HANDLED, "done"), "of these done by mediators"),
        )
    ]


def read_gatherings(session: Session, *, bureau_id: uuid.UUID, period: str, today: dt.date) -> list[Measure]:
    """Lectures and days of advice that were held, their minutes, and how many came to those of which that is told:
    withheld where it is told of none."""
    first, after = period_days(period)
    query = (
        select(Gathering.held_from, Gathering.held_until, GatheringTold.count)
        .outerjoin(GatheringTold, (GatheringTold.gathering_id == Gathering.id) & (GatheringTold.what == CAME))
        .where(
            Gathering.state == HELD, Gathering.begins_at >= start_of(first), Gathering.begins_at < start_of(after)
        )
    )  # fmt: skip
    held = session.execute(query).tuples().all()
    minutes = sum(int((until - since).total_seconds()) // 60 for since, until, _came in held if since and until)
    told = [came for _since, _until, came in held if came is not None]
    named = _source("gatherings", period, today)
    measures = [
        Measure("gatherings_held", float(len(held)), COUNT, named("lectures and days of advice that were held")),
        Measure("gathering_minutes", float(minutes), MINUTES, named("of these, from beginning to end")),
    ]
    if held:
        came = float(sum(told)) if told else None
        measures.append(Measure("gathering_came", came, COUNT, named("who came, where that is told"), not told))
    return measures


Reader = Callable[..., list[Measure]]
READERS: Sequence[Reader] = (read_process, read_hours, read_complaints, read_bodies, read_gatherings)


def read_all(session: Session, *, bureau_id: uuid.UUID, period: str, today: dt.date) -> list[Measure]:
    """Every process measure of the period so far, under Scope(BUREAU, bureau)."""
    return [one for read in READERS for one in read(session, bureau_id=bureau_id, period=period, today=today)]
