"""几点打给您: an hour of the firm's on-call roster at which a lawyer telephones; agreed, seen, called off."""

import uuid
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.calls.booking import book_call, cancel_call, find_booked, list_free_hours
from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience
from tenants.firms.reception import is_reception
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.forms.owner import CallBackForm
from webapp.wording.call_words import call_hour

blueprint = Blueprint("calls", __name__, url_prefix="/checkup/<uuid:checkup_id>/call")


def call_values(row: Checkup, form: CallBackForm | None = None) -> dict[str, Any]:
    """What the macro `call_box` needs: the call that is agreed, else the hours that are free. At the city's reception
    nobody works who could call."""
    if is_reception(row.firm_id):
        return {"call": None, "call_form": None}
    with owner_work() as work:
        call = find_booked(work, row.id)
    form = form or CallBackForm(formdata=None)
    has_hours = form.offer(list_free_hours(row, now=now()), call_hour)
    return {"call": call, "call_form": form if has_hours else None}


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, form: CallBackForm | None = None) -> tuple[str, int]:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
    page = render_template("owner/call.html", checkup=row, **call_values(row, form))
    return page, form.status if form else HTTPStatus.OK


@blueprint.post("")
@audience(Audience.OWNER)
def book(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """An hour that somebody else took meanwhile is told at the field, with those that are left."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
    form = CallBackForm()
    form.offer(list_free_hours(row, now=now()), call_hour)
    with form.faults_of_domain():
        if form.validate():
            with owner_work() as work:
                book_call(
                    work,
                    checkup_id=checkup_id,
                    hour=form.chosen,
                    phone=form.phone.data,
                    by=_me(),
                    keys=case_keys(),
                    now=now(),
                )
            return redirect(url_for("calls.show", checkup_id=checkup_id))
    return _page(checkup_id, form)


@blueprint.post("/cancel")
@audience(Audience.OWNER)
def cancel(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        cancel_call(work, checkup_id=checkup_id, by=_me(), now=now())
    return redirect(url_for("calls.show", checkup_id=checkup_id))


def _me() -> Actor:
    return Actor(owner_scope().person_id, _("店主本人"))
