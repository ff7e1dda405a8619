"""How a visitor leaves a kiosk: with her checkup on her phone, with a slip, or with nothing; that she is still there.

What an owner's phone does with the square lies here too: it ends the visit.
"""

from http import HTTPStatus

import segno
from flask import Blueprint, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.assisting.claiming import issue_own_claim
from tenants.audit import Actor
from tenants.base import RECEPTION_ID
from tenants.clock import now
from tenants.database import Audience
from tenants.login.sessions import token_digest
from tenants.stations.kiosks import Device
from tenants.stations.visits import Visit, leads_on, offer_handover, take_over
from webapp.edge.audiences import audience, public_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.people_here import OwnerHere, come_in_as_owner
from webapp.edge.rates import door
from webapp.views.kiosk.gate import device_work, find_here, kiosk_page, leaving, visitor_work, wipe

blueprint = Blueprint("kiosk_leaving", __name__)


@blueprint.get("/kiosk/leave")
@audience(Audience.PUBLIC)
@leaving
def show(device: Device, _visit: Visit) -> str:
    return kiosk_page("kiosk/leave.html", device=device)


@blueprint.post("/kiosk/hand-over")
@audience(Audience.PUBLIC)
@leaving
def hand_over(device: Device, _visit: Visit) -> str:
    """A square for her phone: once, for minutes, and nobody can read it out of the page's address."""
    with device_work() as work:
        token = offer_handover(work, device.kiosk.id, now())
    link = f"{installation().public_url}{url_for('kiosk_leaving.ask_to_take', token=token)}"
    picture = segno.make(link, error="m").svg_data_uri(scale=8, border=3)
    return kiosk_page("kiosk/hand_over.html", picture=picture)


@blueprint.post("/kiosk/slip")
@audience(Audience.PUBLIC)
@leaving
def slip(device: Device, visit: Visit) -> str:
    """A paper with a code, for hands without a phone; another one makes it worthless."""
    by = Actor(visit.person_id, _("店主本人"))
    with visitor_work(visit) as work:
        number, code = issue_own_claim(
            work, checkup_id=visit.checkup_id, pepper=installation().pepper, by=by, now=now()
        )
    link = f"{installation().public_url}{url_for('claiming.show')}"
    picture = segno.make(f"{link}?number={number}", error="m").svg_data_uri(scale=5, border=3)
    return kiosk_page("kiosk/slip.html", device=device, number=number, code=code, link=link, picture=picture)


@blueprint.post("/kiosk/end")
@audience(Audience.PUBLIC)
def end() -> Response:
    """Whatever she had typed is off this device, and so it is where nobody was there any more."""
    here = find_here(touches=False)
    return redirect(url_for("kiosk.start")) if here is None else wipe(here.device)


@blueprint.post("/kiosk/here")
@audience(Audience.PUBLIC)
@leaving
def say_here(_device: Device, _visit: Visit) -> Response:
    """She is reading: the page tells so, and the visit runs on."""
    return Response(status=HTTPStatus.NO_CONTENT)


@blueprint.get("/kiosk/state")
@audience(Audience.PUBLIC)
def state() -> Response:
    """Whether the visit runs still, for the page that waits for her phone; asking keeps nothing alive."""
    here = find_here(touches=False)
    return jsonify(runs=here is not None and here.visit is not None)


@blueprint.get("/take/<token>")
@audience(Audience.PUBLIC)
def ask_to_take(token: str) -> tuple[str, int]:
    """On her phone: a look takes nothing, so that no preview of a chat uses the square up."""
    digest = token_digest(token)
    with public_work(token=digest) as work:
        leads = leads_on(work, digest, now())
    return (render_template("kiosk/take.html"), HTTPStatus.OK) if leads else _gone()


def _gone() -> tuple[str, int]:
    return render_template("kiosk/gone.html"), HTTPStatus.GONE


@blueprint.post("/take/<token>")
@audience(Audience.PUBLIC)
@door
def take(token: str) -> Response | tuple[str, int]:
    """From now on it is on this phone and nowhere else."""
    digest = token_digest(token)
    with public_work(token=digest) as work:
        visit = take_over(work, digest, now())
    if visit is None:
        return _gone()
    come_in_as_owner(OwnerHere(visit.person_id, RECEPTION_ID, visit.checkup_id))
    return redirect(url_for("owner.go_on", checkup_id=visit.checkup_id))
