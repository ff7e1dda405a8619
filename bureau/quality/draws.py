"""The blind quality sample of a bureau: drawn, given to two assessors, and the period closed.

The bureau's role reads hours and changes none: what moves, moves in the worker's scope of the firm concerned, and the
unit of work is back in the bureau's scope afterwards.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bureau.hours.models import HourEntry
from bureau.hours.moves import Mover, get_entry, move
from bureau.hours.rule_book import load_book
from bureau.hours.time_spans import day_bounds
from bureau.quality import sampling
from bureau.quality.assessor_packets import build_packet
from bureau.quality.checklist import ended_periods, period_end
from bureau.quality.models import Assessment, Assessor, SampleDraw
from bureau.quality.results import LOOKS, SEEN, Item, list_items
from tenants import audit
from tenants.audit_models import AuditEntry
from tenants.base import new_id
from tenants.clock import city_day
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import Conflict
from tenants.rows import get_one


@dataclass(frozen=True)
class Drawable:
    """A period that can be drawn now: how many entries it is drawn from, and how many are."""

    period: str
    population: int
    drawn: int


@dataclass(frozen=True)
class Closing:
    """What closing a draw does: how many entries are still to be decided before, how many that were not drawn become
    verified by it, of how many lawyers."""

    undecided: int
    accepted: int
    lawyers: int


def list_draws(session: Session, bureau_id: uuid.UUID | None = None) -> Sequence[SampleDraw]:
    """Published draws, newest first."""
    query = select(SampleDraw).order_by(SampleDraw.drawn_at.desc())
    return session.scalars(query if bureau_id is None else query.where(SampleDraw.bureau_id == bureau_id)).all()


def get_draw(session: Session, *, bureau_id: uuid.UUID, draw_id: uuid.UUID) -> SampleDraw:
    """Raises: NotFound for another bureau's."""
    query = select(SampleDraw).where(SampleDraw.id == draw_id, SampleDraw.bureau_id == bureau_id)
    return get_one(session, query)


def list_drawable(session: Session, *, bureau_id: uuid.UUID, today: dt.date) -> list[Drawable]:
    """The ended periods that were not drawn yet and from which there is something to draw, newest first."""
    held = {one.period for one in list_draws(session, bureau_id)}
    book, found = load_book(session, bureau_id), list[Drawable]()
    by_day = select(HourEntry.day, func.count()).where(HourEntry.state == "confirmed").group_by(HourEntry.day)
    counts = session.execute(by_day).tuples().all()
    for period in ended_periods(today):
        until = period_end(period)
        count = sum(many for day, many in counts if day <= until)
        if count and period not in held:
            sizes = {"percent": book.number("sample_percent", until), "least": book.number("sample_least", until)}
            found.append(Drawable(period, count, sampling.wanted(count, **sizes)))
    return found


def preview_closing(session: Session, row: SampleDraw, items: Iterable[Item]) -> Closing:
    """Of a draw with these entries, under the bureau's scope, before anything happens."""
    undecided = sum(item.entry.state == "sampled" for item in items)
    rest = _not_drawn(session, row)
    return Closing(undecided, len(rest), len({one.lawyer_id for one in rest}))


def draw_sample(
    session: Session, *, scope: Scope, bureau_id: uuid.UUID, period: str, by: audit.Actor, now: dt.datetime
) -> SampleDraw:
    """Draw from everything confirmed up to the period's end and not drawn before; two assessors for each.

    Raises: Invalid on `period`; Conflict `not_ended`, `drawn`, `nobody_to_draw`; `nobody_to_assess` where an entry
    would be drawn that no assessor may look at: nobody could decide it.
    """
    until = period_end(period)
    if until >= city_day(now):
        raise Conflict("not_ended")
    if any(one.period == period for one in list_draws(session, bureau_id)):
        raise Conflict("drawn")
    population = _population(session, until)
    if not population:
        raise Conflict("nobody_to_draw")
    row = _make_draw(session, bureau_id, period, until, population, by, now)
    chosen = sampling.draw([one.id for one in population], seed=row.seed, percent=row.percent, least=row.least)
    row.drawn = len(chosen)
    if not _ask_assessors(session, row, [one for one in population if one.id in chosen], now):
        raise Conflict("nobody_to_assess")
    _sample(session, [one for one in population if one.id in chosen], by, now, period)
    enter_scope(session, scope)
    return row


