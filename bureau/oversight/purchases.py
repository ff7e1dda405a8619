"""Government purchase: a lot of checkups from a firm, units delivered with proof, a settlement to the fen."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.books.money import Money
from bureau.oversight.purchase_models import Lot, LotUnit
from checkup.cases.progress import Progress
from tenants.audit import Actor
from tenants.audit_models import AuditEntry
from tenants.clock import city_day, start_of
from tenants.errors import Conflict, NotFound
from tenants.rows import get_one

MOST_UNITS, MOST_PRICE, MOST_TEXT = 100_000, 10_000_000, 100
PROOF = "case.signed"


@dataclass(frozen=True)
class Offer:
    """What an officer wants to buy; the price of a unit in fen."""

    title: str
    unit: Money
    units: int
    begins_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class Statement:
    """What a lot has come to: its units in the order of signature, and their sum."""

    lot: Lot
    units: Sequence[LotUnit]
    total: Money


def open_lot(
    session: Session, *, bureau_id: uuid.UUID, firm_id: uuid.UUID, offer: Offer, by: Actor, now: dt.datetime
) -> Lot:
    """A new lot with a firm of the bureau's part. Raises: NotFound (row-level security names no other firm)."""
    if by.id is None:
        raise NotFound
    lot = Lot(
        firm_id=firm_id,
        bureau_id=bureau_id,
        title=offer.title,
        unit_minor=offer.unit.amount_minor,
        units=offer.units,
        begins_on=offer.begins_on,
        ends_on=offer.ends_on,
        made_by=by.id,
        made_at=now,
    )
    session.add(lot)
    session.flush()
    return lot


def _get_open(session: Session, lot_id: uuid.UUID) -> Lot:
    lot = get_one(session, select(Lot).where(Lot.id == lot_id).with_for_update())
    if lot.settled_at is not None:
        raise Conflict("settled")
    return lot


def take_deliveries(session: Session, *, lot_id: uuid.UUID) -> int:
    """Book what was signed in the lot's days, is proved by the firm's log and paid under no lot; returns how many.

    Twice books nothing twice. What the log does not prove is left out. Raises: NotFound, Conflict `settled`.
    """
    lot = _get_open(session, lot_id)
    booked = session.scalars(select(func.count()).select_from(LotUnit).where(LotUnit.lot_id == lot.id)).one()
    first = (
        select(AuditEntry.about_id, AuditEntry.number, AuditEntry.hash)
        .where(AuditEntry.firm_id == lot.firm_id, AuditEntry.act == PROOF)
        .distinct(AuditEntry.about_id)
        .order_by(AuditEntry.about_id, AuditEntry.number)
        .subquery()
    )
    proved = (
        select(Progress.checkup_id, Progress.signed_at, first.c.number, first.c.hash)
        .join(first, first.c.about_id == Progress.checkup_id)
        .outerjoin(LotUnit, (LotUnit.firm_id == Progress.firm_id) & (LotUnit.checkup_id == Progress.checkup_id))
        .where(
            Progress.firm_id == lot.firm_id,
            Progress.signed_at >= start_of(lot.begins_on),
            Progress.signed_at < start_of(lot.ends_on + dt.timedelta(days=1)),
            LotUnit.checkup_id.is_(None),
        )
        .order_by(Progress.signed_at, Progress.checkup_id)
        .limit(lot.units - booked)
    )
    units = [
        LotUnit(
            firm_id=lot.firm_id,
            checkup_id=checkup_id,
            lot_id=lot.id,
            signed_on=city_day(signed_at),
            entry_number=number,
            entry_hash=entry_hash,
            unit_minor=lot.unit_minor,
        )
        for checkup_id, signed_at, number, entry_hash in session.execute(proved).tuples()
        if signed_at is not None
    ]
    session.add_all(units)
    session.flush()
    return len(units)


def settle_lot(session: Session, *, lot_id: uuid.UUID, by: Actor, now: dt.datetime) -> Statement:
    """Close the lot: nothing more is booked under it. Raises: NotFound, Conflict `settled`."""
    lot = _get_open(session, lot_id)
    lot.settled_at, lot.settled_by = now, by.name
    session.flush()
    return make_statement(session, lot)


def make_statement(session: Session, lot: Lot) -> Statement:
    """The lot's units and their sum."""
    query = select(LotUnit).where(LotUnit.firm_id == lot.firm_id, LotUnit.lot_id == lot.id)
    units = session.scalars(query.order_by(LotUnit.signed_on, LotUnit.checkup_id)).all()
    return Statement(lot, units, Money(sum(unit.unit_minor for unit in units)))


def list_lots(session: Session) -> Sequence[Lot]:
    """The lots that the scope may see, newest first."""
    return session.scalars(select(Lot).order_by(Lot.made_at.desc())).all()


def get_lot(session: Session, lot_id: uuid.UUID) -> Lot:
    """Raises: NotFound."""
    return get_one(session, select(Lot).where(Lot.id == lot_id))


def statement_rows(statement: Statement) -> list[list[object]]:
    """The settlement for a file: one line per unit with its proof, the sum last, money in yuan to the fen."""
    head: list[list[object]] = [["case", "signed_on", "log_entry", "log_hash", "amount_cny"]]
    lines = [
        [str(u.checkup_id), u.signed_on.isoformat(), u.entry_number, u.entry_hash, f"{u.unit_minor / 100:.2f}"]
        for u in statement.units
    ]
    return [*head, *lines, ["total", "", len(statement.units), "", f"{statement.total.amount_minor / 100:.2f}"]]
