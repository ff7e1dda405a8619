"""The kiosks of a helper's station: a venue code for one more, and the switch that turns one off."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience
from tenants.stations.kiosks import end_kiosk, list_kiosks, offer_kiosk
from webapp.edge.audiences import actor, audience, staff_work, station_id
from webapp.edge.installation import installation
from webapp.forms.helpers import KioskForm
from webapp.views.helper.gate import at_work, standing

blueprint = Blueprint("helper_kiosks", __name__, url_prefix="/helper/kiosks")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.HELPER, may="help")
@at_work
def show() -> _Answer:
    return _page(KioskForm(formdata=None))


def _page(form: KioskForm, *, code: str = "") -> tuple[str, int]:
    """`code`: one that was made just now; it is shown once."""
    with staff_work() as work:
        page = render_template(
            "helper/kiosks.html", kiosks=list_kiosks(work, station_id()), form=form, code=code, now=now()
        )
    return page, form.status


@blueprint.post("")
@audience(Audience.HELPER, may="help")
@at_work
def offer() -> _Answer:
    form, code, station = KioskForm(), "", standing().station
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                code = offer_kiosk(
                    work, station=station, name=form.name.data, pepper=installation().pepper, by=actor(), now=now()
                )
            form = KioskForm(formdata=None)
    return _page(form, code=code)


@blueprint.post("/<uuid:kiosk_id>/end")
@audience(Audience.HELPER, may="help")
@at_work
def end(kiosk_id: uuid.UUID) -> _Answer:
    with staff_work() as work:
        end_kiosk(work, station_id=station_id(), kiosk_id=kiosk_id, by=actor(), now=now())
    return redirect(url_for("helper_kiosks.show"))
