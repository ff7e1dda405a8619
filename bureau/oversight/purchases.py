"""Government purchase: a lot of checkups from a firm, units delivered with proof, a settlement to the fen."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from billing.books.money import Money
from bureau.oversight.purchase_models import Lot, LotUnit, SettledUnit, Settlement
from checkup.cases.progress import Progress
from tenants.audit import Actor
from tenants.audit_models import AuditEntry
from tenants.clock import city_day, start_of
from tenants.errors import Conflict, NotFound
from tenants.lives import PROPOSAL
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
    """What a lot has come to: its units in the order of signature, their sum, and what of it is settled."""

    lot: Lot
    units: Sequence[LotUnit]
    total: Money
    settlements: Sequence[Settlement]

    @property
    def settled(self) -> Money:
        return Money(sum(one.total_minor for one in self.settlements if one.state == "approved"))

    @property
    def lacking(self) -> int:
        """How many of its units are not delivered."""
        return self.lot.units - len(self.units)

    @property
    def left(self) -> Money:
        """What these would cost."""
        return Money(self.lacking * self.lot.unit_minor)


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


def _proved(lot: Lot) -> Select[uuid.UUID, dt.datetime | None, int, str]:
    """What was signed in the lot's days, proved by the firm's log and paid under no lot, in the order of signature."""
    first = (
        select(AuditEntry.about_id, AuditEntry.number, AuditEntry.hash)
        .where(AuditEntry.firm_id == lot.firm_id, AuditEntry.act == PROOF)
        .distinct(AuditEntry.about_id)
        .order_by(AuditEntry.about_id, AuditEntry.number)
        .subquery()
    )
    return (
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
    )


def take_deliveries(session: Session, *, lot_id: uuid.UUID) -> int:
    """Book what is proved and paid under no lot, as far as the lot goes; returns how many.

    Twice books nothing twice. What the log does not prove is left out. Raises: NotFound, Conflict `settled`.
    """
    lot = _get_open(session, lot_id)
    booked = session.scalars(select(func.count()).select_from(LotUnit).where(LotUnit.lot_id == lot.id)).one()
    proved = _proved(lot).limit(lot.units - booked)
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


@dataclass(frozen=True)
class Preview:
    """What a settlement would pay now: units not settled yet, their sum, and what it leaves.

    `unbooked`: signed and proved, but not checked in, so that it does not pay them.
    """

    statement: Statement
    units: Sequence[LotUnit]
    total: Money
    unbooked: int

    @property
    def lot(self) -> Lot:
        return self.statement.lot


def preview_settlement(session: Session, *, lot_id: uuid.UUID) -> Preview:
    """Raises: NotFound, Conflict `settled`."""
    lot = _get_open(session, lot_id)
    bound = (
        select(SettledUnit.checkup_id)
        .join(Settlement, (Settlement.firm_id == SettledUnit.firm_id) & (Settlement.id == SettledUnit.settlement_id))
        .where(Settlement.lot_id == lot.id, Settlement.state != "rejected")
    )
    statement, settled = make_statement(session, lot), set(session.scalars(bound))
    units = [unit for unit in statement.units if unit.checkup_id not in settled]
    unbooked = session.scalar(select(func.count()).select_from(_proved(lot).order_by(None).subquery())) or 0
    return Preview(statement, units, Money(sum(unit.unit_minor for unit in units)), unbooked)


def propose_settlement(
    session: Session, *, lot_id: uuid.UUID, is_final: bool, by: Actor, now: dt.datetime
) -> Settlement:
    """Ask a colleague to settle what is delivered so far; nothing is paid or closed yet.

    Raises: NotFound; Conflict `settled`, `waiting` while another one waits, `nothing` where there is nothing to pay
    and the lot stays open.
    """
    if by.id is None:
        raise NotFound
    found = preview_settlement(session, lot_id=lot_id)
    if any(one.state == "proposed" for one in list_settlements(session, found.lot)):
        raise Conflict("waiting")
    if not found.units and not is_final:
        raise Conflict("nothing")
    row = Settlement(
        firm_id=found.lot.firm_id,
        bureau_id=found.lot.bureau_id,
        lot_id=found.lot.id,
        is_final=is_final,
        units=len(found.units),
        total_minor=found.total.amount_minor,
        proposed_id=by.id,
        proposed_by=by.name,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    session.add_all(
        SettledUnit(firm_id=row.firm_id, settlement_id=row.id, checkup_id=unit.checkup_id) for unit in found.units
    )
    session.flush()
    return row


def decide_settlement(
    session: Session, *, settlement_id: uuid.UUID, decision: str, by: Actor, now: dt.datetime
) -> Settlement:
    """A second officer, of the bureau or of one above, approves or rejects; a final one approved closes the lot.

    Raises: NotFound; Conflict `two_people`, `not_now`, `settled`.
    """
    row = get_one(session, select(Settlement).where(Settlement.id == settlement_id).with_for_update())
    if not PROPOSAL.may("proposed", decision) or by.id is None:
        raise NotFound
    became = PROPOSAL.after(row.state, decision)
    if row.proposed_id == by.id:
        raise Conflict("two_people")
    lot = _get_open(session, row.lot_id)
    row.state, row.decided_id, row.decided_by, row.decided_at = became, by.id, by.name, now
    if became == "approved" and row.is_final:
        lot.settled_at, lot.settled_by = now, by.name
    session.flush()
    return row


def list_settlements(session: Session, lot: Lot) -> Sequence[Settlement]:
    """A lot's settlements, oldest first."""
    query = select(Settlement).where(Settlement.firm_id == lot.firm_id, Settlement.lot_id == lot.id)
    return session.scalars(query.order_by(Settlement.proposed_at)).all()


def make_statement(session: Session, lot: Lot) -> Statement:
    """The lot's units, their sum and its settlements."""
    query = select(LotUnit).where(LotUnit.firm_id == lot.firm_id, LotUnit.lot_id == lot.id)
    units = session.scalars(query.order_by(LotUnit.signed_on, LotUnit.checkup_id)).all()
    return Statement(lot, units, Money(sum(unit.unit_minor for unit in units)), list_settlements(session, lot))


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
