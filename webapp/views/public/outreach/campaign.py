"""Where a poster leads: who runs the campaign, what it promises, one button; or why not, and on without it."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tenants.campaign_steps import EARLY, FULL, OPEN, OVER, PAUSED, STOPPED
from tenants.campaigns.links import read
from tenants.campaigns.screens import LANDING
from tenants.database import Audience
from webapp.campaigns.codes import find_way
from webapp.campaigns.screens import note_screen
from webapp.edge.audiences import audience
from webapp.forms.outreach.campaigns import CodeForm
from webapp.views.public.own_entries import own_entries

blueprint = Blueprint("campaign", __name__, url_prefix="/c")
# Gone, or not yet; an unknown code is not found.
STATUS = {OPEN: 200, EARLY: 409, PAUSED: 409, OVER: 410, STOPPED: 410, FULL: 410}
NOT_FOUND = 404


@blueprint.get("")
@audience(Audience.PUBLIC)
def ask() -> Response | str:
    """Whoever was read a code by phone types it here."""
    form = CodeForm(request.args)
    if form.code.data:
        return redirect(url_for("campaign.land", code=form.code.data))
    return render_template("public/campaign_code.html", form=form)


@blueprint.get("/<code>")
@audience(Audience.PUBLIC)
def land(code: str) -> Response | tuple[str, int]:
    known = read(code)
    if known and known != code:
        return redirect(url_for("campaign.land", code=known))
    way = find_way(known)
    if way is not None:
        note_screen(LANDING, link_id=way.link.id)
    page = render_template("public/campaign.html", way=way, own=own_entries())
    return page, NOT_FOUND if way is None else STATUS[way.standing]
