"""What a proposed policy would have answered to the applications of the past year, before it is approved.

Only the worker opens them, firm by firm; what it keeps is counts and sums, never a case.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.hardship.assessment import ANSWERS, Assessment, Proofs, assess
from billing.hardship.models import HardshipPolicy
from billing.hardship.policies import get_policy, policy_of
from billing.hardship.policy import Policy
from billing.waivers.content import open_waiver
from billing.waivers.evidence import list_papers
from billing.waivers.models import Waiver
from billing.waivers.withholding import shown
from checkup.cases.sealing import Keyring
from tenants.anonymity import LEAST_BEHIND
from tenants.errors import NotFound
from tenants.models import Bureau, Firm

LOOKING_BACK = dt.timedelta(days=365)


@dataclass
class Tally:
    """Answers as they were and as they would be, and the fen that likely and certain answers would promise."""

    cases: int = 0
    changed: int = 0
    answers: dict[str, Counter[str]] = field(default_factory=lambda: {"was": Counter(), "would_be": Counter()})
    minor: dict[str, Counter[str]] = field(default_factory=lambda: {"was": Counter(), "would_be": Counter()})

    def add(self, was: Assessment, would_be: Assessment) -> None:
        self.cases += 1
        self.changed += (was.answer, _first(was)) != (would_be.answer, _first(would_be))
        for side, found in (("was", was), ("would_be", would_be)):
            self.answers[side][found.answer] += 1
            if found.answer in ("yes", "likely"):
                best = found.outcomes[0]
                self.minor[side]["waive" if best.relief in ("waive", "reduce") else "defer"] += best.cap_minor

    def as_json(self) -> dict[str, Any]:
        return {
            "cases": self.cases,
            "changed": self.changed,
            "answers": {side: {one: counts[one] for one in ANSWERS} for side, counts in self.answers.items()},
            "minor": {side: {one: sums[one] for one in ("waive", "defer")} for side, sums in self.minor.items()},
        }


@dataclass(frozen=True)
class Outlook:
    """A simulation as it is shown: None where a number would tell of fewer than ten applications, or give such a one
    away. By side (`was`, `would_be`): the answers, and the fen that yes and likely would promise."""

    changed: int | None
    answers: Mapping[str, Mapping[str, int | None]]
    minor: Mapping[str, Mapping[str, int | None]]


def look_at(kept: Mapping[str, Any]) -> Outlook:
    """Of what the worker kept of a simulation."""
    changed = shown({"changed": kept["changed"], "alike": kept["cases"] - kept["changed"]})["changed"]
    minor = dict[str, Mapping[str, int | None]]()
    for side, sums in kept["minor"].items():
        behind = kept["answers"][side]["yes"] + kept["answers"][side]["likely"]
        minor[side] = dict.fromkeys(sums) if 0 < behind < LEAST_BEHIND else sums
    return Outlook(changed, {side: shown(counts) for side, counts in kept["answers"].items()}, minor)


def _first(found: Assessment) -> str:
    return found.outcomes[0].id if found.outcomes else ""


def tally_firm(session: Session, *, policy: Policy, keys: Keyring, now: dt.datetime, into: Tally) -> None:
    """Add the firm's applications of the past year, under Scope(WORKER, firm); erased ones no longer count."""
    rows = session.scalars(select(Waiver).where(Waiver.applied_at > now - LOOKING_BACK)).all()
    for row in rows:
        try:
            opened = open_waiver(session, waiver_id=row.id, keys=keys)
        except NotFound:
            continue
        proofs = Proofs(frozenset(p.paper for p in list_papers(session, row.id)), row.is_declared)
        own = policy_of(get_policy(session, row.policy_id).document)
        facts = opened.content.hardship
        into.add(assess(own, facts, proofs), assess(policy, facts, proofs))


def list_part_firms(session: Session, bureau_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The firms of a bureau and of those below it, under the worker's scope."""
    children = session.execute(select(Bureau.parent_id, Bureau.id)).tuples().all()
    part, fresh = set[uuid.UUID](), {bureau_id}
    while fresh:
        part |= fresh
        fresh = {child for parent, child in children if parent in fresh} - part
    return session.scalars(select(Firm.id).where(Firm.bureau_id.in_(part)).order_by(Firm.id)).all()


def store_simulation(session: Session, *, policy_id: uuid.UUID, tally: Tally) -> None:
    """Keep the counts with the proposal, while it is one."""
    row = session.scalars(
        select(HardshipPolicy).where(HardshipPolicy.id == policy_id, HardshipPolicy.state == "proposed")
    ).one_or_none()
    if row is not None:
        row.simulation = tally.as_json()
