"""The table of lessons: which were done in a case, and which a lawyer gave."""

import datetime as dt

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checkup.cases.models import OfCheckup
from tenants.base import Base, of


class LessonTaken(OfCheckup, Base):
    """One lesson in one case: given by a lawyer (`given_by` her name), done by the owner with so many answers right."""

    __tablename__ = "lesson_taken"
    __table_args__ = (of("checkup"), UniqueConstraint("firm_id", "checkup_id", "lesson"))
    lesson: Mapped[str]
    given_by: Mapped[str] = mapped_column(default="")
    given_at: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None]
    answered_right: Mapped[int | None] = mapped_column(SmallInteger)
