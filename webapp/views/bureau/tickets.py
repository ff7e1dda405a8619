"""Tickets from the city's other doors: the bureau routes them, a firm answers them."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cloud.partners import ticket_states, tickets
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid, NotFound
from tenants.firms.admission import list_supervised
from webapp.edge.audiences import audience, staff, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation

blueprint = Blueprint("tickets", __name__)


@blueprint.get("/bureau/tickets")
@audience(Audience.BUREAU, may="supervise")
def bureau_index() -> str:
    with staff_work() as work:
        rows = tickets.list_tickets(work)
    return render_template("shared/tickets.html", tickets=rows, page="tickets.bureau_ticket", today=city_day(now()))


@blueprint.get("/bureau/tickets/<uuid:ticket_id>")
@audience(Audience.BUREAU, may="supervise")
def bureau_ticket(ticket_id: uuid.UUID) -> str:
    return _bureau_page(ticket_id, None)


def _bureau_page(ticket_id: uuid.UUID, fault: str | None) -> str:
    with staff_work() as work:
        firms = [firm for firm in list_supervised(work) if firm.state == "active"]
        return _page(work, ticket_id, ticket_states.BUREAU_STEPS, fault, firms=firms, said=None)


def _page(work, ticket_id: uuid.UUID, allowed: frozenset[str], fault: str | None, **more: object) -> str:  # type: ignore[no-untyped-def]
    row = tickets.get_ticket(work, ticket_id)
    return render_template(
        "shared/ticket.html",
        ticket=row,
        events=tickets.list_ticket_events(work, ticket_id),
        references=tickets.list_references(work, ticket_id),
        steps=ticket_states.LIFE.moves_from(row.state, of=allowed),
        today=city_day(now()),
        fault=fault,
        typed=request.form,
        **more,
    )


@blueprint.post("/bureau/tickets/<uuid:ticket_id>")
@audience(Audience.BUREAU, may="supervise")
def bureau_step(ticket_id: uuid.UUID) -> Response | tuple[str, int]:
    fault = _take_step(ticket_id, ticket_states.BUREAU_STEPS)
    if fault is not None:
        return _bureau_page(ticket_id, fault[0]), fault[1]
    return redirect(url_for("tickets.bureau_ticket", ticket_id=ticket_id))


def _take_step(ticket_id: uuid.UUID, allowed: frozenset[str]) -> tuple[str, int] | None:
    """What is wrong and its status, or None."""
    try:
        with staff_work() as work:
            tickets.move_ticket(
                work,
                tickets.get_ticket(work, ticket_id),
                request.form.get("step", ""),
                allowed=allowed,
                by=staff().name,
                why=request.form.get("why", ""),
                firm_id=request.form.get("firm", type=uuid.UUID),
                now=now(),
            )
    except Invalid as invalid:
        where = _("理由：") if invalid.faults[0].field == "why" else _("律所：")
        return where + fault_text(invalid.faults[0]), 422
    except Conflict:
        return _("现在的状态不能做这一步。"), 409
    return None


@blueprint.get("/firm/tickets")
@audience(Audience.FIRM, may="review")
def firm_index() -> str:
    with staff_work() as work:
        rows = tickets.list_tickets(work, firm_id=staff().firm_id)
    return render_template("shared/tickets.html", tickets=rows, page="tickets.firm_ticket", today=city_day(now()))


@blueprint.get("/firm/tickets/<uuid:ticket_id>")
@audience(Audience.FIRM, may="review")
def firm_ticket(ticket_id: uuid.UUID) -> str:
    return _firm_page(ticket_id, None)


def _firm_page(ticket_id: uuid.UUID, fault: str | None) -> str:
    """Who asks and what for is opened only once the firm has taken the ticket."""
    with staff_work() as work:
        row = tickets.get_ticket(work, ticket_id)
        if row.state == "received":
            raise NotFound
        is_ours = row.state not in ("received", "routed")
        said = tickets.read_request(row, installation().master_key) if is_ours else None
        return _page(work, ticket_id, ticket_states.FIRM_STEPS, fault, firms=[], said=said)


@blueprint.post("/firm/tickets/<uuid:ticket_id>")
@audience(Audience.FIRM, may="review")
def firm_step(ticket_id: uuid.UUID) -> Response | tuple[str, int]:
    fault = _take_step(ticket_id, ticket_states.FIRM_STEPS)
    if fault is not None:
        return _firm_page(ticket_id, fault[0]), fault[1]
    is_back = request.form.get("step") == "return"
    return redirect(url_for("tickets.firm_index") if is_back else url_for("tickets.firm_ticket", ticket_id=ticket_id))
