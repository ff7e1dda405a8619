"""Which screens are counted, and what was told of them."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from tenants.campaigns.models import ScreenTold

LANDING, FIRST, RESULT, CHOICE = "landing", "first", "result", "firm"  # all others are questions, by their ids
NO_LINK = uuid.UUID(int=0)
Seen = tuple[str, uuid.UUID, str]  # channel, link, screen


def count_screens(session: Session, seen: Mapping[Seen, int]) -> None:
    """Add to what was shown today, under Scope(PUBLIC)."""
    rows = [
        {"channel": channel, "link_id": str(link), "screen": screen, "count": count}
        for (channel, link, screen), count in seen.items()
    ]
    session.execute(select(func.famai_count_screens(cast(rows, JSONB))))


def list_told(session: Session, month: dt.date) -> Sequence[tuple[str, int]]:
    """(screen, how often it was shown) of the month that this day is in."""
    query = select(ScreenTold.screen, ScreenTold.count).where(ScreenTold.month == f"{month:%Y-%m}")
    return session.execute(query).tuples().all()
