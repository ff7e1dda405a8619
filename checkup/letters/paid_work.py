"""Paid work is never offered: after signing the owner may choose from a neutral list, or say of her own that she wants
to go on with a firm. Both are her acts, kept as rows that firms can only read."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup, CheckupEvent
from checkup.letters.lot_order import draw
from checkup.letters.models import WorkWish
from tenants import audit
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.models import Business, Firm

BASES = ("list", "own_wish")


@dataclass(frozen=True)
class ListedFirm:
    """A firm of the neutral list, with the reasons that may speak for it; its place says nothing about it."""

    firm: Firm
    is_in_district: bool
    is_own: bool


def list_neutral(session: Session, *, row: Checkup) -> tuple[ListedFirm, ...]:
    """The case's list: at least three firms in full service, or none. Under the owner's scope."""
    active = {firm.id: firm for firm in session.scalars(select(Firm).where(Firm.state == "active"))}
    business = session.get_one(Business, (row.firm_id, row.business_id))
    return tuple(
        ListedFirm(active[one], active[one].district == business.district, one == row.firm_id)
        for one in draw(active, row.id)
    )


def wish_for_work(
    session: Session, *, checkup_id: uuid.UUID, basis: str, chosen_id: uuid.UUID, by: audit.Actor, now: dt.datetime
) -> WorkWish:
    """The owner's own act: from the list, or on her own wish to go on with the firm that checked her up.

    Raises: NotFound; Conflict `not_now` before the report is signed; Invalid `firm` for one that was not to choose.
    """
    row = hold_case(session, checkup_id)
    if row.signed_at is None or row.state not in ("signed", "closed"):
        raise Conflict("not_now")
    listed = [one.firm.id for one in list_neutral(session, row=row)] if basis == "list" else []
    may_choose = listed if basis == "list" else [row.firm_id]
    if basis not in BASES or chosen_id not in may_choose:
        raise Invalid((FieldFault("firm", "unknown_option"),))
    made = WorkWish(
        firm_id=row.firm_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        basis=basis,
        listed=listed,
        chosen_id=chosen_id,
        at=now,
    )
    session.add(made)
    why = f"paid_work:{basis}"
    session.add(
        CheckupEvent(
            firm_id=row.firm_id,
            checkup_id=row.id,
            owner_id=row.owner_id,
            actor_id=by.id,
            was=row.state,
            became=row.state,
            why=why,
            at=now,
        )
    )
    audit.note(session, firm_id=row.firm_id, act="work.wished", by=by, about_id=row.id, owner_id=row.owner_id, why=why)
    session.flush()
    return made


def list_wishes(session: Session, *, checkup_id: uuid.UUID) -> Sequence[WorkWish]:
    """What the owner wished for in this case, newest first."""
    query = select(WorkWish).where(WorkWish.checkup_id == checkup_id).order_by(WorkWish.at.desc())
    return session.scalars(query).all()


def has_wished(session: Session, row: Checkup, firm_id: uuid.UUID) -> bool:
    """Whether the owner herself chose this firm for paid work; without that the firm may offer none."""
    query = select(WorkWish.id).where(WorkWish.checkup_id == row.id, WorkWish.chosen_id == firm_id)
    return session.scalars(query).first() is not None
