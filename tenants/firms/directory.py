"""Find firms: the public directory, and the one that has time soonest."""

import datetime as dt
import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tenants.audit_models import AuditEntry
from tenants.firms.states import SERVING
from tenants.models import Firm


def find_firm(session: Session, slug: str) -> Firm | None:
    return session.scalars(select(Firm).where(Firm.slug == slug)).one_or_none()


def list_firms(session: Session) -> Sequence[Firm]:
    """The firms that serve, by name."""
    return session.scalars(select(Firm).where(Firm.state.in_(SERVING)).order_by(Firm.name)).all()


def shortest_wait(firms: Sequence[Firm], *, district: str = "") -> Sequence[Firm]:
    """The firms with the shortest wait, of her district if one is there; in an order drawn anew each time.

    Equals are drawn, never listed: no firm gets owners for its name. A firm that does not say how long comes last.
    """
    near = [firm for firm in firms if firm.district == district] or list(firms)

    def wait(firm: Firm) -> float:
        return math.inf if firm.waiting_days is None else firm.waiting_days

    least = min(map(wait, near), default=math.inf)
    return secrets.SystemRandom().sample(equals := [firm for firm in near if wait(firm) == least], len(equals))


@dataclass(frozen=True)
class Tenant:
    """A firm as the operator sees it: who it is, where it stands, when somebody last acted there."""

    name: str
    slug: str
    state: str
    district: str
    acted_at: dt.datetime | None
    acts: int


def list_tenants(session: Session) -> list[Tenant]:
    """Every firm of the installation by name, under Scope(OPERATOR); from the log, which names acts and no answers."""
    acted = (
        select(AuditEntry.firm_id, func.max(AuditEntry.at).label("at"), func.count().label("acts"))
        .group_by(AuditEntry.firm_id)
        .subquery()
    )
    query = (
        select(Firm.name, Firm.slug, Firm.state, Firm.district, acted.c.at, func.coalesce(acted.c.acts, 0))
        .outerjoin(acted, acted.c.firm_id == Firm.id)
        .order_by(Firm.name)
    )
    return [Tenant(*row) for row in session.execute(query)]
