"""What an owner sees of those she has asked: what each has typed and done. Under Scope(OWNER)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import OpenCheckup
from checkup.delegates.asking import list_delegations
from checkup.delegates.delegation_rules import DELEGATE
from checkup.delegates.models import Delegation
from checkup.fixes.models import FixEvent
from checkup.packs.values import Question


@dataclass(frozen=True)
class Done:
    """One whom she has asked: answers that stand as that one typed them, and steps with things to do."""

    delegation: Delegation
    typed: Sequence[tuple[Question, Mapping[str, Any]]]
    steps: Sequence[FixEvent]


def list_done(session: Session, opened: OpenCheckup) -> Sequence[Done]:
    """Everybody who was ever asked, the newest first."""
    of_case = select(FixEvent).where(FixEvent.checkup_id == opened.row.id, FixEvent.by == DELEGATE)
    events = session.scalars(of_case.order_by(FixEvent.at, FixEvent.id)).all()
    return [
        Done(one, _typed_by(opened, one.id), [event for event in events if _is_of(event, one)])
        for one in list_delegations(session, opened.row.id)
    ]


def _typed_by(opened: OpenCheckup, delegation_id: uuid.UUID) -> Sequence[tuple[Question, Mapping[str, Any]]]:
    entries = opened.record.entries
    return [(one, entries[one.id]) for one in opened.pack.questions if _who(entries.get(one.id)) == str(delegation_id)]


def _who(entry: Mapping[str, Any] | None) -> str | None:
    return entry.get("who") if entry else None


def _is_of(event: FixEvent, one: Delegation) -> bool:
    """Whether it was this one's step, and not the same person's under what was asked before or after."""
    if one.accepted_at is None or event.actor_id != one.delegate_id:
        return False
    return one.accepted_at <= event.at and (one.ended_at is None or event.at <= one.ended_at)
