"""The ways into a campaign: one link for each place, with a code that can be read out by phone."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tenants.campaign_steps import OPEN
from tenants.campaigns.making import list_partner_ids
from tenants.campaigns.models import Campaign, CampaignLink
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.models import Bureau, Firm, Partner
from tenants.numbers import LETTERS, random_letters
from tenants.rows import get_one
from tenants.typed.codes import code as read_code
from tenants.typed.words import check_line

LONG = 6
MOST_PLACE, MOST_CAP = 60, 100_000


@dataclass(frozen=True)
class CameBy:
    """The link that somebody begins by, the domain to ask first, and how many of her steps are counted."""

    link_id: uuid.UUID
    focus: str
    step: int = 0

    def columns(self, domains: Iterable[str]) -> dict[str, object]:
        """Of her checkup; the wanted domain only where its pack has it."""
        focus = self.focus if self.focus in set(domains) else None
        return {"link_id": self.link_id, "link_step": self.step, "focus": focus}


@dataclass(frozen=True)
class Named:
    """An organisation by its names."""

    name: str
    name_en: str


@dataclass(frozen=True)
class WayIn:
    """What stands behind a code. `hosts`: as `list_hosts`; `standing`: of `tenants.campaign_steps`."""

    link: CampaignLink
    campaign: Campaign
    hosts: Sequence[Named]
    standing: str


def add_link(
    session: Session, row: Campaign, *, partner_id: uuid.UUID | None, place: str, cap: int, now: dt.datetime
) -> CampaignLink:
    """A new code, of a partner that takes part; of none in a firm's own. Raises: Invalid, Conflict `not_now`."""
    if row.state not in ("drafted", "running"):
        raise Conflict("not_now")
    if partner_id not in (list_partner_ids(session, row.id) if row.by_firm is None else (None,)):
        raise Invalid((FieldFault("partner", "unknown_option"),))
    link = CampaignLink(
        campaign_id=row.id,
        partner_id=partner_id,
        place=check_line(place, "place", most=MOST_PLACE),
        code=random_letters(LONG),
        cap=cap,
        made_at=now,
    )
    session.add(link)
    session.flush()
    return link


def stop_link(session: Session, *, campaign_id: uuid.UUID, link_id: uuid.UUID, now: dt.datetime) -> None:
    """It leads into the campaign no more; whoever scans it may begin without. Raises: NotFound."""
    link = get_link(session, campaign_id=campaign_id, link_id=link_id)
    link.stopped_at = link.stopped_at or now
    session.flush()


def get_link(session: Session, *, campaign_id: uuid.UUID, link_id: uuid.UUID) -> CampaignLink:
    """Raises: NotFound."""
    return get_one(
        session, select(CampaignLink).where(CampaignLink.campaign_id == campaign_id, CampaignLink.id == link_id)
    )


def list_links(session: Session, campaign_id: uuid.UUID) -> Sequence[CampaignLink]:
    """Those that the scope reads, by place."""
    query = select(CampaignLink).where(CampaignLink.campaign_id == campaign_id)
    return session.scalars(query.order_by(CampaignLink.partner_id, CampaignLink.place, CampaignLink.id)).all()


def read(raw: str) -> str:
    """The code in what was typed or read out; "" where none is."""
    typed = read_code(raw, LETTERS)
    return typed if len(typed) == LONG and set(typed) <= set(LETTERS) else ""


def find_way_in(session: Session, code: str) -> WayIn | None:
    """What stands behind a code, under Scope(PUBLIC, token=code)."""
    standing = session.scalar(select(func.app_link_standing()))
    if standing is None:
        return None
    link = session.scalars(select(CampaignLink).where(CampaignLink.code == code)).one()
    campaign = session.get_one(Campaign, link.campaign_id)
    return WayIn(link, campaign, list_hosts(session, campaign, link), standing)


def list_hosts(session: Session, campaign: Campaign, link: CampaignLink) -> Sequence[Named]:
    """Whose name stands on the poster: a partner and its bureau; or a firm, nobody once it is not public."""
    asked: tuple[tuple[type[Bureau | Firm | Partner], uuid.UUID | None], ...] = (
        ((Partner, link.partner_id), (Bureau, campaign.bureau_id))
        if campaign.by_firm is None
        else ((Firm, campaign.by_firm),)
    )
    names = (select(model.name, model.name_en).where(model.id == key) for model, key in asked)
    return [Named(*found) for query in names for found in session.execute(query).tuples()]


def take(session: Session, code: str) -> CameBy:
    """One more begins by this code, under Scope(OWNER, …, token=code). Raises: Conflict with the link's standing,
    `unknown` for a code that there is not."""
    standing = session.scalar(select(func.app_take_link()))
    if standing != OPEN:
        raise Conflict(standing or "unknown")
    link = session.scalars(select(CampaignLink).where(CampaignLink.code == code)).one()
    return CameBy(link.id, session.get_one(Campaign, link.campaign_id).focus)


def find_campaign_of(session: Session, link_id: uuid.UUID | None) -> Campaign | None:
    """The campaign that a checkup came by, in its owner's scope; None where it came by none, or it is over."""
    link = None if link_id is None else session.get(CampaignLink, link_id)
    return None if link is None else session.get(Campaign, link.campaign_id)


def list_readers(session: Session, link_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The firms that still have room for whoever came by this link, in its owner's scope."""
    return session.scalars(select(func.app_campaign_readers(link_id))).all()
