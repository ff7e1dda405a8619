"""A caller's ticket of 12345 or the enterprise service cloud, put into her case while she is on the line.

The seat asks for it by its number alone, reads to her what it is, and she says yes; what was asked in it the seat does
not read.
"""

import uuid
from dataclasses import replace

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.assisting.agreeing import hold_open
from checkup.assisting.claiming import ClaimTarget
from checkup.tickets.joining import leave
from checkup.tickets.offering import Offered, offer
from checkup.tickets.reading import list_tickets
from checkup.tickets.ticket_rules import PHONE
from cloud.partners.case_tickets import get_offered
from tenants.clock import now
from tenants.database import Audience, unit_of_work
from tenants.errors import Conflict, FieldFault, NotFound
from webapp.asking.tickets import take_in_for, why_not
from webapp.edge.audiences import actor, audience, staff_scope
from webapp.forms.helpers import CallerTicketForm
from webapp.views.helper.gate import at_work, beside_owner

blueprint = Blueprint("caller_tickets", __name__, url_prefix="/helper/clients/<uuid:help_id>/call/ticket")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.HELPER, may="help")
@at_work
def show(help_id: uuid.UUID) -> _Answer:
    return _page(help_id, CallerTicketForm(formdata=None))


def _page(
    help_id: uuid.UUID, form: CallerTicketForm, found: Offered | None = None, *, fault: str = "", status: int = 200
) -> tuple[str, int]:
    with beside_owner(help_id) as (work, helped):
        row, _found = hold_open(work, help_id, now())
        held = [one.number for one in list_tickets(work, helped.checkup_id)]
    page = render_template(
        "helper/ticket.html", help=helped, checkup=row, form=form, found=found, held=held, fault=fault
    )
    return page, max(status, form.status)


@blueprint.post("")
@audience(Audience.HELPER, may="help")
@at_work
def put(help_id: uuid.UUID) -> _Answer:
    """First what it is, to be read to her; with her yes it goes in. Pressed twice is once."""
    form = CallerTicketForm()
    if not form.validate():
        return _page(help_id, form)
    with beside_owner(help_id) as (work, helped):
        row, _found = hold_open(work, help_id, now())
        target = ClaimTarget(row.firm_id, row.id, row.owner_id)
        is_in = form.minted in [one.number for one in list_tickets(work, row.id)]
        case_number = row.case_number
    if is_in:
        return redirect(url_for("calls_taken.show", help_id=help_id, done="ticket"))
    try:
        with unit_of_work(replace(staff_scope(), token=form.minted)) as work:
            found = get_offered(work, form.minted)
            if form.agreed.data:
                offer(work, found, case_number=case_number, by=actor().name, now=now())
    except NotFound:
        form.refuse(FieldFault("number", "no_such_ticket"))
        return _page(help_id, form)
    except Conflict as conflict:
        return _page(help_id, form, fault=why_not(conflict), status=409)
    if not form.agreed.data:
        return _page(help_id, form, found)
    try:
        take_in_for(target, number=form.minted, channel=PHONE, by=actor())
    except (Conflict, NotFound) as error:
        return _page(help_id, form, fault=why_not(error), status=409)
    return redirect(url_for("calls_taken.show", help_id=help_id, done="ticket"))


@blueprint.post("/<number>/out")
@audience(Audience.HELPER, may="help")
@at_work
def take_out(help_id: uuid.UUID, number: str) -> Response:
    """At her word on the line."""
    with beside_owner(help_id) as (work, helped):
        hold_open(work, help_id, now())
        leave(work, checkup_id=helped.checkup_id, number=number, by=actor(), now=now())
    return redirect(url_for("caller_tickets.show", help_id=help_id))
