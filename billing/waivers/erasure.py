"""When a case is erased: its applications end, their papers go, a certificate no longer names anybody.

The keys are destroyed with the case (`checkup.owner.erasure`); terms and sums stay, as books must
(no content among them).
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from billing.waivers import states
from billing.waivers.certificates import find_certificate
from billing.waivers.content import get_waiver, open_waiver
from billing.waivers.evidence import list_papers
from billing.waivers.models import Waiver, WaiverContent, WaiverEvidence
from billing.waivers.owner_steps import withdraw
from billing.waivers.steps import list_events, list_waivers
from checkup.cases.sealing import Keyring
from tenants.audit import SYSTEM

MOVED = "moved"


def finish_waivers(session: Session, *, checkup_id: uuid.UUID, asked_by: str, now: dt.datetime) -> Sequence[str]:
    """The worker's part; returns the file paths to remove. A certificate stays valid for an owner who only moved to
    another firm; the holder's name stays on it then. Twice changes nothing."""
    paths = list[str]()
    for one in list_waivers(session, checkup_id=checkup_id):
        row = get_waiver(session, one.id, lock=True)
        of_waiver = {"firm_id": row.firm_id, "waiver_id": row.id}
        paths += [] if row.certificate_path is None else [row.certificate_path]
        row.certificate_path = None
        paths += session.scalars(select(WaiverEvidence.path).filter_by(**of_waiver)).all()
        session.execute(delete(WaiverEvidence).filter_by(**of_waiver))
        session.execute(delete(WaiverContent).filter_by(**of_waiver))
        if states.LIFE.may(row.state, "withdraw"):
            withdraw(session, waiver_id=row.id, role="system", by=SYSTEM, now=now)
        known = find_certificate(session, row)
        if known is not None and asked_by != MOVED:
            known.state, known.facts = "erased", {**known.facts, "holder": ""}
    session.flush()
    return paths


def export_waivers(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> list[dict[str, Any]]:
    """Everything that is kept about the owner's applications, in plain values."""
    return [_export(session, row, keys) for row in list_waivers(session, checkup_id=checkup_id)]


def _export(session: Session, row: Waiver, keys: Keyring) -> dict[str, Any]:
    content = open_waiver(session, waiver_id=row.id, keys=keys).content
    return {
        "number": row.number,
        "state": row.state,
        "applied_at": row.applied_at.isoformat(),
        "answer": row.answer,
        "facts": {name: list(v) if isinstance(v, tuple) else v for name, v in content.facts.items()},
        "signed_name": content.signed_name,
        "said": [one.__dict__ for one in content.said],
        "papers": [{"paper": one.paper, "at": one.at.isoformat()} for one in list_papers(session, row.id)],
        "relief": row.relief,
        "cap_minor": row.cap_minor,
        "used_minor": row.used_minor,
        "valid_from": None if row.valid_from is None else row.valid_from.isoformat(),
        "valid_until": None if row.valid_until is None else row.valid_until.isoformat(),
        "certificate": row.certificate_number,
        "events": [
            {"at": one.at.isoformat(), "who": one.actor_name, "move": one.move} for one in list_events(session, row.id)
        ],
    }
