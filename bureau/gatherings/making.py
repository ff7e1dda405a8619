"""A bureau or a firm makes a gathering, moves it, calls it off, and says how it was; each move dated.

Under the scope of whoever made it, Scope(BUREAU) or Scope(FIRM). What follows a move (texts to those who wish it, the
line moved up, hours) is the worker's (`webapp.tasks.gatherings`).
"""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bureau.gatherings.models import MOST_SEATS, Gathering, GatheringEvent, GatheringFirm, Speaker
from bureau.gatherings.states import KINDS, LIFE
from bureau.hours.time_spans import Span, parse_spans
from checkup.review.colleagues import list_colleagues
from tenants.audit import Actor
from tenants.campaigns.links import add_link
from tenants.campaigns.making import get_campaign
from tenants.clock import city_day
from tenants.districts import DISTRICTS
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.languages import LOCALES
from tenants.numbers import mint
from tenants.rows import get_locked
from tenants.typed.words import check_line

MOST_NAME, MOST_ABOUT, MOST_PLACE, MOST_WHY = 60, 300, 120, 200
FARTHEST = dt.timedelta(days=366)
_WHEN_AND_WHERE = ("begins_at", "ends_at", "place", "district")


@dataclass(frozen=True)
class Plan:
    """What a gathering is. `day`, `times`: by the city's clock, as typed; `topic`, `lesson`: of the pack, or none."""

    kind: str
    name: str
    name_en: str
    topic: str
    lesson: str
    about: str
    about_en: str
    day: dt.date
    times: str
    district: str
    place: str
    seats: int
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Host:
    """Who makes it, at whose place, within which campaign."""

    bureau_id: uuid.UUID
    by_firm: uuid.UUID | None = None
    partner_id: uuid.UUID | None = None
    campaign_id: uuid.UUID | None = None


def read_times(times: str, day: dt.date) -> Span:
    """One span of a day of the city. Raises: Invalid `required`, `not_times`, `past_midnight`."""
    spans = parse_spans(times, day)
    if len(spans) != 1:
        raise Invalid((FieldFault("times", "not_times"),))
    return spans[0]


def make_gathering(session: Session, plan: Plan, host: Host, *, by: Actor, now: dt.datetime) -> Gathering:
    """Announced from this moment. Raises: Invalid on what cannot be, Conflict `not_now` for a campaign that is over."""
    columns = _columns(plan, now)
    row = Gathering(**asdict(host), **columns, number=mint("HD", at=now), link_code="", state="announced", made_at=now)
    if host.campaign_id is not None:
        row.link_code = _way_on(session, plan, host, now)
    session.add(row)
    session.flush()
    if host.by_firm is not None:
        session.add(GatheringFirm(gathering_id=row.id, of_firm=host.by_firm))
    _note(session, row, "", by, now)
    return row


def _way_on(session: Session, plan: Plan, host: Host, now: dt.datetime) -> str:
    """The code of a new link of its campaign, of the partner at whose place it is."""
    if host.partner_id is None or host.campaign_id is None:
        raise Invalid((FieldFault("partner", "required"),))
    campaign = get_campaign(session, host.campaign_id)
    try:
        return add_link(session, campaign, partner_id=host.partner_id, place=plan.name, cap=0, now=now).code
    except Invalid as refused:  # the partner takes no part in it
        raise Invalid((FieldFault("partner", "unknown_option"),)) from refused


def _columns(plan: Plan, now: dt.datetime) -> dict[str, object]:
    """As the row holds them. Raises: Invalid."""
    held = read_times(plan.times, plan.day)
    faults = []
    if not now < held.start:
        faults.append(FieldFault("day", "not_to_come"))
    if plan.day > city_day(now + FARTHEST):
        faults.append(FieldFault("day", "not_within", {"most": FARTHEST.days}))
    if not 1 <= plan.seats <= MOST_SEATS:
        faults.append(FieldFault("seats", "not_between", {"least": 1, "most": MOST_SEATS}))
    options = (("kind", KINDS), ("district", DISTRICTS))
    faults += [FieldFault(name, "unknown_option") for name, known in options if getattr(plan, name) not in known]
    if not set(plan.languages) <= set(LOCALES):
        faults.append(FieldFault("languages", "unknown_option"))
    if faults:
        raise Invalid(tuple(faults))
    said = {name: value for name, value in asdict(plan).items() if name not in ("day", "times")}
    return said | {
        "name_en": plan.name_en or plan.name,
        "about_en": plan.about_en or plan.about,
        "languages": " ".join(plan.languages),
        "begins_at": held.start,
        "ends_at": held.end,
    }


