"""Table of the survey behind two indicators. It names no owner, no business and no checkup."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, FirmKey, new_id


class SurveyAnswer(Base):
    """One answer to one question, tied to a firm and a day and to nobody."""

    __tablename__ = "survey_answer"
    firm_id: Mapped[FirmKey] = mapped_column(ForeignKey("firm.id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    question: Mapped[str]
    answer: Mapped[str]
    day: Mapped[dt.date]
