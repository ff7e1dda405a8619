"""That no firm reads another's rows, proved when it is asked for: of the database, in each audience's own role."""

import datetime as dt
import time
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from tenants.access.cells import READ
from tenants.access.matrix import MATRIX
from tenants.base import Base
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm, Membership

MOST_FIRMS = 12
ASKED = (Audience.OWNER, Audience.FIRM, Audience.WORKER)


@dataclass(frozen=True)
class Proof:
    """`firms` asked as each of `ASKED`; `tables` with a firm's rows; `own` looks that met rows of one's own, so that
    nothing was proved of empty tables alone; `foreign`: (audience, table) where another firm's row was met."""

    firms: int
    tables: int
    looks: int
    own: int
    foreign: tuple[tuple[str, str], ...]
    took: dt.timedelta


def prove_isolation() -> Proof:
    """Look for foreign rows in every table that has a firm's, as up to `MOST_FIRMS` firms drawn by lot. Reads only."""
    began, own, looks, foreign = time.monotonic(), 0, 0, set[tuple[str, str]]()
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        firms = session.scalars(select(Firm.id).order_by(func.random()).limit(MOST_FIRMS)).all()
    for firm_id in firms:
        people = _draw_people(firm_id)
        for audience in ASKED:
            with unit_of_work(Scope(audience, firm_id, people[audience])) as session:
                for table in list_tables(audience):
                    has_own, has_foreign = _look(session, table, firm_id)
                    looks, own = looks + 1, own + has_own
                    if has_foreign:
                        foreign.add((audience.value, table))
    took = dt.timedelta(seconds=time.monotonic() - began)
    tables = {table for audience in ASKED for table in list_tables(audience)}
    return Proof(len(firms), len(tables), looks, own, tuple(sorted(foreign)), took)


def _draw_people(firm_id: uuid.UUID) -> dict[Audience, uuid.UUID | None]:
    """As whom it is looked: an owner of the firm's and a member of it, for what is shut to a firm is open to nobody."""
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        owner = session.scalar(select(Checkup.owner_id).order_by(func.random()).limit(1))
        member = session.scalar(select(Membership.person_id).where(Membership.firm_id == firm_id).limit(1))
    return {Audience.OWNER: owner, Audience.FIRM: member, Audience.WORKER: None}


def list_tables(audience: Audience) -> list[str]:
    """The tables of firms' rows that this audience may read at all."""
    named = (name for name, table in Base.metadata.tables.items() if "firm_id" in table.columns)
    may = (name for name in named if any(one.audience is audience and READ in one.verbs for one in MATRIX[name]))
    return sorted(may)


def _look(session: Session, table: str, firm_id: uuid.UUID) -> tuple[bool, bool]:
    """Whether a row of one's own is met, and one of another's; neither where the table stays shut."""
    query = (
        f"SELECT EXISTS (SELECT FROM {table} WHERE firm_id = :own), "  # noqa: S608 - a name of the models'
        f"EXISTS (SELECT FROM {table} WHERE firm_id <> :own)"
    )
    try:
        with session.begin_nested():
            return session.execute(text(query), {"own": firm_id}).tuples().one()
    except ProgrammingError:
        return False, False
