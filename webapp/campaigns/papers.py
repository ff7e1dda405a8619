"""What a campaign prints: its kits (poster, table card, roll-up) as SVG and PDF, in each of its languages."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.campaigns.kit_rules import SIZES, Said
from tenants.campaigns.links import Named, get_link
from tenants.campaigns.making import get_campaign
from tenants.campaigns.models import Campaign, CampaignLink
from tenants.errors import NotFound
from tenants.languages import choose
from tenants.models import Bureau, Partner
from tenants.translation import catalogues, shown
from webapp.drawn_papers import draw
from webapp.wording.outreach.partner_words import KIT


@dataclass(frozen=True)
class Kit:
    """Whose it is and where it hangs."""

    campaign: Campaign
    link: CampaignLink
    partner: Named
    bureau: Named


def read_kit(session: Session, *, campaign_id: uuid.UUID, link_id: uuid.UUID) -> Kit:
    """As the scope reads it. Raises: NotFound."""
    campaign, link = get_campaign(session, campaign_id), get_link(session, campaign_id=campaign_id, link_id=link_id)
    partner = session.execute(select(Partner.name, Partner.name_en).where(Partner.id == link.partner_id)).one()
    bureau = session.get_one(Bureau, campaign.bureau_id)
    return Kit(campaign, link, Named(*partner), Named(bureau.name, bureau.name_en))


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
    return Said(
        brand=say("brand"),
        title=named(row),
        lead=say("lead"),
        purpose=choose({"zh-Hans": row.purpose, "en": row.purpose_en}, locale),
        promises=(say("free"), say("unseen"), say("counted", partner=named(kit.partner))),
        scan=say("scan"),
        typed=say("typed"),
        address=f"{urlsplit(public_url).netloc}/c",
        code=f"{code[:3]} {code[3:]}",
        help=say("help"),
        hosts=f"{named(kit.partner)} · {named(kit.bureau)}",
        until=say("until", day=shown.day(row.ends_on, locale)),
        place=kit.link.place,
    )
