"""What owners made of a firm, on its card: told as a release tells, of ten and more, moved by a crowd alone.

It is the firm's own number and no other firm's, so that nobody takes away a part of it: the firm may read each of these
ratings, and so finds nothing out. The stars of a release are no part of it either: those are of businesses that agreed
to statistics, by quarter and by the mean of three answers; these are of all, to this day, by the worst of them. Where
all who rated were content nothing is told: it would tell of each.
"""

import uuid
from collections import Counter

from sqlalchemy.orm import Session

from checkup.owner.ratings import Tally
from checkup.referrals.states import RATED
from cloud.cubes.cells import NONE, REVIEWED
from cloud.disclosure.quarters import Counts
from cloud.releases.told_counts import tell_counts
from tenants.models import Firm


def tell_firm(session: Session, *, firm_id: uuid.UUID, tally: Tally) -> Firm:
    """Under Scope(WORKER), of the firm whose ratings these are; what is told stands in its row."""
    told = tell_counts(session, f"firm {firm_id}", {str(firm_id): _counts_of(tally)})
    firm = session.get_one(Firm, firm_id)
    firm.rated_well, firm.rated_not_well = (told.get(((RATED, code),)) for code in ("well", "not_well"))
    session.flush()
    return firm


def _counts_of(tally: Tally) -> Counts:
    unrated = tally.businesses - tally.rated.total()
    return {
        REVIEWED: Counter({("",): tally.businesses}),
        RATED: Counter({(code,): count for code, count in (*tally.rated.items(), (NONE, unrated)) if count}),
    }
