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

KEY_LASTS = dt.timedelta(days=365)  # then it is time for a new one


def find_firm(session: Session, slug: str) -> Firm | None:
    """A firm by its address; the city's reception is none."""
    return session.scalars(select(Firm).where(Firm.slug == slug, Firm.state != "reception")).one_or_none()


def list_firms(session: Session) -> Sequence[Firm]:
    """The firms that serve, by name."""
    return session.scalars(select(Firm).where(Firm.state.in_(SERVING)).order_by(Firm.name)).all()


@dataclass(frozen=True)
class Fastest:
    """The firm that has time soonest, and why it is that one.

    `is_near`: of her district; `speaks`: works in her language; `equals`: so many wait as briefly, it was drawn.
    """

    firm: Firm
    is_near: bool
    speaks: bool
    equals: int


def list_fastest(firms: Sequence[Firm], *, district: str = "", language: str = "") -> Sequence[Fastest]:
    """The firms with the shortest wait, of her district and language if there are any; in an order drawn anew.

    Her language goes before her district, and both before a shorter wait elsewhere. Equals are drawn, never listed: no
    firm gets owners for its name, and nobody gets them for a bureau. A firm that does not say how long comes last.
    """
    able = [firm for firm in firms if language in firm.languages.split()] if language else []
    near = [firm for firm in able or firms if firm.district == district]
    among = near or able or list(firms)

    def wait(firm: Firm) -> float:
        return math.inf if firm.waiting_days is None else firm.waiting_days

    least = min(map(wait, among), default=math.inf)
    equals = [firm for firm in among if wait(firm) == least]
    drawn = secrets.SystemRandom().sample(equals, len(equals))
    return [Fastest(firm, bool(near), bool(able), len(equals)) for firm in drawn]


@dataclass(frozen=True)
class Tenant:
    """A firm as the operator sees it: who it is, where it stands, when somebody last acted there, since when its key
    is the one it is, and what its limits are. No count of its work."""

    firm: Firm
    acted_at: dt.datetime | None
    acts: int
    key_since: dt.datetime | None

    def needs_new_key(self, now: dt.datetime) -> bool:
        return self.key_since is not None and self.key_since < now - KEY_LASTS


def list_tenants(session: Session) -> list[Tenant]:
    """Every firm of the installation by name, under Scope(OPERATOR); from the log, which names acts and no answers."""
    keyed = AuditEntry.act.in_(("firm.admitted", "firm.rotated"))
    acted = (
        select(
            AuditEntry.firm_id,
            func.max(AuditEntry.at).label("at"),
            func.count().label("acts"),
            func.max(AuditEntry.at).filter(keyed).label("key_since"),
        )
        .group_by(AuditEntry.firm_id)
        .subquery()
    )
    query = (
        select(Firm, acted.c.at, func.coalesce(acted.c.acts, 0), acted.c.key_since)
        .outerjoin(acted, acted.c.firm_id == Firm.id)
        .order_by(Firm.name)
    )
    return [Tenant(*row) for row in session.execute(query)]
