"""Find firms: the public directory, and the one that has time soonest."""

import math
import secrets
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.firms.states import SERVING
from tenants.models import Firm


def find_firm(session: Session, slug: str) -> Firm | None:
    return session.scalars(select(Firm).where(Firm.slug == slug)).one_or_none()


def list_firms(session: Session, *, district: str = "", language: str = "") -> Sequence[Firm]:
    """The firms that serve owners now, by name; of one district or language if asked."""
    query = select(Firm).where(Firm.state.in_(SERVING)).order_by(Firm.name)
    if district:
        query = query.where(Firm.district == district)
    return [firm for firm in session.scalars(query) if not language or language in firm.languages.split()]


def shortest_wait(firms: Sequence[Firm], *, district: str = "") -> Sequence[Firm]:
    """The firms with the shortest wait, of her district if one is there; in an order drawn anew each time.

    Equals are drawn, never listed: no firm gets owners for its name. A firm that does not say how long comes last.
    """
    near = [firm for firm in firms if firm.district == district] or list(firms)

    def wait(firm: Firm) -> float:
        return math.inf if firm.waiting_days is None else firm.waiting_days

    least = min(map(wait, near), default=math.inf)
    return secrets.SystemRandom().sample(equals := [firm for firm in near if wait(firm) == least], len(equals))
