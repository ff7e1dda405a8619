"""Before the facts: the names of a case, what they are like, and one decision; a partner decides for colleagues."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.desk import conflict_step
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.errors import CONFLICTS, fault_text
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys

blueprint = Blueprint("conflict", __name__, url_prefix="/lawyer")


@blueprint.get("/checkups/<uuid:checkup_id>/names")
@audience(Audience.FIRM, may="review")
def names(checkup_id: uuid.UUID) -> str:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, notice: str = "") -> str:
    with staff_work() as work:
        page = conflict_step.open_conflict_page(
            work, checkup_id=checkup_id, person_id=staff().person_id, keys=case_keys()
        )
    return render_template("lawyer/names.html", page=page, notice=notice, typed=request.form)


@blueprint.post("/checkups/<uuid:checkup_id>/names")
@audience(Audience.FIRM, may="review")
def settle(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """`outcome`: take (clear, and mine), clear, recuse or ask_partner."""
    outcome = request.form.get("outcome", "")
    try:
        with staff_work() as work:
            conflict_step.settle_check(
                work,
                checkup_id=checkup_id,
                by=actor(),
                outcome="clear" if outcome == "take" else outcome,
                reason=request.form.get("reason", ""),
                parties_version=request.form.get("parties_version", -1, type=int),
                takes_case=outcome == "take",
                keys=case_keys(),
                now=now(),
            )
    except Conflict as conflict:
        return _page(checkup_id, _(CONFLICTS[conflict.code])), 409
    except Invalid as invalid:
        return _page(checkup_id, fault_text(invalid.faults[0])), 422
    is_read = outcome in ("take", "clear")
    return redirect(url_for("lawyer.review", checkup_id=checkup_id) if is_read else url_for("lawyer.queue"))


@blueprint.get("/conflicts")
@audience(Audience.FIRM, may="decide_conflict")
def asked() -> str:
    return _asked_page()


def _asked_page(notice: str = "") -> str:
    with staff_work() as work:
        waiting = conflict_step.list_for_partner(work, firm_id=staff().firm_id or abort(404), keys=case_keys())
    return render_template("lawyer/conflicts.html", waiting=waiting, me=staff().person_id, notice=notice)


@blueprint.post("/conflicts/<uuid:checkup_id>/<uuid:person_id>")
@audience(Audience.FIRM, may="decide_conflict")
def decide(checkup_id: uuid.UUID, person_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            conflict_step.decide_for_colleague(
                work,
                checkup_id=checkup_id,
                person_id=person_id,
                by=actor(),
                outcome=request.form.get("outcome", ""),
                reason=request.form.get("reason", ""),
                keys=case_keys(),
                now=now(),
            )
    except Conflict as conflict:
        return _asked_page(_(CONFLICTS[conflict.code])), 409
    except Invalid as invalid:
        return _asked_page(fault_text(invalid.faults[0])), 422
    return redirect(url_for("conflict.asked"))
