"""Standards of a firm as its bureau looks at them, and the check of licences against a register."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
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
from tenants.firms.admission import get_supervised, list_supervised
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.limits import takes_files
from webapp.forms.bureau import RegisterForm, StandardForm
from webapp.forms.staff import one_each

blueprint = Blueprint("standards", __name__, url_prefix="/bureau")


@blueprint.get("/firms/<uuid:firm_id>/standards")
@audience(Audience.BUREAU, may="supervise")
def show(firm_id: uuid.UUID) -> tuple[str, int]:
    return _page(firm_id)


def _page(firm_id: uuid.UUID, sent: StandardForm | None = None) -> tuple[str, int]:
    with staff_work() as work:
        firm = get_supervised(work, firm_id)
        standings = list_standings(work, firm_id)
    forms = one_each(StandardForm, STANDARDS, sent)
    for standard, form in forms.items():
        form.standard.data = standard
    page = render_template(
        "bureau/standards.html",
        firm=firm,
        standings=standings,
        names=STANDARDS,
        today=city_day(now()),
        forms=forms,
        sent=sent,
    )
    return page, sent.status if sent else 200


@blueprint.post("/firms/<uuid:firm_id>/standards")
@audience(Audience.BUREAU, may="supervise")
def record(firm_id: uuid.UUID) -> Response | tuple[str, int]:
    form = StandardForm()
    form = StandardForm(at=form.standard.data)
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                record_check(
                    work,
                    firm_id=firm_id,
                    standard=form.standard.data,
                    is_met=form.met.data == "yes",
                    evidence=form.evidence.data,
                    by=actor(),
                    today=city_day(now()),
                    now=now(),
                )
            return redirect(url_for("standards.show", firm_id=firm_id))
    return _page(firm_id, form)


@blueprint.get("/standards")
@audience(Audience.BUREAU, may="supervise")
def index() -> tuple[str, int]:
    return _index(RegisterForm(), None)


def _index(form: RegisterForm, checked: Rechecked | None) -> tuple[str, int]:
    with staff_work() as work:
        firms = {firm.id: firm for firm in list_supervised(work)}
        due = count_due(work, city_day(now()))
    ordered = [(firms[one], count) for one, count in sorted(due.items(), key=lambda d: (-d[1], firms[d[0]].name))]
    return render_template("bureau/due.html", due=ordered, checked=checked, form=form), form.status


@blueprint.post("/standards")
@audience(Audience.BUREAU, may="supervise")
@takes_files(1)
def recheck() -> tuple[str, int]:
    """Check every licence against the register in the file."""
    form, checked = RegisterForm(), None
    with form.faults_of_domain():
        register = read_register(form.file.data)
        with staff_work() as work:
            checked = recheck_licences(work, register, today=city_day(now()), now=now())
    return _index(form, checked)
