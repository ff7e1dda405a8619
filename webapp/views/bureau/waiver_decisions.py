"""What an officer decides: grant, refuse, ask, a later date, a check, a revocation."""

import secrets
import uuid

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from billing.books.money import InvalidMoney, Money
from billing.waivers import decisions
from billing.waivers import follow_up as following
from billing.waivers.content import get_waiver
from billing.waivers.decisions import GRANTS, Award, Step
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, FieldFault, Invalid
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.views.bureau.waivers import page
from webapp.wording.relief_words import CONFLICTS

blueprint = Blueprint("waiver_decisions", __name__, url_prefix="/bureau/waivers")
DECISIONS = ("grant", "refuse", "allow", "uphold")


def _award(move: str) -> Award | None:
    """What is granted, with a lower cap if one was written. Raises: Invalid."""
    if move not in GRANTS:
        return None
    written = request.form.get("cap", "").strip()
    try:
        cap = Money.parse(written[:40]).amount_minor if written else None
    except InvalidMoney:
        raise Invalid((FieldFault("cap", "not_money"),)) from None
    return Award(request.form.get("outcome", ""), cap)


@blueprint.post("/<uuid:waiver_id>/<any(grant, refuse, allow, uphold, reset, keep, ask):decision>")
@audience(Audience.BUREAU, may="supervise")
def decide(waiver_id: uuid.UUID, decision: str) -> Response | tuple[str, int]:
    """Every decision carries words for the owner; refused input keeps what was typed."""
    step = Step(decision, request.form.get("version", -1, type=int), request.form.get("text", ""))
    given = {"waiver_id": waiver_id, "step": step, "keys": case_keys(), "by": actor(), "now": now()}
    try:
        with staff_work() as work:
            get_waiver(work, waiver_id)
            if decision in DECISIONS:
                decisions.decide(work, award=_award(decision), chance=secrets.randbelow(100), **given)
            elif decision == "ask":
                decisions.ask_more(work, role="bureau", **given)
            else:
                decisions.decide_reset(work, **given)
    except Invalid as invalid:
        return page(waiver_id, fault_text(invalid.faults[0])), 422
    except Conflict as conflict:
        return page(waiver_id, _(CONFLICTS[conflict.code])), 409
    return redirect(url_for("waivers.one", waiver_id=waiver_id))


@blueprint.post("/<uuid:waiver_id>/<any(check, passed, revoke):follow>")
@audience(Audience.BUREAU, may="supervise")
def follow_up(waiver_id: uuid.UUID, follow: str) -> Response | tuple[str, int]:
    """Check a declaration, close the check, or revoke with a reason from the list."""
    given = {
        "waiver_id": waiver_id,
        "version": request.form.get("version", -1, type=int),
        "by": actor(),
        "now": now(),
    }
    try:
        with staff_work() as work:
            if follow == "revoke":
                following.revoke(work, reason=request.form.get("reason", ""), **given)
            else:
                {"check": following.begin_check, "passed": following.pass_check}[follow](work, **given)
    except Invalid as invalid:
        return page(waiver_id, fault_text(invalid.faults[0])), 422
    except Conflict as conflict:
        return page(waiver_id, _(CONFLICTS[conflict.code])), 409
    return redirect(url_for("waivers.one", waiver_id=waiver_id))
