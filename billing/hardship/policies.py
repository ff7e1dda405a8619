"""Hardship policies of a bureau: proposed by one officer, simulated, approved by a second, in force by date."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from billing.hardship.models import HardshipPolicy
from billing.hardship.policy import Policy
from billing.hardship.policy_reader import read_policy
from tenants import audit, jobs
from tenants.audit import Actor
from tenants.bureaus import list_levels
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.files import content_hash
from tenants.firms.states import SERVING
from tenants.lives import PROPOSAL
from tenants.models import Firm
from tenants.one_at_a_time import one_at_a_time
from tenants.rows import get_by_key
from tenants.typed.text import one_line
from tenants.typed.words import word_faults

MOST_WHY = 500
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Approval:
    """What approving a proposal does: which version makes way, how many firms find it in their log."""

    ends: HardshipPolicy | None
    firms: int


@lru_cache(maxsize=64)
def policy_of(document: str) -> Policy:
    """The values of a stored document: it was validated when it was proposed."""
    return read_policy(document)


def find_policy(session: Session, *, bureau_id: uuid.UUID, on: dt.date) -> HardshipPolicy | None:
    """The approved version in force on a day: the bureau's own, else that of the nearest bureau above."""
    levels = list_levels(session, bureau_id)
    query = select(HardshipPolicy).where(
        HardshipPolicy.state == "approved",
        HardshipPolicy.bureau_id.in_(levels),
        HardshipPolicy.effective_from <= on,
        (HardshipPolicy.effective_until >= on) | HardshipPolicy.effective_until.is_(None),
    )
    found = {row.bureau_id: row for row in session.scalars(query)}
    return next((found[level] for level in levels if level in found), None)


def get_policy(session: Session, policy_id: uuid.UUID) -> HardshipPolicy:
    """Raises: NotFound when it is not within the scope."""
    return get_by_key(session, HardshipPolicy, policy_id)


def list_policies(session: Session, bureau_id: uuid.UUID) -> Sequence[HardshipPolicy]:
    """Every version of the bureau and those above it, newest first."""
    query = select(HardshipPolicy).where(HardshipPolicy.bureau_id.in_(list_levels(session, bureau_id)))
    newest_first = (HardshipPolicy.effective_from.desc(), HardshipPolicy.proposed_at.desc())
    return session.scalars(query.order_by(*newest_first)).all()


def propose_policy(
    session: Session,
    *,
    bureau_id: uuid.UUID,
    document: str,
    why: str,
    by: Actor,
    today: dt.date,
    now: dt.datetime,
) -> HardshipPolicy:
    """A proposal; the worker simulates it on past applications, then a second officer may approve it.

    Raises: PolicyFaults for the document; Invalid for the reason, a first day that is not in the future, or a range
    that overlaps one that is approved (`overlaps`).
    """
    policy, reason = read_policy(document), one_line(why)
    faults = list(word_faults(reason, "why", most=MOST_WHY))
    if policy.effective_from <= today:
        faults.append(FieldFault("document", "not_in_future"))
    if (other := _overlapping(session, bureau_id, policy)) is not None:
        faults.append(FieldFault("document", "overlaps", {"version": other.version}))
    if faults or by.id is None:
        raise Invalid(tuple(faults))
    row = HardshipPolicy(
        bureau_id=bureau_id,
        version=policy.version,
        effective_from=policy.effective_from,
        effective_until=policy.effective_until,
        document=document,
        content_hash=content_hash(document.encode()),
        why=reason,
        proposed_by=by.id,
        proposed_name=by.name,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    jobs.defer(session, "simulate_policy", policy_id=row.id)
    return row


def _overlapping(session: Session, bureau_id: uuid.UUID, policy: Policy) -> HardshipPolicy | None:
    """An approved version that shares a day with this one; one without an end that began earlier only makes way."""
    query = select(HardshipPolicy).where(HardshipPolicy.bureau_id == bureau_id, HardshipPolicy.state == "approved")
    for other in session.scalars(query.order_by(HardshipPolicy.effective_from)):
        makes_way = other.effective_until is None and other.effective_from < policy.effective_from
        is_before = other.effective_until is not None and other.effective_until < policy.effective_from
        is_after = policy.effective_until is not None and policy.effective_until < other.effective_from
        if not (makes_way or is_before or is_after):
            return other
    return None


def decide_policy(
    session: Session,
    *,
    bureau_id: uuid.UUID,
    policy_id: uuid.UUID,
    decision: str,
    by: Actor,
    today: dt.date,
    now: dt.datetime,
) -> HardshipPolicy:
    """A second officer of the same bureau approves or rejects; every firm of its part finds the approval in its log.

    Raises: NotFound; Conflict `not_now` when decided already, `two_people`, `not_simulated`, `too_late` when its day
    has come, `overlaps` when another was approved meanwhile.
    """
    one_at_a_time(session, "hardship policy", bureau_id)
    query = select(HardshipPolicy).where(HardshipPolicy.id == policy_id, HardshipPolicy.bureau_id == bureau_id)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None or not PROPOSAL.may("proposed", decision) or by.id is None:
        raise NotFound
    became = PROPOSAL.after(row.state, decision)
    if row.proposed_by == by.id:
        raise Conflict("two_people")
    if decision == "approve":
        _check_approvable(session, row, today)
        _end_predecessor(session, row)
    row.state, row.decided_by, row.decided_name, row.decided_at = became, by.id, by.name, now
    session.flush()
    if decision == "approve":
        for firm_id in session.scalars(select(Firm.id).where(Firm.state.in_(SERVING))):
            audit.note(session, firm_id=firm_id, act="policy.approved", by=by, about_id=row.id, why=row.version)
    return row


def _check_approvable(session: Session, row: HardshipPolicy, today: dt.date) -> None:
    if row.simulation is None:
        raise Conflict("not_simulated")
    if row.effective_from <= today:
        raise Conflict("too_late")
    if _overlapping(session, row.bureau_id, policy_of(row.document)) is not None:
        raise Conflict("overlaps")


def preview_approval(session: Session, row: HardshipPolicy) -> Approval:
    """Under the bureau's scope, before anything happens."""
    firms = session.scalar(select(func.count()).select_from(Firm).where(Firm.state.in_(SERVING))) or 0
    return Approval(session.scalars(_predecessor(row)).first(), firms)


def _predecessor(row: HardshipPolicy) -> Select[HardshipPolicy]:
    """The approved version without an end that began earlier: it ends the day before this one begins."""
    return select(HardshipPolicy).where(
        HardshipPolicy.bureau_id == row.bureau_id,
        HardshipPolicy.state == "approved",
        HardshipPolicy.effective_until.is_(None),
        HardshipPolicy.effective_from < row.effective_from,
    )


def _end_predecessor(session: Session, row: HardshipPolicy) -> None:
    for other in session.scalars(_predecessor(row).with_for_update()):
        other.effective_until = row.effective_from - _DAY
    session.flush()