def change_plan(session: Session, row: Gathering, plan: Plan, *, by: Actor, now: dt.datetime) -> None:
    """Until it begins. Who has a seat keeps it; a new time or place is told to whoever wished to be told.

    Raises: Invalid, Conflict `not_now`.
    """
    if not now < row.begins_at:
        raise Conflict("not_now")
    columns, was = _columns(plan, now), {name: getattr(row, name) for name in _WHEN_AND_WHERE}
    state = LIFE.after(row.state, "move")
    for name, value in columns.items():
        setattr(row, name, value)
    if any(columns[name] != value for name, value in was.items()):
        row.moved_at = now
    session.flush()
    _note(session, row, state, by, now)


def cancel(session: Session, row: Gathering, *, why: str, by: Actor, now: dt.datetime) -> None:
    """Whoever wished to be told is told. Raises: Invalid on `why`, Conflict `not_now`."""
    if not now < row.ends_at:
        raise Conflict("not_now")
    reason = check_line(why, "why", most=MOST_WHY)
    was, row.state = row.state, LIFE.after(row.state, "cancel")
    session.flush()
    _note(session, row, was, by, now, reason)


def close(
    session: Session, row: Gathering, *, times: str, came: Collection[uuid.UUID], by: Actor, now: dt.datetime
) -> None:
    """How it was: from when to when, and which of its speakers came. Their hours follow.

    Raises: Invalid on `times`, Conflict `not_now` before it has begun.
    """
    if now < row.begins_at:
        raise Conflict("not_now")
    held = read_times(times, city_day(row.begins_at))
    if held.end > now:
        raise Invalid((FieldFault("times", "in_future"),))
    was, row.state = row.state, LIFE.after(row.state, "close")
    row.held_from, row.held_until = held
    for one in session.scalars(select(Speaker).where(Speaker.gathering_id == row.id)):
        one.came = one.lawyer_id in came
    session.flush()
    _note(session, row, was, by, now)


def set_firms(session: Session, row: Gathering, wanted: Collection[uuid.UUID]) -> None:
    """Exactly these firms are asked for lawyers; who speaks for one that is not any more speaks no longer.

    Raises: Conflict `not_now`.
    """
    _check_open(row)
    held = set(session.scalars(select(GatheringFirm.of_firm).where(GatheringFirm.gathering_id == row.id)))
    gone = held - set(wanted)
    for table in (Speaker, GatheringFirm):
        session.execute(delete(table).where(table.gathering_id == row.id, table.of_firm.in_(gone)))
    session.add_all(GatheringFirm(gathering_id=row.id, of_firm=one) for one in sorted(set(wanted) - held))
    session.flush()


def set_speakers(session: Session, row: Gathering, *, firm_id: uuid.UUID, wanted: Collection[uuid.UUID]) -> None:
    """Exactly these lawyers of the firm speak; under Scope(FIRM). Raises: Invalid, Conflict `not_now`."""
    _check_open(row)
    lawyers = {one.id: one.name for one in list_colleagues(session, firm_id=firm_id) if one.reviews}
    if not set(wanted) <= lawyers.keys():
        raise Invalid((FieldFault("speakers", "unknown_option"),))
    of_ours = select(Speaker.lawyer_id).where(Speaker.gathering_id == row.id, Speaker.of_firm == firm_id)
    held = set(session.scalars(of_ours))
    gone = held - set(wanted)
    session.execute(
        delete(Speaker).where(Speaker.gathering_id == row.id, Speaker.of_firm == firm_id, Speaker.lawyer_id.in_(gone))
    )
    session.add_all(
        Speaker(gathering_id=row.id, lawyer_id=one, of_firm=firm_id, lawyer_name=lawyers[one])
        for one in sorted(set(wanted) - held)
    )
    session.flush()


def _check_open(row: Gathering) -> None:
    if row.state != "announced":
        raise Conflict("not_now")


def get_to_change(session: Session, gathering_id: uuid.UUID) -> Gathering:
    """Locked. Raises: NotFound."""
    return get_locked(session, select(Gathering).where(Gathering.id == gathering_id))


def close_over(session: Session, *, before: dt.datetime, by: Actor, now: dt.datetime) -> int:
    """Whatever ended before this moment and nobody said how, without hours; under Scope(WORKER)."""
    query = select(Gathering).where(Gathering.state == "announced", Gathering.ends_at < before)
    rows = session.scalars(query.with_for_update(skip_locked=True)).all()
    for row in rows:
        was, row.state = row.state, LIFE.after(row.state, "close")
        _note(session, row, was, by, now)
    return len(rows)


def _note(session: Session, row: Gathering, was: str, by: Actor, now: dt.datetime, why: str = "") -> None:
    session.add(
        GatheringEvent(
            gathering_id=row.id, actor_id=by.id, actor_name=by.name, was=was, became=row.state, why=why, at=now
        )
    )
    session.flush()
