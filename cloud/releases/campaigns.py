"""What a campaign has come to, told as a release tells: of ten and more, moved by a crowd alone, and once it has ended
the same for ever.

It is counted as it happens and never from cases, so an erased case stays counted and nobody is found by it. Scans are
no businesses and stand apart. Whoever begins again and again is counted again; she learns what she did herself.
"""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from cloud.cubes.cells import BROUGHT, PARTNER, REACHED, SCANNED, SCREEN, Cell
from cloud.disclosure.quarters import Counts
from cloud.releases.told_counts import tell_counts
from tenants.base import RECEPTION_ID
from tenants.campaigns.funnel_rules import ALL, SCANS, last_steps, share_out
from tenants.campaigns.models import (
    Campaign,
    CampaignLink,
    CampaignStep,
    CampaignTold,
    ScreenCount,
    ScreenTold,
)
from tenants.campaigns.screens import LANDING
from tenants.campaigns.states import ENDED, RUNNING
from tenants.campaigns.told import WHOLE

# Who brought them in: the partner of a link, or the firm whose campaign it is.
_PART = func.coalesce(CampaignLink.partner_id, Campaign.by_firm)


def list_to_tell(session: Session) -> Sequence[uuid.UUID]:
    """Whatever runs, and what has ended and was not told for the last time; under Scope(WORKER)."""
    query = select(Campaign.id).where(Campaign.state.in_((RUNNING, ENDED)), Campaign.frozen_at.is_(None))
    return session.scalars(query.order_by(Campaign.id)).all()


def tell_campaign(session: Session, campaign_id: uuid.UUID, *, now: dt.datetime) -> Sequence[CampaignTold]:
    """Under Scope(WORKER). Nothing is told anew of what is frozen."""
    row = session.get_one(Campaign, campaign_id, with_for_update=True)
    if row.frozen_at is not None:
        return ()
    firms, others = _count_brought(session, campaign_id)
    scanned = {SCANNED: _count_scans(session, campaign_id)}
    # Before anybody came there is nothing to be told anew later.
    told = tell_counts(session, f"campaign {campaign_id}", firms, others) if others else {}
    scans = tell_counts(session, f"scans {campaign_id}", {}, scanned) if scanned[SCANNED] else {}
    session.execute(delete(CampaignTold).where(CampaignTold.campaign_id == campaign_id))
    rows = [
        CampaignTold(campaign_id=campaign_id, part=part, what=what, count=count, told_at=now)
        for cells, total in ((told, ALL), (scans, SCANS))
        for (part, what), count in _named(cells, total).items()
    ]
    session.add_all(rows)
    if row.state == ENDED:
        row.frozen_at = now
    session.flush()
    return rows


def _named(cells: Mapping[Cell, int], total: str) -> dict[tuple[str, str], int]:
    """(partner, what) → the number of a cell."""
    return {(dict(cell).get(PARTNER, WHOLE), dict(cell).get(REACHED, total)): count for cell, count in cells.items()}


def _count_brought(session: Session, campaign_id: uuid.UUID) -> tuple[dict[str, Counts], Counts]:
    """Of each firm, and of nobody's: part × the last step that was reached."""
    query = (
        select(_PART, CampaignStep.at_firm, CampaignStep.step, func.sum(CampaignStep.count))
        .join(CampaignLink, CampaignLink.id == CampaignStep.link_id)
        .join(Campaign, Campaign.id == CampaignLink.campaign_id)
        .where(Campaign.id == campaign_id)
        .group_by(_PART, CampaignStep.at_firm, CampaignStep.step)
    )
    reached: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for part, firm, step, count in session.execute(query).tuples():
        reached[str(part)][str(firm)][step] += int(count)
    firms, others = defaultdict[str, Counts](dict), Counts()
    for brought_by, at in reached.items():
        whole = last_steps(sum(at.values(), Counter[str]()))
        held = {name: last_steps(many) for name, many in at.items() if name != str(RECEPTION_ID)}
        own, left = share_out(whole, held)
        for name, mine in own.items():
            firms[name].setdefault(BROUGHT, Counter()).update(_keyed(brought_by, mine))
        others.setdefault(BROUGHT, Counter()).update(_keyed(brought_by, left))
    return dict(firms), others


def _keyed(partner: str, held: Mapping[str, int]) -> Counter[tuple[str, ...]]:
    return Counter({(partner, step): count for step, count in held.items() if count})


def _count_scans(session: Session, campaign_id: uuid.UUID) -> Counter[tuple[str, ...]]:
    query = (
        select(_PART, func.sum(ScreenCount.count))
        .join(CampaignLink, CampaignLink.id == ScreenCount.link_id)
        .join(Campaign, Campaign.id == CampaignLink.campaign_id)
        .where(Campaign.id == campaign_id, ScreenCount.screen == LANDING)
        .group_by(_PART)
    )
    return Counter({(str(part),): int(count) for part, count in session.execute(query).tuples()})


def tell_screens(session: Session, *, month: dt.date) -> int:
    """How often each screen was shown in the month that begins on this day, under Scope(WORKER); returns how many
    numbers are told."""
    after = (month + dt.timedelta(days=32)).replace(day=1)
    query = select(ScreenCount.screen, func.sum(ScreenCount.count)).group_by(ScreenCount.screen)
    query = query.where(ScreenCount.day >= month, ScreenCount.day < after)
    seen: Counter[tuple[str, ...]] = Counter({(s,): int(n) for s, n in session.execute(query).tuples()})
    if not seen:
        return 0
    name = f"{month:%Y-%m}"
    told = tell_counts(session, f"screens {name}", {}, {SCREEN: seen})
    for cell, count in told.items():
        if cell:
            session.merge(ScreenTold(month=name, screen=dict(cell)[SCREEN], count=count))
    session.flush()
    return len(told)