def _population(session: Session, until: dt.date) -> Sequence[HourEntry]:
    query = select(HourEntry).where(HourEntry.state == "confirmed", HourEntry.day <= until)
    return session.scalars(query.options(SEEN).order_by(HourEntry.id)).all()


def _not_drawn(session: Session, row: SampleDraw) -> list[HourEntry]:
    """What was confirmed when the draw was made, and was not drawn."""
    held = _population(session, row.until_on)
    return [one for one in held if one.confirmed_at and one.confirmed_at <= row.drawn_at]


def _log_ends(session: Session, firms: Sequence[uuid.UUID], until: dt.date) -> list[tuple[str, int, str]]:
    """Of each firm's log, the last entry of the period: fixed once the period is over, whenever it is drawn."""
    query = (
        select(AuditEntry.firm_id, AuditEntry.number, AuditEntry.hash)
        .distinct(AuditEntry.firm_id)
        .where(AuditEntry.firm_id.in_(firms), AuditEntry.at < day_bounds(until).end)
        .order_by(AuditEntry.firm_id, AuditEntry.number.desc())
    )
    return [(str(firm_id), number, digest) for firm_id, number, digest in session.execute(query).tuples()]


def _make_draw(
    session: Session,
    bureau_id: uuid.UUID,
    period: str,
    until: dt.date,
    population: Sequence[HourEntry],
    by: audit.Actor,
    now: dt.datetime,
) -> SampleDraw:
    firms = sorted({one.firm_id for one in population})
    logs = _log_ends(session, firms, until)
    book = load_book(session, bureau_id)
    row = SampleDraw(
        id=new_id(),
        bureau_id=bureau_id,
        period=period,
        until_on=until,
        seed=sampling.seed_of(period, logs),
        logs=[list(log) for log in logs],
        population=len(population),
        population_hash=sampling.population_hash(one.id for one in population),
        percent=book.number("sample_percent", until),
        least=book.number("sample_least", until),
        drawn=0,
        drawn_at=now,
        drawn_by=by.id or uuid.UUID(int=0),
    )
    session.add(row)
    session.flush()
    for firm_id in firms:
        audit.note(session, firm_id=firm_id, act="hours.drawn", by=by, about_id=row.id, why=period)
    return row


def list_assessors(session: Session) -> Sequence[Assessor]:
    """Who is appointed in the bureau's part, by name."""
    return session.scalars(select(Assessor).where(Assessor.ended_at.is_(None)).order_by(Assessor.name)).all()


def appoint(
    session: Session,
    *,
    bureau_id: uuid.UUID,
    person_id: uuid.UUID,
    works_at: uuid.UUID,
    name: str,
    is_appointed: bool,
    now: dt.datetime,
) -> None:
    """Appoint a lawyer as assessor, or let her go; packets that she holds stay hers."""
    row = session.get(Assessor, (bureau_id, person_id))
    if row is None:
        row = Assessor(bureau_id=bureau_id, person_id=person_id, works_at=works_at, name=name, appointed_at=now)
        session.add(row)
    row.works_at, row.name = works_at, name
    row.ended_at = None if is_appointed else row.ended_at or now
    session.flush()


def let_go(session: Session, *, scope: Scope, person_id: uuid.UUID, works_at: uuid.UUID, now: dt.datetime) -> int:
    """An assessor has left her firm: her appointments in the bureau's part end, what she had open is taken from her,
    and others are asked in her place, by the same seeds. Returns how many appointments; twice changes nothing."""
    hers = select(Assessor).where(
        Assessor.person_id == person_id, Assessor.works_at == works_at, Assessor.ended_at.is_(None)
    )
    ended = session.scalars(hers).all()
    for one in ended:
        one.ended_at = now
    session.flush()
    for bureau_id in {one.bureau_id for one in ended}:
        for row in list_draws(session, bureau_id):
            if row.closed_at is None:
                _take_from(session, row, person_id, now)
                enter_scope(session, scope)
                ask_again(session, scope=scope, bureau_id=bureau_id, draw_id=row.id, by=audit.SYSTEM, now=now)
    return len(ended)


def _take_from(session: Session, row: SampleDraw, person_id: uuid.UUID, now: dt.datetime) -> None:
    """Firm by firm in its worker's scope: what she has not assessed is declined, and its packet is gone."""
    held = [look for item in list_items(session, row.id) for look in item.looks if look.assessor_id == person_id]
    for look in [one for one in held if one.submitted_at is None and one.declined_at is None]:
        enter_scope(session, Scope(Audience.WORKER, look.firm_id))
        still_open = update(Assessment).where(Assessment.id == look.id, Assessment.submitted_at.is_(None))
        session.execute(still_open.values(declined_at=now, packet={}))


