"""Tables of campaigns. None names an owner or a case; a checkup names the link that it came by."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import tenants.models  # noqa: F401 - refers to its tables
from tenants.base import Base, GlobalId, MovedWhy, Short, among
from tenants.campaign_steps import STEPS
from tenants.campaigns.states import LIFE


class Campaign(Base):
    """What a bureau, or a firm (`by_firm`) under its bureau's eyes, wants for whom and until when.

    `focus`: the domain of the pack that is asked first, or none. `budget`: reviews that it pays for, 0 without a limit;
    in a firm's own, those asked of itself. `languages`: of its posters. `frozen_at`: when its numbers were told for the
    last time; they stay.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("ends_on >= begins_on", name="days_in_order"),
        CheckConstraint("budget >= 0", name="budget_range"),
    )
    id: Mapped[GlobalId]
    bureau_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bureau.id"))
    by_firm: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("firm.id"))
    number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Short]
    name_en: Mapped[Short]
    purpose: Mapped[str]
    purpose_en: Mapped[str]
    focus: Mapped[str]
    begins_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    languages: Mapped[str]
    budget: Mapped[int]
    state: Mapped[str] = mapped_column(among("state", LIFE.states), default="drafted")
    made_at: Mapped[dt.datetime]
    frozen_at: Mapped[dt.datetime | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class CampaignEvent(MovedWhy, Base):
    """One move of a campaign: who, when, from, to, why."""

    __tablename__ = "campaign_event"
    __table_args__ = (Index("ix_campaign_event_campaign", "campaign_id"),)
    id: Mapped[GlobalId]
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str]


class CampaignPartner(Base):
    """A partner that takes part."""

    __tablename__ = "campaign_partner"
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    partner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("partner.id"), primary_key=True)


class CampaignFirm(Base):
    """A firm whose lawyers read for the campaign, and how many owners it takes at most."""

    __tablename__ = "campaign_firm"
    __table_args__ = (CheckConstraint("quota > 0", name="quota_range"),)
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    reader_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("firm.id"), primary_key=True)
    quota: Mapped[int]


class CampaignLink(Base):
    """One way in at one place, of one partner, or of the firm whose campaign it is. `code` is what is read out by
    phone; `cap`: how often somebody may begin by it, 0 without a limit, 1 once."""

    __tablename__ = "campaign_link"
    __table_args__ = (CheckConstraint("cap >= 0", name="cap_range"), Index("ix_campaign_link_campaign", "campaign_id"))
    id: Mapped[GlobalId]
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"))
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"))
    place: Mapped[Short]
    code: Mapped[str] = mapped_column(unique=True)
    cap: Mapped[int]
    made_at: Mapped[dt.datetime]
    stopped_at: Mapped[dt.datetime | None]


class LinkUse(Base):
    """How often somebody has begun by a link with a cap. No role reads it; a function counts."""

    __tablename__ = "campaign_link_use"
    link_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign_link.id"), primary_key=True)
    used: Mapped[int]


class CampaignStep(Base):
    """How many checkups that came by a link reached a step on a day, each once. `at_firm`: where they lay then.

    Written by the triggers of `checkup` alone, read by the worker, which tells of them by the rule of releases.
    """

    __tablename__ = "campaign_step"
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    link_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign_link.id"), primary_key=True)
    at_firm: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(among("step", STEPS), primary_key=True)
    count: Mapped[int]


class CampaignTold(Base):
    """What is told of a campaign, as a release tells: numbers of ten and more. `part`: one partner, or the firm whose
    campaign it is, or empty for all.

    `what`: `scans`, `all` who began, or the step that so many have reached and none after it.
    """

    __tablename__ = "campaign_told"
    campaign_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    told_at: Mapped[dt.datetime]


class ScreenCount(Base):
    """How often a screen was shown on a day, by which channel and link: a count, and nothing of who saw it."""

    __tablename__ = "screen_count"
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    link_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, comment="all noughts where she came by none")
    screen: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class ScreenTold(Base):
    """What is told of a month's screens: how often each was shown, of ten and more."""

    __tablename__ = "screen_told"
    month: Mapped[str] = mapped_column(primary_key=True)
    screen: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
