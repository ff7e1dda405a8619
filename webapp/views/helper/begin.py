"""A helper begins a checkup with an owner who is there or on the line, or goes on with one that she has opened."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from checkup.assisting.agreeing import Agreed, agree
from checkup.assisting.assist_rules import FILL, door_of
from checkup.assisting.models import Assistance
from checkup.cases.checkups import find_started
from tenants.base import RECEPTION_ID
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope
from webapp.asking.guests import begin_for_guest
from webapp.edge.audiences import actor, audience, public_work
from webapp.edge.people_here import own_act, remember_browser
from webapp.forms.helpers import ConsentForm, HelpedStartForm
from webapp.views.helper.gate import at_work, beside_owner, standing

blueprint = Blueprint("helper_begin", __name__, url_prefix="/helper")
_Answer = Response | tuple[str, int]


@blueprint.get("/begin")
@audience(Audience.HELPER, may="help")
@at_work
def show() -> _Answer:
    return _page(HelpedStartForm(formdata=None))


def _page(form: HelpedStartForm) -> tuple[str, int]:
    remember_browser()
    return render_template("helper/begin.html", form=form, station=standing().station), form.status


@blueprint.post("/begin")
@audience(Audience.HELPER, may="help")
@at_work
def begin() -> _Answer:
    form = HelpedStartForm()
    if not form.validate():
        return _page(form)
    return redirect(url_for("clients.go_on", help_id=_begun(form).id))


def _agreed(form: ConsentForm) -> Agreed:
    return Agreed(standing().station, actor(), FILL, form.channel.data, form.shows.data)


def _begun(form: HelpedStartForm) -> Assistance:
    """A new person's new checkup at the city's reception, with her yes; sent twice it is the same."""
    once, guest = own_act(f"helped {form.told()}"), own_act(f"guest {form.told()}")
    agreed = _agreed(form)
    with public_work(firm_id=RECEPTION_ID) as work:
        if once is not None:
            enter_scope(work, Scope(Audience.OWNER, RECEPTION_ID, guest))
            if find_started(work, once) is not None:
                return work.scalars(select(Assistance).where(Assistance.checkup_id == once)).one()
        row = begin_for_guest(
            work,
            trade=form.trade.data,
            channel=door_of(agreed.station.kind),
            said_by=agreed.channel,
            guest=guest,
            once=once,
        )
        return agree(work, checkup_id=row.id, agreed=agreed, now=now())


@blueprint.get("/clients/<uuid:help_id>/fill")
@audience(Audience.HELPER, may="help")
@at_work
def ask_to_fill(help_id: uuid.UUID) -> _Answer:
    """A caller wants to go on with the questions: that is another yes."""
    return _fill_page(help_id, ConsentForm(formdata=None, data={"channel": "phone"}))


def _fill_page(help_id: uuid.UUID, form: ConsentForm) -> tuple[str, int]:
    with beside_owner(help_id) as (_work, helped):
        page = render_template("helper/fill.html", form=form, help=helped, station=standing().station)
    return page, form.status


@blueprint.post("/clients/<uuid:help_id>/fill")
@audience(Audience.HELPER, may="help")
@at_work
def fill(help_id: uuid.UUID) -> _Answer:
    form = ConsentForm()
    if not form.validate():
        return _fill_page(help_id, form)
    agreed = _agreed(form)
    with beside_owner(help_id) as (work, helped):
        made = agree(work, checkup_id=helped.checkup_id, agreed=agreed, now=now())
    return redirect(url_for("clients.go_on", help_id=made.id))
