"""The lawyer's word on each finding, and her advice. The machine's value always stays beside hers."""

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy.orm import Session

from checkup.cases.checkups import list_findings, open_case
from checkup.cases.models import Checkup, FindingRow
from checkup.cases.sealing import CaseKey, Keyring
from checkup.correspondence.messages import list_open_questions
from checkup.packs.catalogue import get_pack
from checkup.review.locking import get_editable, touch
from checkup.review.models import Review
from checkup.signoff import citation_checks
from checkup.signoff.content import Words
from checkup.signoff.rules import MOST_TEXT, decision_faults, is_minor
from tenants.errors import Invalid
from tenants.rows import get_by_key
from tenants.typed.words import check_words


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
    words = words.trimmed()
    faults = decision_faults(action, likelihood, words)
    if faults:
        raise Invalid(faults)
    review = get_editable(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=version)
    finding = get_by_key(session, FindingRow, (review.firm_id, checkup_id, risk))
    _write(session, finding, words, keys, now)
    finding.lawyer_action = action
    finding.lawyer_likelihood = {"confirm": finding.likelihood, "change": likelihood, "dismiss": 0.0}[action]
    finding.decided_at = now
    return touch(session, review, now)


def save_words(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    risk: str,
    words: Words,
    lawyer_id: uuid.UUID,
    version: int,
    keys: Keyring,
    now: dt.datetime,
) -> Review:
    """What is written about one finding, and nothing decided by it. Raises: as `decide_finding`; Invalid on `reason`
    where it would take the reason from a change or a dismissal."""
    words = words.trimmed()
    review = get_editable(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=version)
    finding = get_by_key(session, FindingRow, (review.firm_id, checkup_id, risk))
    faults = decision_faults(finding.lawyer_action or "confirm", finding.lawyer_likelihood, words)
    if faults:
        raise Invalid(faults)
    _write(session, finding, words, keys, now)
    return touch(session, review, now)


def _write(session: Session, finding: FindingRow, words: Words, keys: Keyring, now: dt.datetime) -> None:
    """Raises: Invalid for a law that is cited although it has ended."""
    row = session.get_one(Checkup, (finding.firm_id, finding.checkup_id))
    texts = {"reason": words.reason, "text": words.text, "plain": words.plain}
    citation_checks.refuse_ended(get_pack(row.pack_id, row.pack_version), texts, now=now)
    finding.sealed_words = None if words == Words() else open_case(session, row, keys).seal(words.to_bytes())


def confirm_minor(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    lawyer_id: uuid.UUID,
    version: int,
    now: dt.datetime,
    but: Collection[str] = (),
) -> Review:
    """Confirm every minor (yellow, found) finding that is still undecided, with the words that stand there; not those
    that press, those whose question the owner has not answered, and those in `but`. Raises: as `decide_finding`."""
    review = get_editable(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=version)
    asked = {question.risk for question in list_open_questions(session, checkup_id)}
    for finding in list_findings(session, checkup_id=checkup_id):
        if is_minor(finding) and finding.risk not in asked and finding.risk not in but:
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
    words = check_words(advice, "advice", most=MOST_TEXT, needed=False)
    review = get_editable(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=version)
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    citation_checks.refuse_ended(get_pack(row.pack_id, row.pack_version), {"advice": words}, now=now)
    review.sealed_advice = open_case(session, row, keys).seal(words.encode())
    return touch(session, review, now)
