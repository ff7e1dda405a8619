"""A signed report is never overwritten: its lawyer begins the next edition, signs it, or keeps the old one."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from checkup.cases.checkups import list_findings, open_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.review.events import move_review
from checkup.review.locking import check_serving, get_editable, get_locked, touch
from checkup.review.models import Review
from checkup.signoff.content import Words
from checkup.signoff.editions import find_edition, open_content
from checkup.signoff.signing import check_why, note_step
from tenants.errors import Conflict


def begin_correction(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    lawyer_id: uuid.UUID,
    why: str,
    version: int,
    keys: Keyring,
    now: dt.datetime,
) -> Review:
    """Open the next edition for the lawyer; until it is signed the owner keeps the one before.

    `why` is told to the owner with the new edition. Raises: NotFound; Conflict `stale`, `not_yours`, `not_now`,
    `suspended`; Invalid on `why`.
    """
    reason = check_why(why)
    review = get_locked(session, checkup_id=checkup_id, version=version)
    if review.lawyer_id != lawyer_id:
        raise Conflict("not_yours")
    if review.signed_at is None:
        raise Conflict("not_now")
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    if row.state not in ("signed", "closed"):
        raise Conflict("not_now")
    check_serving(session, row.firm_id)
    case = open_case(session, row, keys)
    review.signed_at, review.edition = None, review.edition + 1
    review.sealed_why = case.seal(reason.encode())
    move_review(session, row, review, "correct", actor_id=lawyer_id, now=now)
    note_step(session, review, "correct", by=(lawyer_id, review.lawyer_name), case=case, why=reason, now=now)
    return touch(session, review, now)


def keep_edition(
    session: Session, *, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, version: int, keys: Keyring, now: dt.datetime
) -> Review:
    """Give a begun correction up: every decision and the advice are again as they were signed.

    Raises: NotFound; Conflict as `get_editable`, `not_now` when nothing was ever signed.
    """
    review = get_editable(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=version)
    edition = find_edition(session, checkup_id)
    if edition is None:
        raise Conflict("not_now")
    row = session.get_one(Checkup, (review.firm_id, checkup_id))
    case = open_case(session, row, keys)
    content = open_content(case, edition)
    for finding in list_findings(session, checkup_id=checkup_id):
        said = content.said(finding.risk)
        words = said.words if said else Words()
        finding.lawyer_action = said.action if said else None
        finding.lawyer_likelihood = said.likelihood if said else None
        finding.sealed_words = None if words == Words() else case.seal(words.to_bytes())
    move_review(session, row, review, "keep", actor_id=lawyer_id, now=now)
    note_step(session, review, "keep", by=(lawyer_id, review.lawyer_name), case=case, now=now)
    review.sealed_advice = case.seal(content.advice.encode())
    review.sealed_why, review.edition, review.signed_at = edition.sealed_why, edition.number, edition.signed_at
    return touch(session, review, now)
