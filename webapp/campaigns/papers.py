"""What a campaign prints: its kits (poster, table card, roll-up) as SVG and PDF, in each of its languages."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from tenants.campaigns.kit_rules import SIZES, Said
from tenants.campaigns.links import Named, get_link, list_hosts
from tenants.campaigns.making import get_campaign
from tenants.campaigns.models import Campaign, CampaignLink
from tenants.errors import NotFound
from tenants.languages import choose
from tenants.translation import catalogues, shown
from webapp.drawn_papers import draw
from webapp.wording.outreach.partner_words import KIT


@dataclass(frozen=True)
class Kit:
    """Whose it is and where it hangs; `hosts`: whose names stand on it, the nearest first."""

    campaign: Campaign
    link: CampaignLink
    hosts: Sequence[Named]


def read_kit(session: Session, *, campaign_id: uuid.UUID, link_id: uuid.UUID) -> Kit:
    """As the scope reads it. Raises: NotFound."""
    campaign, link = get_campaign(session, campaign_id), get_link(session, campaign_id=campaign_id, link_id=link_id)
    return Kit(campaign, link, list_hosts(session, campaign, link))


def print_kit(kit: Kit, *, size: str, locale: str, kind: str, public_url: str) -> bytes:
    """Slow as PDF (a second). Raises: NotFound for a size, a language or a kind that it has not."""
    if size not in SIZES or locale not in kit.campaign.languages.split():
        raise NotFound
    said = _said(kit, locale, public_url)
    return draw(said, url=f"{public_url}/c/{kit.link.code}", size=size, locale=locale, kind=kind)


def _said(kit: Kit, locale: str, public_url: str) -> Said:
    words = catalogues.load(locale)

    def say(name: str, **params: object) -> str:
        return str(words.gettext(KIT[name])).format(**params)

    def named(one: Named | Campaign) -> str:
        return choose({"zh-Hans": one.name, "en": one.name_en}, locale)

    row, code = kit.campaign, kit.link.code
    hosts = [named(one) for one in kit.hosts]
    last = say("chosen") if row.by_firm is not None else say("counted", partner=hosts[0])
    return Said(
        brand=say("brand"),
        title=named(row),
        lead=say("lead"),
        purpose=choose({"zh-Hans": row.purpose, "en": row.purpose_en}, locale),
        promises=(say("free"), say("unseen"), last),
        scan=say("scan"),
        typed=say("typed"),
        address=f"{urlsplit(public_url).netloc}/c",
        code=f"{code[:3]} {code[3:]}",
        help=say("help"),
        hosts=" · ".join(hosts),
        until=say("until", day=shown.day(row.ends_on, locale)),
        place=kit.link.place,
    )
