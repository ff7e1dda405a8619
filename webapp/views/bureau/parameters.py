"""A bureau's parameters: what holds, what is proposed, what a proposal would have meant."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bureau.dashboard.parameter_simulation import simulate_value
from bureau.parameters.in_force import decide_value, get_value, list_history, propose_value
from bureau.parameters.rules import KINDS
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.login.officers import list_alone
from webapp.edge.audiences import actor, audience, bureau_id, staff, staff_work
from webapp.edge.i18n import lazy_gettext
from webapp.forms.bureau import DecisionForm
from webapp.forms.steering import ParameterForm

blueprint = Blueprint("parameters", __name__, url_prefix="/bureau/parameters")
CONFLICTS = {
    "two_people": lazy_gettext("提出的人不能自己批准，请另一位同事来批。"),
    "not_now": lazy_gettext("这一条已经决定过了。"),
    "too_late": lazy_gettext("生效的日子已经到了，请重新提一条，日子放在以后。"),
    "same_day": lazy_gettext("那一天已经批准了另一个数，请换一天。"),
}


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def show() -> tuple[str, int]:
    return _page(ParameterForm())


def _page(form: ParameterForm, notice: str = "") -> tuple[str, int]:
    today = city_day(now())
    with staff_work() as work:
        history = list_history(work, bureau_id())
        in_force = {key: get_value(work, bureau_id=bureau_id(), key=key, on=today) for key in KINDS}
        waiting = [one for one in history if one.state == "proposed" and one.bureau_id == bureau_id()]
        is_alone = bureau_id() in list_alone(work, [bureau_id()])
        effects = {
            one.id: simulate_value(work, key=one.key, was=in_force[one.key], would_be=one.value, now=now())
            for one in waiting
        }
    page = render_template(
        "bureau/parameters.html",
        kinds=KINDS,
        in_force=in_force,
        history=[one for one in history if one.state != "proposed"],
        waiting=waiting,
        effects=effects,
        is_alone=is_alone,
        form=form,
        notice=notice,
        me=staff(),
    )
    return page, 409 if notice else form.status


@blueprint.post("")
@audience(Audience.BUREAU, may="supervise")
def propose() -> Response | tuple[str, int]:
    form = ParameterForm()
    if not form.validate():
        return _page(form)
    with staff_work() as work:
        propose_value(
            work,
            bureau_id=bureau_id(),
            key=form.key.data,
            value=form.value.data,
            effective_from=form.effective_from.data,
            why=form.why.data,
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
                decision=DecisionForm().decision.data,
                by=actor(),
                today=city_day(now()),
                now=now(),
            )
    except Conflict as conflict:
        return _page(ParameterForm(formdata=None), str(CONFLICTS[conflict.code]))
    return redirect(url_for("parameters.show"))
