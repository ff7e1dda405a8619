"""A bureau's parameters: what holds, what is proposed, what a proposal would have meant."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.dashboard.parameter_simulation import simulate_value
from bureau.parameters.in_force import decide_value, get_value, list_history, propose_value
from bureau.parameters.rules import KINDS, check_proposal
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from webapp.edge.audiences import actor, audience, bureau_id, staff, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import lazy_gettext

blueprint = Blueprint("parameters", __name__, url_prefix="/bureau/parameters")
CONFLICTS = {
    "two_people": lazy_gettext("提出的人不能自己批准，请另一位同事来批。"),
    "not_now": lazy_gettext("这一条已经决定过了。"),
    "too_late": lazy_gettext("生效的日子已经到了，请重新提一条，日子放在以后。"),
    "same_day": lazy_gettext("那一天已经批准了另一个数，请换一天。"),
}


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def show() -> str:
    return _page({})


def _page(faults: dict[str, str], notice: str | None = None) -> str:
    today = city_day(now())
    with staff_work() as work:
        history = list_history(work, bureau_id())
        in_force = {key: get_value(work, bureau_id=bureau_id(), key=key, on=today) for key in KINDS}
        waiting = [one for one in history if one.state == "proposed" and one.bureau_id == bureau_id()]
        effects = {
            one.id: simulate_value(work, key=one.key, was=in_force[one.key], would_be=one.value, now=now())
            for one in waiting
        }
    return render_template(
        "bureau/parameters.html",
        kinds=KINDS,
        in_force=in_force,
        history=[one for one in history if one.state != "proposed"],
        waiting=waiting,
        effects=effects,
        faults=faults,
        notice=notice,
        typed=request.form.to_dict(),
        me=staff(),
    )


@blueprint.post("")
@audience(Audience.BUREAU, may="supervise")
def propose() -> Response | tuple[str, int]:
    typed = request.form
    try:
        value, day, why = check_proposal(
            typed.get("key", ""),
            typed.get("value", ""),
            typed.get("effective_from", ""),
            typed.get("why", ""),
            today=city_day(now()),
        )
    except Invalid as invalid:
        return _page({fault.field: fault_text(fault) for fault in invalid.faults}), 422
    with staff_work() as work:
        propose_value(
            work,
            bureau_id=bureau_id(),
            key=typed["key"],
            value=value,
            effective_from=day,
            why=why,
            by=actor(),
            now=now(),
        )
    return redirect(url_for("parameters.show"))


@blueprint.post("/<uuid:parameter_id>/decide")
@audience(Audience.BUREAU, may="supervise")
def decide(parameter_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            decide_value(
                work,
                bureau_id=bureau_id(),
                parameter_id=parameter_id,
                decision=request.form.get("decision", ""),
                by=actor(),
                today=city_day(now()),
                now=now(),
            )
    except Conflict as conflict:
        return _page({}, str(CONFLICTS[conflict.code])), 409
    return redirect(url_for("parameters.show"))
