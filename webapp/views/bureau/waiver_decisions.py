"""What an officer decides: grant, refuse, ask, a later date, a check, a revocation."""

import secrets
import uuid

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from billing.waivers import decisions
from billing.waivers import follow_up as following
from billing.waivers.content import get_waiver
from billing.waivers.decisions import Step
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.forms.bureau import FollowUpForm, WaiverForm
from webapp.views.bureau.waivers import page
from webapp.wording.relief_words import CONFLICTS

blueprint = Blueprint("waiver_decisions", __name__, url_prefix="/bureau/waivers")
DECISIONS = ("grant", "refuse", "allow", "uphold")


@blueprint.post("/<uuid:waiver_id>/<any(grant, refuse, allow, uphold, reset, keep, ask):decision>")
@audience(Audience.BUREAU, may="supervise")
def decide(waiver_id: uuid.UUID, decision: str) -> Response | tuple[str, int]:
    """Every decision carries words for the owner; refused input keeps what was typed."""
    form = WaiverForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                _decide(waiver_id, decision, form)
                return redirect(url_for("waivers.one", waiver_id=waiver_id))
    except Conflict as conflict:
        return page(waiver_id, form, notice=_(CONFLICTS[conflict.code]))
    return page(waiver_id, form)


def _decide(waiver_id: uuid.UUID, decision: str, form: WaiverForm) -> None:
    step, keys, by, at = Step(decision, form.version.data, form.text.data), case_keys(), actor(), now()
    with staff_work() as work:
        get_waiver(work, waiver_id)
        if decision in DECISIONS:
            award, chance = form.award(decision), secrets.randbelow(100)
            decisions.decide(work, waiver_id=waiver_id, step=step, award=award, chance=chance, keys=keys, by=by, now=at)
        elif decision == "ask":
            decisions.ask_more(work, waiver_id=waiver_id, step=step, role="bureau", keys=keys, by=by, now=at)
        else:
            decisions.decide_reset(work, waiver_id=waiver_id, step=step, keys=keys, by=by, now=at)


@blueprint.post("/<uuid:waiver_id>/<any(check, passed, revoke):follow>")
@audience(Audience.BUREAU, may="supervise")
def follow_up(waiver_id: uuid.UUID, follow: str) -> Response | tuple[str, int]:
    """Check a declaration, close the check, or revoke with a reason from the list."""
    form = FollowUpForm(at="follow")
    try:
        with form.faults_of_domain():
            if form.validate():
                _follow(waiver_id, follow, form)
                return redirect(url_for("waivers.one", waiver_id=waiver_id))
    except Conflict as conflict:
        return page(waiver_id, WaiverForm(formdata=None), form, _(CONFLICTS[conflict.code]))
    return page(waiver_id, WaiverForm(formdata=None), form)


def _follow(waiver_id: uuid.UUID, follow: str, form: FollowUpForm) -> None:
    version, by, at = form.version.data, actor(), now()
    with staff_work() as work:
        if follow == "revoke":
            reason = form.reason.data
            following.revoke(work, waiver_id=waiver_id, version=version, reason=reason, by=by, now=at)
        elif follow == "check":
            following.begin_check(work, waiver_id=waiver_id, version=version, by=by, now=at)
        else:
            following.pass_check(work, waiver_id=waiver_id, version=version, by=by, now=at)
