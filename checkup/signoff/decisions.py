"""The lawyer's word on each finding, and her advice. The machine's value always stays beside hers."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from checkup.cases.checkups import list_findings, open_case
from checkup.cases.models import Checkup, FindingRow
from checkup.cases.sealing import CaseKey, Keyring
from checkup.packs.catalogue import get_pack
from checkup.review.locking import get_editable, touch
from checkup.review.models import Review
from checkup.signoff import citation_checks
from checkup.signoff.content import Words
from checkup.signoff.rules import MOST_TEXT, decision_faults, is_undecided
from tenants.errors import FieldFault, Invalid
from tenants.rows import get_by_key


def open_words(case: CaseKey, finding: FindingRow) -> Words:
    """What the lawyer wrote about a finding."""
    return Words.from_bytes(case.unseal(finding.sealed_words)) if finding.sealed_words else Words()


def decide_finding(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    risk: str,
    action: str,
    likelihood: float | None,
    words: Words,
    lawyer_id: uuid.UUID,
    version: int,
    keys: Keyring,
    now: dt.datetime,
) -> Review:
    """Confirm, change (a likelihood in [0, 1]) or dismiss one finding.

    Raises: NotFound, Conflict (`not_yours`, `signed`, `with_partner`, `stale`), Invalid on `action`, `likelihood`,
    `reason`, `text`, `plain`, also for a law that is cited although it has ended.
    """
    words = Words(words.reason.strip(), words.text.strip(), words.plain.strip())
    faults = decision_faults(action, likelihood, words)
    if faults:
        raise Invalid(faults)
    review = get_editable(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=version)
    finding = get_by_key(session, FindingRow, (review.firm_id, checkup_id, risk))
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    texts = {"reason": words.reason, "text": words.text, "plain": words.plain}
    citation_checks.refuse_ended(get_pack(row.pack_id, row.pack_version), texts, now=now)
    finding.lawyer_action = action
    finding.lawyer_likelihood = {"confirm": finding.likelihood, "change": likelihood, "dismiss": 0.0}[action]
    finding.sealed_words = None if words == Words() else open_case(session, row, keys).seal(words.to_bytes())
    finding.decided_at = now
    return touch(session, review, now)


def confirm_minor(
    session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, version: int, now: dt.datetime
) -> Review:
    """Confirm every minor (yellow, found) finding that is still undecided. Raises: as `decide_finding`."""
    review = get_editable(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=version)
    for finding in list_findings(session, checkup_id=checkup_id):
        if finding.colour == "yellow" and is_undecided(finding):
            finding.lawyer_action, finding.lawyer_likelihood, finding.decided_at = "confirm", finding.likelihood, now
    return touch(session, review, now)


def save_advice(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    advice: str,
    lawyer_id: uuid.UUID,
    version: int,
    keys: Keyring,
    now: dt.datetime,
) -> Review:
    """Seal the lawyer's advice. Raises: as `decide_finding`."""
    if len(advice) > MOST_TEXT:
        raise Invalid((FieldFault("advice", "too_long", {"most": MOST_TEXT}),))
    review = get_editable(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=version)
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    citation_checks.refuse_ended(get_pack(row.pack_id, row.pack_version), {"advice": advice}, now=now)
    review.sealed_advice = open_case(session, row, keys).seal(advice.strip().encode())
    return touch(session, review, now)
