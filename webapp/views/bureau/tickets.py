"""Tickets from the city's other doors: the bureau routes them or offers them to a case, a firm answers them."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.conflicts.checks import is_open_to
from checkup.owner.open_firms import list_open_firms
from checkup.referrals.hints import find_by_number, list_pointed, point_to
from checkup.referrals.models import ReferralHint
from checkup.tickets.offering import find_waiting, offer, withdraw
from checkup.tickets.reading import find_case_ticket
from checkup.tickets.ticket_rules import PHONE
from cloud.partners import ticket_states, tickets
from cloud.partners.case_tickets import get_offered
from cloud.partners.models import Ticket
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.login.throttle import Locked, WrongCode
from webapp.asking.callers import open_by_code
from webapp.asking.tickets import take_in_for, why_not
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.forms.bureau import CaseOfferForm, PointForm, TicketForm

blueprint = Blueprint("tickets", __name__)
_OURS = ("in_hand", "answered")


@blueprint.get("/bureau/tickets")
@audience(Audience.BUREAU, may="supervise")
def bureau_index() -> str:
    with staff_work() as work:
        rows = tickets.list_tickets(work)
    return render_template("shared/tickets.html", tickets=rows, page="tickets.bureau_ticket", today=city_day(now()))


@blueprint.get("/bureau/tickets/<uuid:ticket_id>")
@audience(Audience.BUREAU, may="supervise")
def bureau_ticket(ticket_id: uuid.UUID) -> tuple[str, int]:
    return _bureau_page(ticket_id, TicketForm())


def _bureau_page(
    ticket_id: uuid.UUID, form: TicketForm, notice: str = "", offering: CaseOfferForm | None = None
) -> tuple[str, int]:
    with staff_work() as work:
        firms = [firm for firm in list_open_firms(work) if firm.state == "active"]
        form.firm.options = [(str(firm.id), firm.name) for firm in firms]
        return _page(
            work,
            ticket_id,
            form,
            allowed=ticket_states.BUREAU_STEPS,
            notice=notice,
            offering=offering or CaseOfferForm(formdata=None),
        )


def _page(
    work: Session,
    ticket_id: uuid.UUID,
    form: TicketForm,
    *,
    allowed: frozenset[str],
    notice: str,
    said: dict[str, str] | None = None,
    offering: CaseOfferForm | None = None,
    pointing: PointForm | None = None,
) -> tuple[str, int]:
    row = tickets.get_ticket(work, ticket_id)
    moves = ticket_states.LIFE.moves_from(row.state, of=allowed)
    page = render_template(
        "shared/ticket.html",
        ticket=row,
        events=tickets.list_ticket_events(work, ticket_id),
        references=tickets.list_references(work, ticket_id),
        steps=tuple(step for step in moves if step != "extend" or not row.is_hard),
        hard_on=ticket_states.due_day(city_day(row.received_at), is_hard=True),
        today=city_day(now()),
        form=form,
        notice=notice,
        said=said,
        pointing=pointing,
        pointed=_pointed(work, row) if pointing else (),
        offering=offering,
        waiting=find_waiting(work, row.number) if offering else None,
        joined=_joined(work, row) if pointing else None,
    )
    return page, 409 if notice else max(one.status for one in (form, pointing, offering) if one)


def _joined(work: Session, row: Ticket) -> Checkup | None:
    """The case that it is in, for whoever may read it."""
    held = find_case_ticket(work, row.number)
    return None if held is None else get_checkup_row(work, held.checkup_id)


def _pointed(work: Session, row: Ticket) -> list[tuple[Checkup, ReferralHint]]:
    """The cases that the ticket led to, as far as whoever looks may read them."""
    return [(get_checkup_row(work, one.checkup_id), one) for one in list_pointed(work, row.number)]


@blueprint.post("/bureau/tickets/<uuid:ticket_id>")
@audience(Audience.BUREAU, may="supervise")
def bureau_step(ticket_id: uuid.UUID) -> Response | tuple[str, int]:
    form = TicketForm()
    refused = _take_step(ticket_id, form, ticket_states.BUREAU_STEPS)
    if refused or form.errors:
        return _bureau_page(ticket_id, form, refused)
    return redirect(url_for("tickets.bureau_ticket", ticket_id=ticket_id))


def _take_step(ticket_id: uuid.UUID, form: TicketForm, allowed: frozenset[str]) -> str:
    """What is said where the step is no longer possible; what is wrong with the form hangs on it."""
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    tickets.move_ticket(
                        work,
                        tickets.get_ticket(work, ticket_id),
                        form.step.data,
                        allowed=allowed,
                        by=staff().name,
                        why=form.why.data,
                        firm_id=form.firm.row_id,
                        now=now(),
                    )
    except Conflict:
        return _("现在的状态不能做这一步。")
    return ""


@blueprint.post("/bureau/tickets/<uuid:ticket_id>/case")
@audience(Audience.BUREAU, may="supervise")
def offer_to_case(ticket_id: uuid.UUID) -> Response | tuple[str, int]:
    """With the code of her case it goes in at once; without one it waits for her yes, and whether there is a case of
    that number the officer does not learn."""
    form, refused = CaseOfferForm(), ""
    if form.validate():
        try:
            _offer(ticket_id, form)
        except WrongCode:
            refused = _("编号和码对不上，没有放进去。请她核对，或者不填码、等她在自己的页面上答应。这一次已经记下。")
        except Locked:
            refused = _("错得太多，这个编号15分钟内打不开。可以不填码，等她在自己的页面上答应。")
        except Conflict as conflict:
            refused = why_not(conflict)
        else:
            return redirect(url_for("tickets.bureau_ticket", ticket_id=ticket_id))
    return _bureau_page(ticket_id, TicketForm(formdata=None), refused, form)


def _offer(ticket_id: uuid.UUID, form: CaseOfferForm) -> None:
    """Raises: WrongCode, Locked, Conflict."""
    target = open_by_code(form.case_number.data, form.code.data) if form.code.data else None
    with staff_work() as work:
        told = get_offered(work, tickets.get_ticket(work, ticket_id).number)
        offer(work, told, case_number=form.minted, by=staff().name, now=now())
    if target is not None:
        take_in_for(target, number=told.number, channel=PHONE, by=actor())


@blueprint.post("/bureau/tickets/<uuid:ticket_id>/case/withdraw")
@audience(Audience.BUREAU, may="supervise")
def withdraw_offer(ticket_id: uuid.UUID) -> Response:
    """What she has said yes to stays."""
    with staff_work() as work:
        withdraw(work, tickets.get_ticket(work, ticket_id).number)
    return redirect(url_for("tickets.bureau_ticket", ticket_id=ticket_id))


@blueprint.get("/firm/tickets")
@audience(Audience.FIRM, may="review")
def firm_index() -> str:
    with staff_work() as work:
        rows = tickets.list_tickets(work, firm_id=staff().firm_id)
    return render_template("shared/tickets.html", tickets=rows, page="tickets.firm_ticket", today=city_day(now()))


@blueprint.get("/firm/tickets/<uuid:ticket_id>")
@audience(Audience.FIRM, may="review")
def firm_ticket(ticket_id: uuid.UUID) -> tuple[str, int]:
    return _firm_page(ticket_id, TicketForm())


def _firm_page(
    ticket_id: uuid.UUID, form: TicketForm, notice: str = "", pointing: PointForm | None = None
) -> tuple[str, int]:
    """Who asks and what for is opened only once the firm has taken the ticket."""
    with staff_work() as work:
        row = tickets.get_ticket(work, ticket_id)
        if row.state == "received":
            raise NotFound
        is_ours = row.state in _OURS
        said = tickets.read_request(row, installation().master_key) if is_ours else None
        return _page(
            work,
            ticket_id,
            form,
            allowed=ticket_states.FIRM_STEPS,
            notice=notice,
            said=said,
            pointing=(pointing or PointForm(formdata=None)) if is_ours else None,
        )


@blueprint.post("/firm/tickets/<uuid:ticket_id>")
@audience(Audience.FIRM, may="review")
def firm_step(ticket_id: uuid.UUID) -> Response | tuple[str, int]:
    form = TicketForm()
    refused = _take_step(ticket_id, form, ticket_states.FIRM_STEPS)
    if refused or form.errors:
        return _firm_page(ticket_id, form, refused)
    is_back = form.step.data == "return"
    return redirect(url_for("tickets.firm_index") if is_back else url_for("tickets.firm_ticket", ticket_id=ticket_id))


@blueprint.post("/firm/tickets/<uuid:ticket_id>/case")
@audience(Audience.FIRM, may="review")
def point(ticket_id: uuid.UUID) -> Response | tuple[str, int]:
    """To a case of the firm whose facts she may read: its owner is led to the choice of bodies."""
    form = PointForm()
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                ticket = tickets.get_ticket(work, ticket_id)
                case = find_by_number(work, form.case_number.data)
                if ticket.state not in _OURS:
                    raise NotFound
                if case is None or not (case.review_wanted and is_open_to(work, case, staff().person_id, now())):
                    raise Invalid((FieldFault("case_number", "unknown_option"),))
                given = {"service": form.service.data, "reference": ticket.number, "by": staff().name}
                point_to(work, checkup_id=case.id, now=now(), **given)
            return redirect(url_for("tickets.firm_ticket", ticket_id=ticket_id))
    return _firm_page(ticket_id, TicketForm(formdata=None), pointing=form)
