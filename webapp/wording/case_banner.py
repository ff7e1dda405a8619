"""On every page of a case: whose turn it is, who is a client of whom, and what waits for its owner's word. Templates
ask; no view can forget it."""

import uuid
from collections.abc import Sequence

from flask import Flask, current_app, g, request

from checkup.cases.models import Checkup
from checkup.correspondence.case_status import CaseStatus, read_status
from checkup.tickets.models import TicketOffer
from checkup.tickets.reading import list_offers
from tenants.clock import now
from tenants.database import Audience, unit_of_work
from webapp.edge.audiences import owner_scope, owner_work, staff_scope


def status_of(checkup: Checkup) -> CaseStatus:
    """The case as it stands, read in the reader's own scope, once per request."""
    held: dict[uuid.UUID, CaseStatus] = g.setdefault("case_statuses", {})
    if checkup.id not in held:
        reader = getattr(current_app.view_functions[request.endpoint or ""], "audience", None)
        scope = owner_scope() if reader is Audience.OWNER else staff_scope()
        with unit_of_work(scope) as work:
            held[checkup.id] = read_status(work, checkup_id=checkup.id, now=now())
    return held[checkup.id]


def offered_tickets(checkup: Checkup) -> Sequence[TicketOffer]:
    """Tickets that a desk has offered to the case, to its owner."""
    with owner_work() as work:
        return list_offers(work, checkup, now())


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(status_of=status_of, offered_tickets=offered_tickets)
