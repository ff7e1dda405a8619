"""Parameters: proposed by one officer, simulated, approved by a second, in force from a future day on."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bureau.parameters.emergencies import list_in_force, relaxed_values
from bureau.parameters.models import Parameter
from bureau.parameters.rules import KINDS, Decided, value_on
from tenants.audit import Actor
from tenants.bureaus import list_levels as list_levels
from tenants.errors import Conflict, NotFound
from tenants.lives import PROPOSAL


def get_value(session: Session, *, bureau_id: uuid.UUID, key: str, on: dt.date) -> int:
    """The value that holds on a day: the bureau's own, else the nearest above, else the default.

    What an emergency in force relaxes goes before what was decided.
    """
    levels = list_levels(session, bureau_id)
    relaxed = {row.bureau_id: relaxed_values(row) for row in list_in_force(session, on=on, levels=levels)}
    for level in levels:
        if key in relaxed.get(level, {}):
            return relaxed[level][key]
    decided = defaultdict[uuid.UUID, list[Decided]](list)
    query = select(Parameter).where(Parameter.key == key, Parameter.state == "approved")
    for row in session.scalars(query):
        decided[row.bureau_id].append(Decided(row.value, row.effective_from))
    return value_on((decided[one] for one in levels), on, KINDS[key].default)


def propose_value(
    session: Session,
    *,
    bureau_id: uuid.UUID,
    key: str,
    value: int,
    effective_from: dt.date,
    why: str,
    by: Actor,
    now: dt.datetime,
) -> Parameter:
    """A proposal that waits for a second officer; nothing changes yet."""
    if by.id is None:
        raise NotFound
    row = Parameter(
        bureau_id=bureau_id,
        key=key,
        value=value,
        effective_from=effective_from,
        why=why,
        proposed_by=by.id,
        proposed_name=by.name,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    return row


def decide_value(
    session: Session, *, bureau_id: uuid.UUID, parameter_id: uuid.UUID, decision: str, by: Actor, today: dt.date,
    now: dt.datetime,
) -> Parameter:  # fmt: skip
    """A second officer of the same bureau approves or rejects.

    Raises: NotFound; Conflict `two_people`, `not_now` when decided already, `too_late` when its day has come,
    `same_day` when another value is approved for that day.
    """
    query = select(Parameter).where(Parameter.id == parameter_id, Parameter.bureau_id == bureau_id).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is None or not PROPOSAL.may("proposed", decision) or by.id is None:
        raise NotFound
    became = PROPOSAL.after(row.state, decision)
    if row.proposed_by == by.id:
        raise Conflict("two_people")
    if decision == "approve" and row.effective_from <= today:
        raise Conflict("too_late")
    row.state, row.decided_by, row.decided_name, row.decided_at = became, by.id, by.name, now
    try:
        session.flush()
    except IntegrityError:
        raise Conflict("same_day") from None
    return row


def list_history(session: Session, bureau_id: uuid.UUID) -> Sequence[Parameter]:
    """Everything proposed and decided by the bureau and those above it, newest first."""
    query = select(Parameter).where(Parameter.bureau_id.in_(list_levels(session, bureau_id)))
    return session.scalars(query.order_by(Parameter.proposed_at.desc())).all()
