"""What a proposed policy would answer to the applications of the past year, before it is approved.

How they were answered is process, which a bureau counts as it likes. How they would be answered follows from what their
owners wrote, which is closed to it: only the worker opens it, and only numbers with noise leave it, a few times a year.
Two proposals that differ in one condition would else tell the officer who is in between.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.books.terms import LETS_OFF
from billing.hardship.assessment import ANSWERS, Assessment, Proofs, assess
from billing.hardship.models import HardshipPolicy
from billing.hardship.policies import policy_of
from billing.hardship.policy import Policy
from billing.waivers.content import open_waiver
from billing.waivers.evidence import list_papers
from billing.waivers.models import Waiver
from billing.waivers.states import IN_FORCE
from checkup.cases.sealing import Keyring
from tenants.errors import NotFound
from tenants.models import Bureau, Firm
from tenants.noise import discrete_laplace

LOOKING_BACK = dt.timedelta(days=365)
EPSILON, MOST_IN_A_YEAR = Fraction(1, 2), 8  # of one trial: an application moves one count of one trial by one
OFFERED = ("yes", "likely")


@dataclass
class Tally:
    """Applications of the past year: how they were answered, what was granted of them in fen, and how they would be
    answered: (answer, the outcome that would be offered first)."""

    cases: int = 0
    was: Counter[str] = field(default_factory=Counter)
    granted: Counter[str] = field(default_factory=Counter)
    would_be: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, row: Waiver, would_be: Assessment) -> None:
        self.cases += 1
        self.was[row.answer] += 1
        if row.state in IN_FORCE:
            self.granted["waive" if row.relief in LETS_OFF else "defer"] += row.cap_minor or 0
        is_offered = would_be.answer in OFFERED
        self.would_be[would_be.answer, would_be.outcomes[0].id if is_offered else ""] += 1


def tell_trial(tally: Tally, policy: Policy) -> dict[str, Any]:
    """What the officers see: `was` exact, `would_be` with noise on every count that there can be, empty ones too."""
    outcomes = {one.id: one for one in policy.outcomes}
    keys = [(answer, name) for answer in ANSWERS for name in (outcomes if answer in OFFERED else ("",))]
    noisy = {key: tally.would_be[key] + discrete_laplace(1 / EPSILON) for key in keys}
    minor = Counter[str](waive=0, defer=0)
    for (_, name), count in noisy.items():
        if name:
            minor["waive" if outcomes[name].relief in LETS_OFF else "defer"] += count * outcomes[name].cap_minor
    answers = {answer: sum(count for (one, _), count in noisy.items() if one == answer) for answer in ANSWERS}
    return {
        "cases": tally.cases,
        "answers": {
            "was": {one: tally.was[one] for one in ANSWERS},
            "would_be": {one: max(0, count) for one, count in answers.items()},
        },
        "minor": {
            "was": {one: tally.granted[one] for one in ("waive", "defer")},
            "would_be": {one: max(0, fen) for one, fen in minor.items()},
        },
    }


def tally_firm(session: Session, *, policy: Policy, keys: Keyring, now: dt.datetime, into: Tally) -> None:
    """Add the firm's applications of the past year, under Scope(WORKER, firm); erased ones no longer count."""
    rows = session.scalars(select(Waiver).where(Waiver.applied_at > now - LOOKING_BACK)).all()
    for row in rows:
        try:
            opened = open_waiver(session, waiver_id=row.id, keys=keys)
        except NotFound:
            continue
        proofs = Proofs(frozenset(p.paper for p in list_papers(session, row.id)), row.is_declared)
        into.add(row, assess(policy, opened.content.hardship, proofs))


def list_part_firms(session: Session, bureau_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The firms of a bureau and of those below it, under the worker's scope."""
    children = session.execute(select(Bureau.parent_id, Bureau.id)).tuples().all()
    part, fresh = set[uuid.UUID](), {bureau_id}
    while fresh:
        part |= fresh
        fresh = {child for parent, child in children if parent in fresh} - part
    return session.scalars(select(Firm.id).where(Firm.bureau_id.in_(part)).order_by(Firm.id)).all()


def store_simulation(session: Session, *, policy_id: uuid.UUID, tally: Tally) -> None:
    """Keep what may be told with the proposal, once; nothing more when the year's trials are spent."""
    row = session.scalars(
        select(HardshipPolicy).where(
            HardshipPolicy.id == policy_id, HardshipPolicy.state == "proposed", HardshipPolicy.simulation.is_(None)
        )
    ).one_or_none()
    if row is not None:
        is_spent = _count_trials(session, row) >= MOST_IN_A_YEAR
        row.simulation = {"is_spent": True} if is_spent else tell_trial(tally, policy_of(row.document))


def _count_trials(session: Session, row: HardshipPolicy) -> int:
    """Trials of this bureau that were told within a year before this one."""
    query = select(func.count()).where(
        HardshipPolicy.bureau_id == row.bureau_id,
        HardshipPolicy.proposed_at > row.proposed_at - LOOKING_BACK,
        HardshipPolicy.simulation.has_key("cases"),
    )
    return session.scalar(query) or 0
