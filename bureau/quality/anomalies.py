"""Anomalies found inside the firm, told to its bureau as numbers, explained by the lawyer, settled with a reason."""

import datetime as dt
import hashlib
import hmac
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, load_only

from bureau.hours.models import ActivityDay, HourEntry
from bureau.hours.moves import parse_why
from bureau.hours.rule_book import book_of_firm
from bureau.hours.states import STANDING
from bureau.hours.time_spans import intersect, minutes, union
from bureau.quality import advice_fingerprints, anomaly_rules
from bureau.quality.anomaly_rules import Advice, Anomaly, Claim
from bureau.quality.models import AdvicePrint, HourAnomaly
from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.review.models import Review
from tenants.access.hours import EXPLAINED
from tenants.base import new_id
from tenants.clock import city_day
from tenants.errors import Conflict, NotFound
from tenants.rows import get_by_key, get_one

LOOK_BACK_DAYS = 100
MOST_SHOWN = 500


def list_unprinted(session: Session, *, firm_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Signed reports whose advice has no fingerprint yet, under the worker's scope."""
    query = (
        select(Checkup.id)
        .join(Review)
        .outerjoin(AdvicePrint)
        .where(Checkup.firm_id == firm_id, Review.signed_at.is_not(None), Review.sealed_advice.is_not(None))
        .where(AdvicePrint.checkup_id.is_(None), Checkup.state.in_(("signed", "closed")))
    )
    return session.scalars(query).all()


def print_report(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, pepper: bytes) -> None:
    """Fingerprint the advice of one of them. Raises: NotFound where its key is gone."""
    row = get_checkup_row(session, checkup_id)
    review = get_by_key(session, Review, (row.firm_id, checkup_id))
    key = hmac.digest(pepper, b"advice:" + row.firm_id.bytes, hashlib.sha256)
    advice = open_case(session, row, keys).unseal(review.sealed_advice or b"").decode()
    made = {
        "print": advice_fingerprints.print_of(advice, key),
        "length": len("".join(advice.split())),
        "lawyer_id": review.lawyer_id,
    }
    session.add(AdvicePrint(firm_id=row.firm_id, checkup_id=row.id, **made))
    session.flush()


def watch_firm(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> int:
    """Look at the last months' standing entries and reports; returns how many are new. Twice finds nothing new."""
    since = city_day(now) - dt.timedelta(days=LOOK_BACK_DAYS)
    query = select(HourEntry).where(HourEntry.firm_id == firm_id, HourEntry.day >= since, HourEntry.state.in_(STANDING))
    entries = session.scalars(query).all()
    claims = [_claim(session, entry) for entry in entries]
    flag = book_of_firm(session, firm_id).number("hours_day_flag", city_day(now))
    found = [
        *anomaly_rules.long_days(claims, flag_minutes=flag),
        *anomaly_rules.overlaps(claims),
        *anomaly_rules.without_activity(claims),
        *anomaly_rules.busy_owners(claims),
        *anomaly_rules.copied_reports(_advice(session, firm_id), day=city_day(now)),
    ]
    names = _names(session, firm_id)
    return sum(_keep(session, firm_id, one, names.get(one.lawyer_id, ""), now) for one in found)


def _claim(session: Session, entry: HourEntry) -> Claim:
    active = None
    if entry.checkup_id is not None:
        key = (entry.firm_id, entry.lawyer_id, entry.checkup_id, entry.day)
        traced = session.get(ActivityDay, key)
        active = minutes(intersect(entry.spans, union(traced.beats, traced.saves))) if traced is not None else 0
    is_owners = entry.confirmed_by == "owner"
    return Claim(
        entry.id,
        entry.lawyer_id,
        entry.day,
        entry.spans,
        entry.checkup_id,
        active,
        entry.owner_id if is_owners else None,
        entry.confirmed_at if is_owners else None,
    )


def _advice(session: Session, firm_id: uuid.UUID) -> list[Advice]:
    rows = session.scalars(select(AdvicePrint).where(AdvicePrint.firm_id == firm_id))
    return [Advice(row.checkup_id, row.lawyer_id, row.print, row.length) for row in rows]


def _names(session: Session, firm_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Lawyers by id, as their entries and reviews name them."""
    entries = select(HourEntry.lawyer_id, HourEntry.lawyer_name).where(HourEntry.firm_id == firm_id).distinct()
    reviews = select(Review.lawyer_id, Review.lawyer_name).where(Review.firm_id == firm_id).distinct()
    return {one: name for query in (reviews, entries) for one, name in session.execute(query) if one is not None}


def _keep(session: Session, firm_id: uuid.UUID, one: Anomaly, name: str, now: dt.datetime) -> bool:
    row = insert(HourAnomaly).values(
        firm_id=firm_id,
        id=new_id(),
        kind=one.kind,
        key=one.key,
        lawyer_id=one.lawyer_id,
        lawyer_name=name,
        day=one.day,
        about=[str(about) for about in one.about],
        numbers=dict(one.numbers),
        found_at=now,
        reply="",
        settled_why="",
    )
    fresh = row.on_conflict_do_nothing(index_elements=["firm_id", "kind", "key"])
    return session.execute(fresh.returning(HourAnomaly.id)).first() is not None


def reply_to_anomaly(
    session: Session, *, anomaly_id: uuid.UUID, lawyer_id: uuid.UUID, words: str, now: dt.datetime
) -> None:
    """The lawyer explains; again replaces the words until it is settled. Raises: NotFound, Conflict, Invalid."""
    query = select(HourAnomaly).where(HourAnomaly.id == anomaly_id, HourAnomaly.lawyer_id == lawyer_id)
    row = get_one(session, query)
    if row.settled_at is not None:
        raise Conflict("not_now")
    row.reply, row.replied_at = parse_why(words, field="reply"), now


def settle_anomaly(session: Session, *, anomaly_id: uuid.UUID, why: str, now: dt.datetime) -> None:
    """The bureau has understood; under its scope. Raises: NotFound, Conflict `not_now`, Invalid."""
    row = next((one for one in list_anomalies(session) if one.id == anomaly_id), None)
    if row is None:
        raise NotFound
    if row.settled_at is not None:
        raise Conflict("not_now")
    row.settled_why, row.settled_at = parse_why(why), now


def list_anomalies(session: Session) -> Sequence[HourAnomaly]:
    """What stands out in the bureau's part, open ones first; no owner, no case."""
    columns = load_only(*(getattr(HourAnomaly, name) for name in EXPLAINED), raiseload=True)
    query = select(HourAnomaly).options(columns).order_by(HourAnomaly.settled_at.is_not(None), HourAnomaly.day.desc())
    return session.scalars(query.order_by(HourAnomaly.id).limit(MOST_SHOWN)).all()
