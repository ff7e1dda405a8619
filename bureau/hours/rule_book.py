"""The rules that hold for a bureau's firms, read from its own decisions and those above it; categories set anew."""

import datetime as dt
import re
import uuid
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.models import HourCategory
from bureau.hours.rules import DEFAULTS, Category, RuleBook
from bureau.parameters.in_force import list_levels
from bureau.parameters.models import Parameter
from bureau.parameters.rules import Decided
from tenants.models import Firm

_CODE = re.compile(r"[a-z][a-z_]{2,29}")
MOST_NAME = 40


def load_book(session: Session, bureau_id: uuid.UUID) -> RuleBook:
    """The rules of a bureau and of those above it, the defaults last. Raises: NotFound."""
    levels = list_levels(session, bureau_id)
    categories = defaultdict[uuid.UUID, list[Category]](list)
    for row in session.scalars(select(HourCategory).where(HourCategory.bureau_id.in_(levels))):
        categories[row.bureau_id].append(row.category())
    decided = defaultdict[str, dict[uuid.UUID, list[Decided]]](dict)
    query = select(Parameter).where(Parameter.bureau_id.in_(levels), Parameter.state == "approved")
    for one in session.scalars(query):
        decided[one.key].setdefault(one.bureau_id, []).append(Decided(one.value, one.effective_from))
    return RuleBook(
        layers=[*(categories[level] for level in levels), DEFAULTS],
        numbers={key: [held.get(level, []) for level in levels] for key, held in decided.items()},
    )


def book_of_firm(session: Session, firm_id: uuid.UUID) -> RuleBook:
    """The rules of the firm's bureau."""
    return load_book(session, session.get_one(Firm, firm_id).bureau_id)


def is_category_code(text: str) -> bool:
    return bool(_CODE.fullmatch(text))


def set_category(
    session: Session,
    *,
    bureau_id: uuid.UUID,
    code: str,
    name: str,
    name_en: str,
    weight: int,
    from_on: dt.date,
    by: uuid.UUID,
    now: dt.datetime,
) -> HourCategory:
    """The category with this weight from a day on: what held then ends that day, what was to come is replaced.

    Weight 0 ends a category. Nothing that was claimed before the day changes.
    """
    mine = select(HourCategory).where(HourCategory.bureau_id == bureau_id, HourCategory.code == code).with_for_update()
    for row in session.scalars(mine):
        if row.until_on is None or row.until_on > from_on:
            row.until_on = max(from_on, row.from_on)
    session.flush()
    made = HourCategory(
        bureau_id=bureau_id,
        code=code,
        from_on=from_on,
        until_on=None,
        weight=weight,
        name=name,
        name_en=name_en,
        set_by=by,
        set_at=now,
    )
    session.add(made)
    session.flush()
    return made


def list_categories(session: Session, bureau_id: uuid.UUID) -> Sequence[HourCategory]:
    """What the bureau and those above it have set, newest period first."""
    levels = list_levels(session, bureau_id)
    query = select(HourCategory).where(HourCategory.bureau_id.in_(levels))
    return session.scalars(query.order_by(HourCategory.code, HourCategory.from_on.desc())).all()
