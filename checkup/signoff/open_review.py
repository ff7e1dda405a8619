"""The open case as its lawyer reads it. Taking is in `checkup/desk/assignment.py`, deciding and signing beside it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import OpenCheckup, list_findings, open_case, open_checkup
from checkup.cases.models import FindingRow
from checkup.cases.sealing import Keyring
from checkup.review.models import Review
from checkup.signoff.content import Words
from checkup.signoff.decisions import open_words
from tenants.errors import NotFound


@dataclass(frozen=True)
class OpenReview:
    """A checkup under review: answers, findings with both values and the lawyer's words, the review and its advice."""

    open: OpenCheckup
    findings: Sequence[FindingRow]
    words: Mapping[str, Words]
    review: Review | None
    advice: str


def open_review(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, even_unwanted: bool = False) -> OpenReview:
    """Everything the review screen shows. Raises: NotFound, also where the owner wants no review.

    `even_unwanted`: the reader is the owner, or holds break-glass access (`checkup/cases/break_glass.py`).
    """
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    if not opened.row.review_wanted and not even_unwanted:
        raise NotFound
    review = session.scalars(select(Review).where(Review.checkup_id == checkup_id)).one_or_none()
    case, findings = open_case(session, opened.row, keys), list_findings(session, checkup_id=checkup_id)
    advice = case.unseal(review.sealed_advice).decode() if review and review.sealed_advice else ""
    return OpenReview(opened, findings, {f.risk: open_words(case, f) for f in findings}, review, advice)
