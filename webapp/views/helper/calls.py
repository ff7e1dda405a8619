"""A caller's case while she is on the line: where it stands, the lawyer on call, an hour for a call back, the log."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.assisting.agreeing import hold_open, note
from checkup.calls.booking import book_call, find_booked, find_on_call, list_free_hours
from checkup.calls.call_rules import Duty
from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.correspondence.case_status import read_status
from checkup.tickets.reading import list_tickets
from tenants.clock import now
from tenants.database import Audience
from tenants.firms.reception import is_reception
from webapp.edge.audiences import actor, audience
from webapp.edge.installation import case_keys
from webapp.forms.helpers import CallNoteForm
from webapp.forms.owner import CallBackForm
from webapp.views.helper.gate import at_work, beside_owner
from webapp.wording.call_words import call_hour

blueprint = Blueprint("calls_taken", __name__, url_prefix="/helper/clients/<uuid:help_id>/call")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.HELPER, may="help")
@at_work
def show(help_id: uuid.UUID) -> _Answer:
    return _page(help_id, CallNoteForm(formdata=None))


def _page(help_id: uuid.UUID, form: CallNoteForm, call_form: CallBackForm | None = None) -> tuple[str, int]:
    """What may be told of the case: process alone."""
    with beside_owner(help_id) as (work, helped):
        row = get_checkup_row(work, helped.checkup_id)
        status, call = read_status(work, checkup_id=row.id, now=now()), find_booked(work, row.id)
        tickets = list_tickets(work, row.id)
    call_form = call_form or CallBackForm(formdata=None)
    page = render_template(
        "helper/call.html",
        help=helped,
        checkup=row,
        status=status,
        call=call,
        tickets=tickets,
        call_form=call_form if _offer(call_form, row) else None,
        on_call=_on_call(row),
        form=form,
        done=request.args.get("done", ""),
    )
    return page, max(form.status, call_form.status)


def _offer(form: CallBackForm, row: Checkup) -> bool:
    """The hours at which somebody can call; none where nobody works who could."""
    return not is_reception(row.firm_id) and form.offer(list_free_hours(row, now=now()), call_hour)


def _on_call(row: Checkup) -> Duty | None:
    return None if is_reception(row.firm_id) else find_on_call(row, now=now())


@blueprint.post("/note")
@audience(Audience.HELPER, may="help")
@at_work
def write(help_id: uuid.UUID) -> _Answer:
    """What the call was about, in the case's log; never what was said."""
    form = CallNoteForm()
    if not form.validate():
        return _page(help_id, form)
    with beside_owner(help_id) as (work, _helped):
        row, _found = hold_open(work, help_id, now())
        note(work, row, "help.call", actor(), form.topic.data)
    return redirect(url_for("calls_taken.show", help_id=help_id, done="noted"))


@blueprint.post("/transfer")
@audience(Audience.HELPER, may="help")
@at_work
def transfer(help_id: uuid.UUID) -> Response:
    """She was put through to the lawyer on call; where nobody is, nothing is said to have happened."""
    with beside_owner(help_id) as (work, _helped):
        row, _found = hold_open(work, help_id, now())
        duty = _on_call(row)
        if duty is not None:
            note(work, row, "help.transferred", actor(), duty.name)
    return redirect(url_for("calls_taken.show", help_id=help_id, done="transferred" if duty else "nobody"))


@blueprint.post("/back")
@audience(Audience.HELPER, may="help")
@at_work
def call_back(help_id: uuid.UUID) -> _Answer:
    """An hour of the firm's roster, agreed on the line; one that somebody took meanwhile is told at the field."""
    form = CallBackForm()
    with beside_owner(help_id) as (work, helped):
        row = get_checkup_row(work, helped.checkup_id)
    if _offer(form, row):
        with form.faults_of_domain():
            if form.validate():
                with beside_owner(help_id) as (work, _helped):
                    agreed = {"hour": form.chosen, "phone": form.phone.data}
                    hold_open(work, help_id, now())
                    book_call(work, checkup_id=row.id, **agreed, by=actor(), keys=case_keys(), now=now())
                return redirect(url_for("calls_taken.show", help_id=help_id, done="booked"))
    return _page(help_id, CallNoteForm(formdata=None), form)
