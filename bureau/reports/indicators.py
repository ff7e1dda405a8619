"""Indicators of a bureau: a formula over released measures, with a source, a version, a weight and a target."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.parameters.in_force import list_levels
from bureau.reports.edition_rules import Definition
from bureau.reports.models import Indicator
from tenants.rows import get_one

_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")

MOST_WEIGHT, MOST_TEXT = 100, 200


def define_indicator(
    session: Session, *, bureau_id: uuid.UUID, definition: Definition, by: uuid.UUID, now: dt.datetime
) -> Indicator:
    """A new indicator, or the next version of one: the version before stays as it is, and rests."""
    query = select(Indicator).where(Indicator.bureau_id == bureau_id, Indicator.key == definition.key)
    earlier = session.scalars(query.order_by(Indicator.version).with_for_update()).all()
    for one in earlier:
        one.is_active = False
    row = Indicator(
        bureau_id=bureau_id,
        key=definition.key,
        version=earlier[-1].version + 1 if earlier else 1,
        name=definition.name["zh-Hans"],
        name_en=definition.name["en"],
        formula=definition.formula,
        unit=definition.unit,
        weight=definition.weight,
        source=definition.source,
        target=definition.target,
        made_by=by,
        made_at=now,
    )
    session.add(row)
    session.flush()
    return row


def retire_indicator(session: Session, *, bureau_id: uuid.UUID, indicator_id: uuid.UUID) -> None:
    """Leave an indicator out of coming editions. Raises: NotFound."""
    query = select(Indicator).where(Indicator.id == indicator_id, Indicator.bureau_id == bureau_id)
    row = get_one(session, query)
    row.is_active = False


def list_indicators(session: Session, bureau_id: uuid.UUID) -> Sequence[Indicator]:
    """The active indicators of the bureau and those above it; one's own goes before one of the same key above."""
    levels = list_levels(session, bureau_id)
    query = select(Indicator).where(Indicator.bureau_id.in_(levels), Indicator.is_active.is_(True))
    found: dict[str, Indicator] = {}
    for row in sorted(session.scalars(query), key=lambda one: levels.index(one.bureau_id)):
        found.setdefault(row.key, row)
    return sorted(found.values(), key=lambda one: (-one.weight, one.key))


def to_definition(row: Indicator) -> Definition:
    names = {"zh-Hans": row.name, "en": row.name_en}
    return Definition(
        row.key, row.version, names, row.formula, row.unit, row.weight, row.source, row.target
    )  # fmt: skip
