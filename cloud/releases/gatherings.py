"""How many wanted a seat at a gathering and how many came, told as a release tells: of ten and more, moved by a crowd
alone, and once it is over the same for ever. Seats name nobody, and are gone a week later."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.gatherings.models import Gathering, GatheringTold
from bureau.gatherings.seats import count_seats
from bureau.gatherings.states import ANNOUNCED, CAME, SEATS
from cloud.cubes.cells import GATHERED
from cloud.releases.told_counts import tell_counts


def list_to_tell(session: Session) -> Sequence[uuid.UUID]:
    """Whatever was not told for the last time; under Scope(WORKER)."""
    return session.scalars(select(Gathering.id).where(Gathering.frozen_at.is_(None)).order_by(Gathering.id)).all()


def tell_gathering(session: Session, gathering_id: uuid.UUID, *, now: dt.datetime) -> int:
    """Under Scope(WORKER); returns how many numbers are told. Nothing is told anew of what is frozen."""
    row = session.get_one(Gathering, gathering_id, with_for_update=True)
    if row.frozen_at is not None:
        return 0
    told = 0
    for what, count in zip((SEATS, CAME), count_seats(session, gathering_id), strict=True):
        if not count:
            continue  # before anybody came there is nothing to be told anew later
        cells = tell_counts(session, f"gathering {gathering_id} {what}", {}, {GATHERED: Counter({(what,): count})})
        for shown in cells.values():
            session.merge(GatheringTold(gathering_id=gathering_id, what=what, count=shown))
            told += 1
    if row.state != ANNOUNCED:
        row.frozen_at = now
    session.flush()
    return told