def _ask_assessors(session: Session, row: SampleDraw, drawn: Iterable[HourEntry], now: dt.datetime) -> bool:
    """Ask as many as are lacking; whether every entry has somebody whom it was given to."""
    is_given = True
    held = list_assessors(session)
    works_at = {one.person_id: one.works_at for one in held}
    names = {one.person_id: one.name for one in held}
    for entry in drawn:
        asked = session.scalars(select(Assessment).options(LOOKS).where(Assessment.entry_id == entry.id)).all()
        missing = sampling.ASSESSORS - sum(one.declined_at is None for one in asked)
        barred = [entry.lawyer_id, *(one.assessor_id for one in asked)]
        chosen = sampling.assign(entry.id, firm=entry.firm_id, assessors=works_at, seed=row.seed, barred=barred)
        is_given = is_given and bool(asked or chosen)
        for person in chosen[:missing]:
            session.add(
                Assessment(
                    firm_id=entry.firm_id,
                    draw_id=row.id,
                    period=row.period,
                    entry_id=entry.id,
                    assessor_id=person,
                    assessor_name=names[person],
                    appointed_at=now,
                )
            )
    session.flush()
    return is_given


def _by_firm(entries: Iterable[HourEntry]) -> dict[uuid.UUID, list[uuid.UUID]]:
    found = defaultdict[uuid.UUID, list[uuid.UUID]](list)
    for entry in entries:
        found[entry.firm_id].append(entry.id)
    return found


def _sample(session: Session, drawn: Sequence[HourEntry], by: audit.Actor, now: dt.datetime, period: str) -> None:
    """Firm by firm in its worker's scope: the entry is marked, its assessors get their packets."""
    for firm_id, ids in _by_firm(drawn).items():
        enter_scope(session, Scope(Audience.WORKER, firm_id))
        for entry_id in ids:
            entry = get_entry(session, entry_id)
            if entry.state == "confirmed":
                move(session, entry, "sample", by=Mover(by.id, "bureau"), now=now, why=period)
            _fill_packets(session, entry)


def _fill_packets(session: Session, entry: HourEntry) -> None:
    waiting = select(Assessment).where(Assessment.entry_id == entry.id, Assessment.submitted_at.is_(None))
    for look in session.scalars(
        waiting.where(Assessment.declined_at.is_(None)).execution_options(populate_existing=True)
    ):
        if not look.packet:
            look.packet = build_packet(session, entry)
    session.flush()


def ask_again(
    session: Session, *, scope: Scope, bureau_id: uuid.UUID, draw_id: uuid.UUID, by: audit.Actor, now: dt.datetime
) -> None:
    """Another assessor for everybody who declined, by the same seed. Raises: NotFound."""
    row = get_draw(session, bureau_id=bureau_id, draw_id=draw_id)
    waiting = [item.entry for item in list_items(session, draw_id) if item.entry.state == "sampled"]
    _ask_assessors(session, row, waiting, now)
    _sample(session, waiting, by, now, row.period)
    enter_scope(session, scope)


def close_draw(
    session: Session, *, scope: Scope, bureau_id: uuid.UUID, draw_id: uuid.UUID, by: audit.Actor, now: dt.datetime
) -> int:
    """The drawn are decided, so what was not drawn is verified on the strength of the sample; returns how many.

    Raises: NotFound, Conflict `not_all_settled`, `not_now`.
    """
    row = get_draw(session, bureau_id=bureau_id, draw_id=draw_id)
    if row.closed_at is not None:
        raise Conflict("not_now")
    if any(item.entry.state == "sampled" for item in list_items(session, draw_id)):
        raise Conflict("not_all_settled")
    row.closed_at = now
    rest = _not_drawn(session, row)
    session.flush()
    for firm_id, ids in _by_firm(rest).items():
        enter_scope(session, Scope(Audience.WORKER, firm_id))
        for entry_id in ids:
            move(session, get_entry(session, entry_id), "accept", by=Mover(by.id, "bureau"), now=now, why=row.period)
        audit.note(session, firm_id=firm_id, act="hours.closed", by=by, about_id=row.id, why=row.period)
    enter_scope(session, scope)
    return len(rest)
