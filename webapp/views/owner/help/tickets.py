"""Tickets of the city's other doors in an owner's case: what is offered to her, her yes or no, and out again."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.tickets.joining import leave, refuse
from checkup.tickets.reading import list_offers, list_tickets, read_words
from checkup.tickets.ticket_rules import PAGE
from cloud.partners.case_tickets import list_states, take_in
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, NotFound
from webapp.asking.tickets import NO_OFFER, why_not
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys

blueprint = Blueprint("owner_tickets", __name__, url_prefix="/checkup/<uuid:checkup_id>/tickets")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, fault: str = "") -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        held = [(one, read_words(work, row, one, case_keys())) for one in list_tickets(work, checkup_id)]
        states = list_states(work, [one.number for one, _words in held])
        offers = list_offers(work, row, now())
    return render_template(
        "owner/help/tickets.html",
        checkup=row,
        held=held,
        states=states,
        offers=offers,
        fault=fault,
        today=city_day(now()),
    )


def _me() -> Actor:
    return Actor(owner_scope().person_id, _("店主本人"))


def _to_list(checkup_id: uuid.UUID) -> Response:
    return redirect(url_for("owner_tickets.show", checkup_id=checkup_id))


@blueprint.post("/<number>/in")
@audience(Audience.OWNER)
def take(checkup_id: uuid.UUID, number: str) -> _Answer:
    """Her yes."""
    try:
        with owner_work() as work:
            at = now()
            take_in(work, checkup_id=checkup_id, number=number, channel=PAGE, keys=case_keys(), by=_me(), now=at)
    except Conflict as conflict:
        return _page(checkup_id, why_not(conflict)), 409
    except NotFound:
        return _page(checkup_id, str(NO_OFFER)), 404
    return _to_list(checkup_id)


@blueprint.post("/<number>/no")
@audience(Audience.OWNER)
def decline(checkup_id: uuid.UUID, number: str) -> _Answer:
    """Her no; whoever offered it is told that nothing waits any more, not more."""
    try:
        with owner_work() as work:
            refuse(work, checkup_id=checkup_id, number=number)
    except NotFound:
        return _page(checkup_id, str(NO_OFFER)), 404
    return _to_list(checkup_id)


@blueprint.post("/<number>/out")
@audience(Audience.OWNER)
def take_out(checkup_id: uuid.UUID, number: str) -> _Answer:
    with owner_work() as work:
        leave(work, checkup_id=checkup_id, number=number, by=_me(), now=now())
    return _to_list(checkup_id)
