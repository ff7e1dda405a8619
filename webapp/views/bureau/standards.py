"""Standards of a firm as its bureau looks at them, and the check of licences against a register."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.oversight.standards import (
    STANDARDS,
    Rechecked,
    count_due,
    list_standings,
    read_register,
    recheck_licences,
    record_check,
)
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Invalid
from tenants.firms.admission import get_supervised, list_supervised
from tenants.uploads import MOST_BYTES
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.errors import fault_text

blueprint = Blueprint("standards", __name__, url_prefix="/bureau")


@blueprint.get("/firms/<uuid:firm_id>/standards")
@audience(Audience.BUREAU, may="supervise")
def show(firm_id: uuid.UUID) -> str:
    return _page(firm_id, "")


def _page(firm_id: uuid.UUID, fault: str) -> str:
    with staff_work() as work:
        firm = get_supervised(work, firm_id)
        standings = list_standings(work, firm_id)
    return render_template(
        "bureau/standards.html",
        firm=firm,
        standings=standings,
        names=STANDARDS,
        today=city_day(now()),
        fault=fault,
        typed=request.form.to_dict(),
    )


@blueprint.post("/firms/<uuid:firm_id>/standards")
@audience(Audience.BUREAU, may="supervise")
def record(firm_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            record_check(
                work,
                firm_id=firm_id,
                standard=request.form.get("standard", ""),
                is_met=request.form.get("met") == "yes",
                evidence=request.form.get("evidence", ""),
                by=actor(),
                today=city_day(now()),
                now=now(),
            )
    except Invalid as invalid:
        return _page(firm_id, fault_text(invalid.faults[0])), 422
    return redirect(url_for("standards.show", firm_id=firm_id))


@blueprint.get("/standards")
@audience(Audience.BUREAU, may="supervise")
def index() -> str:
    return _index(None, "")


def _index(checked: Rechecked | None, fault: str) -> str:
    with staff_work() as work:
        firms = {firm.id: firm for firm in list_supervised(work)}
        due = count_due(work, city_day(now()))
    ordered = sorted(due.items(), key=lambda one: (-one[1], firms[one[0]].name))
    return render_template("bureau/due.html", due=[(firms[one], count) for one, count in ordered], checked=checked,
                           fault=fault)  # fmt: skip


@blueprint.post("/standards")
@audience(Audience.BUREAU, may="supervise")
def recheck() -> str | tuple[str, int]:
    """Check every licence against the register in the file."""
    file = request.files.get("file")
    try:
        register = read_register(file.stream.read(MOST_BYTES) if file else b"")
        with staff_work() as work:
            checked = recheck_licences(work, register, today=city_day(now()), now=now())
    except Invalid as invalid:
        return _index(None, fault_text(invalid.faults[0])), 422
    return _index(checked, "")
