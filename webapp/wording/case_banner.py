"""On every page of a case: whose turn it is, and who is a client of whom. Templates ask; no view can forget it."""

import uuid

from flask import Flask, current_app, g, request

from checkup.cases.models import Checkup
from checkup.correspondence.case_status import CaseStatus, read_status
from tenants.clock import now
from tenants.database import Audience, unit_of_work
from webapp.edge.audiences import owner_scope, staff_scope


def status_of(checkup: Checkup) -> CaseStatus:
    """The case as it stands, read in the reader's own scope, once per request."""
    held: dict[uuid.UUID, CaseStatus] = g.setdefault("case_statuses", {})
    if checkup.id not in held:
        reader = getattr(current_app.view_functions[request.endpoint or ""], "audience", None)
        scope = owner_scope() if reader is Audience.OWNER else staff_scope()
        with unit_of_work(scope) as work:
            held[checkup.id] = read_status(work, checkup_id=checkup.id, now=now())
    return held[checkup.id]


def init_app(app: Flask) -> None:
    app.jinja_env.globals["status_of"] = status_of
