"""Beginnings and ends of checkups, kept for five weeks without saying whose, and what of them is far from usual."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, cast, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cloud.cubes.act_rules import FIRM, LOOKED_BACK, NETWORK, PHONE, SHOWN, Day, Unusual, find_unusual
from cloud.cubes.models import CountedAct

KEPT = LOOKED_BACK + SHOWN


def note_act(session: Session, *, firm_id: uuid.UUID, act: str, phone: str, network: str, day: dt.date) -> None:
    """One beginning or end, under Scope(OWNER). `phone`, `network`: digests of this day, empty where unknown."""
    session.add(CountedAct(firm_id=firm_id, day=day, act=act, phone=phone, network=network))
    session.flush()


def list_unusual(session: Session, *, today: dt.date) -> Sequence[Unusual]:
    """What stands out in the last week, under Scope(OPERATOR)."""
    found = [*_count(session, FIRM, CountedAct.firm_id, today)]
    for kind, column in ((NETWORK, CountedAct.network), (PHONE, CountedAct.phone)):
        found += _count(session, kind, column, today)
    return find_unusual(found, today=today)


def _count(
    session: Session, kind: str, column: InstrumentedAttribute[uuid.UUID] | InstrumentedAttribute[str], today: dt.date
) -> list[Day]:
    who: ColumnElement[str] = cast(column, String)
    query = (
        select(CountedAct.day, who, CountedAct.act, func.count())
        .where(CountedAct.day > today - KEPT, who != "")
        .group_by(CountedAct.day, who, CountedAct.act)
    )
    return [Day(day, kind, name, act, many) for day, name, act, many in session.execute(query).tuples()]


def forget_acts(session: Session, *, today: dt.date) -> int:
    """Remove what is older than five weeks, under Scope(WORKER, firm); returns how many."""
    gone = delete(CountedAct).where(CountedAct.day <= today - KEPT).returning(CountedAct.id)
    return len(session.scalars(gone).all())
