"""Tables of the review: who works on a case, and each move. Keys start with `firm_id`, foreign keys are composite."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import OfCheckup, PerCheckup
from checkup.review.states import FREE, LIFE
from tenants.base import Base, MovedWhy, among, of


class Review(PerCheckup, Base):
    """The lawyer's work on a checkup; `version` counts what its people save, not what clocks and messages write.

    `edition` is the one in work, or the last one issued. From `first_signed_at` until a partner signs or sends it
    back (`sent_back_at`, until she signs again), nothing changes. `state` is its life (`checkup/review/states.py`);
    nobody holds it while `lawyer_id` is NULL.
    `touched_at` is the last thing the lawyer did, `warned_at` the warning after days without any. `unread_at` is the
    last thing the owner wrote that the lawyer has not opened yet, `told_at` the mail about it; since `stuck_since`
    nobody of the firm may act. `reply_by` is the day by which the owner's notes are to be replied to.
    """

    __tablename__ = "review"
    __table_args__ = (of("checkup"), Index("ix_review_lawyer", "firm_id", "lawyer_id"))
    state: Mapped[str] = mapped_column(among("state", LIFE.states))
    lawyer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    lawyer_name: Mapped[str] = mapped_column(default="")
    sealed_advice: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=0)
    offered_until: Mapped[dt.datetime | None]
    offer_reasons: Mapped[str] = mapped_column(default="")
    taken_at: Mapped[dt.datetime | None]
    touched_at: Mapped[dt.datetime]
    warned_at: Mapped[dt.datetime | None]
    edition: Mapped[int] = mapped_column(SmallInteger, default=1)
    sealed_why: Mapped[bytes | None] = mapped_column(LargeBinary)
    first_signed_at: Mapped[dt.datetime | None]
    sent_back_at: Mapped[dt.datetime | None]
    signed_at: Mapped[dt.datetime | None]
    unread_at: Mapped[dt.datetime | None]
    told_at: Mapped[dt.datetime | None]
    stuck_since: Mapped[dt.datetime | None]
    reply_by: Mapped[dt.date | None]
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # counted where people save

    @property
    def is_correction(self) -> bool:
        """Whether the next edition of a signed report is in work."""
        return self.edition > 1 and self.signed_at is None

    @property
    def lacks_holder(self) -> bool:
        """Whether the report is signed and whoever held the case has left the firm."""
        return self.signed_at is not None and self.lawyer_id is None

    @property
    def is_left(self) -> bool:
        """Whether its lawyer left a correction in the middle, and nobody has taken it since."""
        return self.is_correction and self.state in (*FREE, "offered")


class ReviewEvent(OfCheckup, MovedWhy, Base):
    """One move of a review, a conflict check or the green channel (`kind`): who did it, about whom, from, to, why."""

    __tablename__ = "review_event"
    __table_args__ = (of("checkup"), Index("ix_review_event_checkup", "firm_id", "checkup_id"))
    kind: Mapped[str]
    actor_id: Mapped[uuid.UUID | None]
    person_id: Mapped[uuid.UUID | None]
