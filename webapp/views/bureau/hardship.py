"""The bureau's hardship policy: versions, a proposal with its simulation, the second officer's decision, the sums."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.hardship import policies
from billing.hardship.policies import find_policy, get_policy, list_policies, policy_of, preview_approval
from billing.hardship.policy_reader import PolicyFaults, read_shipped
from billing.waivers.policy_simulation import MOST_IN_A_YEAR
from billing.waivers.queues import count_running
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.login.officers import list_alone
from webapp.edge.audiences import actor, audience, bureau_id, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.forms.base import REFUSED
from webapp.forms.bureau import DecisionForm, PolicyForm
from webapp.wording.relief_words import CONFLICTS, NOT_FUTURE

blueprint = Blueprint("hardship", __name__, url_prefix="/bureau/hardship")


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def show() -> str:
    today = city_day(now())
    with staff_work() as work:
        in_force = find_policy(work, bureau_id=bureau_id(), on=today)
        rows = list_policies(work, bureau_id())
    policy = policy_of(in_force.document) if in_force else None
    return render_template(
        "bureau/relief/policies.html", rows=rows, in_force=in_force, policy=policy, today=today, own=bureau_id()
    )


@blueprint.route("/propose", methods=["GET", "POST"])
@audience(Audience.BUREAU, may="supervise")
def propose() -> Response | tuple[str, int]:
    """Start from the version in force, or from the shipped one; every fault is named by line."""
    form = PolicyForm()
    if not form.is_submitted():
        form.document.data = _start()
        return _form(form)
    try:
        with form.faults_of_domain():
            if form.validate():
                return _propose(form)
    except PolicyFaults as refused:
        return _form(form, tuple((one.line, one.message) for one in refused.faults))
    return _form(form)


def _propose(form: PolicyForm) -> Response:
    with staff_work() as work:
        row = policies.propose_policy(
            work,
            bureau_id=bureau_id(),
            document=form.document.data,
            why=form.why.data,
            by=actor(),
            today=city_day(now()),
            now=now(),
        )
    return redirect(url_for("hardship.one", policy_id=row.id))


def _start() -> str:
    with staff_work() as work:
        in_force = find_policy(work, bureau_id=bureau_id(), on=city_day(now()))
    return in_force.document if in_force else read_shipped()


def _form(form: PolicyForm, lines: tuple[tuple[int, str], ...] = ()) -> tuple[str, int]:
    page = render_template("bureau/relief/propose.html", form=form, lines=lines)
    return page, REFUSED if lines else form.status


@blueprint.get("/<uuid:policy_id>")
@audience(Audience.BUREAU, may="supervise")
def one(policy_id: uuid.UUID) -> str:
    return _page(policy_id)


def _page(policy_id: uuid.UUID, fault: str | None = None) -> str:
    with staff_work() as work:
        row = get_policy(work, policy_id)
        approval, running = preview_approval(work, row), count_running(work)
        is_alone = bureau_id() in list_alone(work, [bureau_id()])
    return render_template(
        "bureau/relief/policy.html",
        row=row,
        approval=approval,
        running=running,
        policy=policy_of(row.document),
        may_decide=row.state == "proposed" and row.bureau_id == bureau_id() and row.proposed_by != staff().person_id,
        is_alone=is_alone,
        is_mine=row.proposed_by == staff().person_id,
        most_trials=MOST_IN_A_YEAR,
        fault=fault,
    )


@blueprint.post("/<uuid:policy_id>/decide")
@audience(Audience.BUREAU, may="supervise")
def decide(policy_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            policies.decide_policy(
                work,
                bureau_id=bureau_id(),
                policy_id=policy_id,
                decision=DecisionForm().decision.data,
                by=actor(),
                today=city_day(now()),
                now=now(),
            )
    except Conflict as conflict:
        return _page(policy_id, _({**CONFLICTS, **NOT_FUTURE}[conflict.code])), 409
    return redirect(url_for("hardship.one", policy_id=policy_id))
