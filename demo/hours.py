"""A year of pro bono time in the demo city: clinics, traced checkups, a closed and an open quality sample."""

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bureau.hours import confirmation, entries
from bureau.hours.activity_trace import note_beat
from bureau.hours.clinics import Clinic
from bureau.hours.credited_minutes import credit
from bureau.hours.moves import Lawyer
from bureau.hours.suggestions import refresh_suggestions
from bureau.hours.time_spans import MINUTE, parse_spans
from bureau.quality import assessments, draws, results
from bureau.quality.checklist import ended_periods, items_of, period_end
from bureau.recognition.certificates import issue_certificate, publish
from checkup.review.models import Review
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings
from webapp.tasks.hours import watch_hours

_KINDS = (
    ("clinic", "创业园一楼", "园区 王主任"),
    ("lecture", "街道文化中心", "街道 赵老师"),
    ("hotline", "12348大厅", "值班长 孙"),
)
_SLOTS = ("09:00-11:30", "13:30-16:00", "18:30-20:30")


@dataclass(frozen=True)
class People:
    """Who acts: lawyers by firm, the firms' admins, the city's bureau and its officer."""

    lawyers: Sequence[Lawyer]
    admins: dict[uuid.UUID, Actor]
    bureau_id: uuid.UUID
    officer: Actor

    @property
    def scope(self) -> Scope:
        return Scope(Audience.BUREAU, None, self.officer.id, self.bureau_id)


def add_hours(settings: Settings, people: People, *, seed: int) -> None:
    """Fill the year so far; by the services that people use, deterministic by seed."""
    rng, today = random.Random(seed), city_day(now())  # noqa: S311 - a synthetic city, not a secret
    _, closed = quarters = [one for one in ended_periods(today) if "Q" in one][:2]
    for lawyer in people.lawyers:
        for period in quarters:
            for number in range(3):
                _clinic(people, lawyer, period_end(period) - dt.timedelta(days=8 + 9 * number), rng)
        _trace_reviews(lawyer, people, rng)
    _appoint(people)
    for period in reversed(quarters):
        _draw(people, period, rng, is_closing=period == closed)
    first = people.lawyers[0]
    _long_day(first, today)
    with unit_of_work(_own(first)) as session:
        issue_certificate(session, lawyer=first, year=period_end(closed).year, now=now())
        publish(session, lawyer=first, year=period_end(closed).year, is_public=True, now=now())
    watch_hours(settings)


def _own(lawyer: Lawyer) -> Scope:
    return Scope(Audience.FIRM, lawyer.firm_id, lawyer.id)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(4), dt.UTC)


def _clinic(people: People, lawyer: Lawyer, day: dt.date, rng: random.Random) -> None:
    category, place, witness = rng.choice(_KINDS)
    form = Clinic(day, parse_spans(rng.choice(_SLOTS), day), category, place, witness, "", "")
    with unit_of_work(_own(lawyer)) as session:
        entry_id = entries.add_clinic(session, lawyer=lawyer, clinic=form, now=_noon(day)).id
    admin = people.admins[lawyer.firm_id]
    if admin.id == lawyer.id:  # nobody confirms her own hours: the bureau looks at the witness
        facts = {"step": "confirm", "why": "已向证明人核对", "by": people.officer, "now": _noon(day)}
        with unit_of_work(people.scope) as session:
            results.decide_as_bureau(session, scope=people.scope, entry_id=entry_id, **facts)
        return
    with unit_of_work(Scope(Audience.FIRM, lawyer.firm_id, admin.id)) as session:
        confirmation.decide_as_firm(
            session, firm_id=lawyer.firm_id, entry_id=entry_id, step="confirm", why="", by=admin, now=_noon(day)
        )


