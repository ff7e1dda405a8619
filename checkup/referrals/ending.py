"""When a case is erased: its packets open nowhere any more, what runs is taken back, and the bodies are told so."""

import datetime as dt
import uuid

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.referrals.models import (
    Referral,
    ReferralEvent,
    ReferralFile,
    ReferralHint,
    ReferralLink,
    ReferralRating,
)
from checkup.referrals.moving import Taken, note_event
from checkup.referrals.states import OWNER


def end_referrals(session: Session, row: Checkup, now: dt.datetime) -> None:
    """In the unit of work that destroys the keys, under whatever scope erases the case."""
    for one in session.scalars(select(Referral).where(Referral.checkup_id == row.id).with_for_update()):
        one.sealed_packet, one.topic, one.certificate = b"", f"gone:{one.id}", None
        if one.is_running:
            was, one.state, one.ended_at, one.due_on = one.state, "withdrawn", now, None
            session.flush()
            note_event(session, one, Taken("withdraw", OWNER, reason="erased"), was=was, now=now)
    session.flush()


def forget_referrals(session: Session, *, firm_id: uuid.UUID, checkup_id: uuid.UUID) -> list[str]:
    """The worker's part: words, links and files go; that there was a referral, and how it ended, stays. Returns the
    paths to remove. Twice changes nothing."""
    of_case = {"firm_id": firm_id, "checkup_id": checkup_id}
    paths = list(session.scalars(select(ReferralFile.path).filter_by(**of_case)))
    session.execute(delete(ReferralFile).filter_by(**of_case))
    session.execute(update(ReferralEvent).filter_by(**of_case).values(sealed_words=None))
    for table in (ReferralRating, ReferralHint):
        session.execute(delete(table).filter_by(**of_case))
    ids = select(Referral.id).filter_by(**of_case)
    session.execute(delete(ReferralLink).where(ReferralLink.referral_id.in_(ids)))
    session.execute(delete(Referral).filter_by(**of_case, state="drafted"))
    return paths
