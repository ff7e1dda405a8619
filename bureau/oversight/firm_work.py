"""What a firm has in hand, as far as its bureau may count it: whom a decision about the firm would touch."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checkup.cases.progress import WAITING, Progress
from checkup.owner.suspension import RUNNING


@dataclass(frozen=True)
class Work:
    """`running`: checkups whose owners would be told; `reviews`: what lawyers have in hand and would go on with."""

    running: int
    reviews: int


def count_work(session: Session, firm_id: uuid.UUID) -> Work:
    """Under Scope(BUREAU): counts alone, no owner."""
    query = select(
        func.count().filter(Progress.state.in_(RUNNING)),
        func.count().filter(Progress.review_wanted & Progress.state.in_(WAITING)),
    ).where(Progress.firm_id == firm_id)
    running, reviews = session.execute(query).one()
    return Work(running, reviews)
