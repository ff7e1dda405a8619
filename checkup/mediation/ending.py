"""When a case is erased: its mediations open nowhere any more, what runs has ended, and both others are told so."""

import datetime as dt
import uuid

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.mediation.events import Taken, move
from checkup.mediation.models import (
    Mediation,
    MediationEvent,
    MediationOffer,
    MediationPaper,
    MediationRating,
    MediationSeat,
)
from checkup.mediation.states import CLOCK, RUNNING


def end_mediations(session: Session, row: Checkup, now: dt.datetime) -> None:
    """In the unit of work that destroys the keys, under whatever scope erases the case."""
    for one in session.scalars(select(Mediation).where(Mediation.checkup_id == row.id).with_for_update()):
        one.sealed_told, one.sealed_place, one.sealed_agreement = b"", None, None
        if one.state in RUNNING:
            move(session, one, Taken("leave", CLOCK), key=None, now=now)
    session.flush()


def forget_mediations(session: Session, *, firm_id: uuid.UUID, checkup_id: uuid.UUID) -> list[str]:
    """The worker's part: words, offers, papers and ways in go; that there was one and how it ended stays. Returns the
    paths to remove. Twice changes nothing."""
    of_case = {"firm_id": firm_id, "checkup_id": checkup_id}
    paths = list(session.scalars(select(MediationPaper.path).filter_by(**of_case)))
    session.execute(delete(MediationPaper).filter_by(**of_case))
    session.execute(delete(MediationRating).filter_by(**of_case))
    session.execute(delete(MediationOffer).filter_by(**of_case))
    session.execute(update(MediationEvent).filter_by(**of_case).values(sealed_words=None))
    ids = select(Mediation.id).filter_by(**of_case)
    session.execute(delete(MediationSeat).where(MediationSeat.mediation_id.in_(ids)))
    return paths
