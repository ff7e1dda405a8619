"""The campaigns that a partner takes part in: what they are for, its own codes, and what is told of them."""

import uuid

from flask import Blueprint, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.campaigns import links, making
from tenants.campaigns.models import Campaign
from tenants.campaigns.told import read_funnels
from tenants.database import Audience
from tenants.parks.admission import get_partner
from webapp.campaigns.files import send_kit, send_report
from webapp.campaigns.papers import read_kit
from webapp.campaigns.report import Told, names_by_id
from webapp.edge.audiences import audience, partner_id, staff_work

blueprint = Blueprint("partner_campaigns", __name__, url_prefix="/partner")


@blueprint.get("/")
@audience(Audience.PARTNER, may="promote")
def index() -> str:
    with staff_work() as work:
        row, rows = get_partner(work, partner_id()), making.list_campaigns(work)
    return render_template("partner/campaigns.html", row=row, rows=rows)


@blueprint.get("/campaigns/<uuid:campaign_id>")
@audience(Audience.PARTNER, may="promote")
def one(campaign_id: uuid.UUID) -> str:
    with staff_work() as work:
        row = making.get_campaign(work, campaign_id)
        told, held = _told(work, row), links.list_links(work, row.id)
    return render_template("partner/campaign.html", row=row, links=held, funnels=told.funnels, names=told.names)


@blueprint.get("/campaigns/<uuid:campaign_id>/links/<uuid:link_id>")
@audience(Audience.PARTNER, may="promote")
def kit(campaign_id: uuid.UUID, link_id: uuid.UUID) -> str:
    """What hangs at this place, to look at and to print."""
    with staff_work() as work:
        held = read_kit(work, campaign_id=campaign_id, link_id=link_id)
    return render_template("shared/kit.html", row=held.campaign, link=held.link, pages="partner_campaigns")


@blueprint.get("/campaigns/<uuid:campaign_id>/links/<uuid:link_id>/<kit_size>/<kit_locale>.<file_kind>")
@audience(Audience.PARTNER, may="promote")
def kit_file(campaign_id: uuid.UUID, link_id: uuid.UUID, kit_size: str, kit_locale: str, file_kind: str) -> Response:
    with staff_work() as work:
        held = read_kit(work, campaign_id=campaign_id, link_id=link_id)
    return send_kit(held, kit_size, kit_locale, file_kind)


@blueprint.get("/campaigns/<uuid:campaign_id>/report.<file_kind>")
@audience(Audience.PARTNER, may="promote")
def report(campaign_id: uuid.UUID, file_kind: str) -> Response:
    """The numbers of the page, and no other."""
    with staff_work() as work:
        told = _told(work, making.get_campaign(work, campaign_id))
    return send_report(told, file_kind)


def _told(work: Session, row: Campaign) -> Told:
    mine = get_partner(work, partner_id())
    return Told(row, read_funnels(work, row.id), names_by_id({mine.id: mine}))
