"""Table of the survey behind two indicators. It names no owner, no business and no checkup."""

import datetime as dt

from sqlalchemy.orm import Mapped

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, OfFirm


class SurveyAnswer(OfFirm, Base):
    """One answer to one question, tied to a firm and a day and to nobody."""

    __tablename__ = "survey_answer"
    question: Mapped[str]
    answer: Mapped[str]
    day: Mapped[dt.date]
