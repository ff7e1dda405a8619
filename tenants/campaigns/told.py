"""What is told of a campaign, as its bureau and its partners read it."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.campaigns.funnel_rules import Stage, funnel_of
from tenants.campaigns.models import CampaignTold

WHOLE = ""


@dataclass(frozen=True)
class Funnel:
    """`part`: of which partner, `WHOLE` for all together."""

    part: str
    stages: Sequence[Stage]


def read_funnels(session: Session, campaign_id: uuid.UUID) -> list[Funnel]:
    """Those that the scope reads: of all together first."""
    told: dict[str, dict[str, int]] = defaultdict(dict)
    query = select(CampaignTold).where(CampaignTold.campaign_id == campaign_id).order_by(CampaignTold.part)
    for row in session.scalars(query):
        told[row.part][row.what] = row.count
    return [Funnel(part, funnel_of(told[part])) for part in sorted({WHOLE, *told})]
