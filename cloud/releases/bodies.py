"""How matters ended at a body and what owners made of it, a year at a time, told as a release tells."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from checkup.referrals.models import ProviderTold
from checkup.referrals.ratings import Tally
from checkup.referrals.states import HANDLED, OTHER_RATED, RATED
from cloud.cubes.cells import NONE, REVIEWED, Key
from cloud.disclosure.quarters import Counts
from cloud.releases.told_counts import tell_counts


def tell_body(
    session: Session, *, provider_id: uuid.UUID, year: int, firms: Mapping[str, Tally], now: dt.datetime
) -> Sequence[ProviderTold]:
    """Under Scope(WORKER). `firms`: firm → what its owners' matters came to at this body."""
    own = {firm: _counts_of(tally) for firm, tally in firms.items()}
    told = tell_counts(session, f"body {provider_id} {year}", own)
    rows = []
    for cell, count in told.items():
        [(what, code)] = cell or (("", ""),)
        if code != NONE:
            row = ProviderTold(provider_id=provider_id, year=year, what=what, code=code, count=count, counted_at=now)
            rows.append(session.merge(row))
    session.flush()
    return rows


def _counts_of(tally: Tally) -> Counts:
    return {
        REVIEWED: Counter({("",): tally.businesses}),
        HANDLED: Counter({(code,): count for code, count in tally.handled.items()}),
        RATED: _with_the_silent(tally.rated, tally.businesses),
        OTHER_RATED: _with_the_silent(tally.other, tally.businesses),
    }


def _with_the_silent(rated: Counter[str], businesses: int) -> Counter[Key]:
    """Whoever has said nothing is counted as that: each table is of the same businesses."""
    silent = businesses - rated.total()
    return Counter({(code,): count for code, count in (*rated.items(), (NONE, silent)) if count})