def _trace_reviews(lawyer: Lawyer, people: People, rng: random.Random) -> None:
    """Heartbeats on her signed reviews; most suggestions are submitted, many confirmed by the owner."""
    with unit_of_work(_own(lawyer)) as session:
        signed = select(Review).where(Review.lawyer_id == lawyer.id, Review.signed_at.is_not(None))
        reviews = session.scalars(signed.order_by(Review.checkup_id)).all()
        for review in reviews:
            begin = (review.signed_at or now()) - dt.timedelta(minutes=rng.randrange(15, 40))
            for minute in range(rng.randrange(12, 30)):
                at = begin + minute * MINUTE
                note_beat(session, checkup_id=review.checkup_id, lawyer_id=lawyer.id, now=at)
        made = refresh_suggestions(session, lawyer=lawyer, today=city_day(now()), now=now())
        cases = [(entry.id, entry.checkup_id, entry.owner_id) for entry in made]
    for entry_id, checkup_id, owner_id in cases[1:]:
        with unit_of_work(_own(lawyer)) as session:
            entries.submit(session, lawyer=lawyer, entry_id=entry_id, now=now())
        answer = rng.choice(("yes", "yes", "less", ""))
        if not answer or checkup_id is None:
            continue
        with unit_of_work(Scope(Audience.OWNER, lawyer.firm_id, owner_id)) as session:
            owner = Actor(owner_id, "店主本人")
            confirmation.answer_as_owner(session, checkup_id=checkup_id, answer=answer, by=owner, now=now())
        with unit_of_work(Scope(Audience.WORKER, lawyer.firm_id)) as session:
            credit(session, firm_id=lawyer.firm_id, lawyer_id=lawyer.id)


def _appoint(people: People) -> None:
    with unit_of_work(people.scope) as session:
        for lawyer in people.lawyers[1:]:
            facts = {"person_id": lawyer.id, "works_at": lawyer.firm_id, "name": lawyer.name}
            draws.appoint(session, bureau_id=people.bureau_id, is_appointed=True, now=now(), **facts)


def _draw(people: People, period: str, rng: random.Random, *, is_closing: bool) -> None:
    facts = {"scope": people.scope, "bureau_id": people.bureau_id, "by": people.officer, "now": now()}
    with unit_of_work(people.scope) as session:
        draw = draws.draw_sample(session, period=period, **facts)
    with unit_of_work(people.scope) as session:
        items = results.list_items(session, draw.id)
    for item in items:
        for look in item.looks[: None if is_closing else 1]:
            _assess(look.assessor_id, look.id, rng)
    if is_closing:
        for item in items:
            with unit_of_work(people.scope) as session:
                decided = {"entry_id": item.entry.id, "step": "verify", "why": "评查合格"}
                by = people.officer
                results.decide_as_bureau(session, scope=people.scope, by=by, now=now(), **decided)
        with unit_of_work(people.scope) as session:
            draws.close_draw(session, draw_id=draw.id, **facts)


def _assess(person_id: uuid.UUID, assessment_id: uuid.UUID, rng: random.Random) -> None:
    """The assessor's own firm does not matter to the rows she reads."""
    with unit_of_work(Scope(Audience.FIRM, None, person_id)) as session:
        task = assessments.get_task(session, person_id=person_id, assessment_id=assessment_id)
        marks = {item: rng.choice(("yes", "yes", "yes", "unclear")) for item in items_of(task.packet)}
        assessments.submit_marks(session, person_id=person_id, assessment_id=assessment_id, raw=marks, now=now())


def _long_day(lawyer: Lawyer, today: dt.date) -> None:
    """A day at a fair: long, and with two overlapping entries."""
    day = today - dt.timedelta(days=12)
    with unit_of_work(_own(lawyer)) as session:
        for times, category in (("07:30-14:00", "clinic"), ("13:30-20:30", "lecture")):
            form = Clinic(day, parse_spans(times, day), category, "展览中心", "会务组 钱", "", "")
            entries.add_clinic(session, lawyer=lawyer, clinic=form, now=_noon(day))
