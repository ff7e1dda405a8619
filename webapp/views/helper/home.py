"""Where a helper begins: her yes to secrecy, then whom she helps and what waits."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.assisting.assist_rules import CALL
from checkup.assisting.reading import list_clients
from tenants.clock import now
from tenants.database import Audience
from tenants.stations.duty import accept_duty
from webapp.edge.audiences import actor, audience, staff_work, station_id
from webapp.forms.posts import DutyForm
from webapp.views.helper.gate import at_work, standing

blueprint = Blueprint("helper", __name__, url_prefix="/helper")


@blueprint.get("/")
@audience(Audience.HELPER, may="help")
@at_work
def home() -> str:
    """Those whom she fills in for, those she has just had on the line."""
    with staff_work() as work:
        clients = list_clients(work)
    calls = [one for one in clients if one.help.purpose == CALL]
    helped = [one for one in clients if one.help.purpose != CALL]
    return render_template("helper/home.html", station=standing().station, clients=helped, calls=calls)


@blueprint.get("/duty")
@audience(Audience.HELPER, may="help")
def duty() -> tuple[str, int]:
    return _duty(DutyForm(formdata=None))


def _duty(form: DutyForm) -> tuple[str, int]:
    found = standing()
    return render_template("helper/duty.html", form=form, station=found.station, is_bound=found.is_bound), form.status


@blueprint.post("/duty")
@audience(Audience.HELPER, may="help")
def accept() -> Response | tuple[str, int]:
    form = DutyForm()
    if not form.validate():
        return _duty(form)
    with staff_work() as work:
        accept_duty(work, station_id=station_id(), by=actor(), now=now())
    return redirect(url_for("helper.home"))
