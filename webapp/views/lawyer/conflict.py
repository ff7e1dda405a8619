"""Before the facts: the names of a case, what they are like, and one decision; a partner decides for colleagues."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.desk import conflict_step
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.errors import CONFLICTS
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.forms.lawyer import ColleagueForm, NamesForm
from webapp.forms.staff import one_each

blueprint = Blueprint("conflict", __name__, url_prefix="/lawyer")


@blueprint.get("/checkups/<uuid:checkup_id>/names")
@audience(Audience.FIRM, may="review")
def names(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id, NamesForm())


def _page(checkup_id: uuid.UUID, form: NamesForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        page = conflict_step.open_conflict_page(
            work, checkup_id=checkup_id, person_id=staff().person_id, keys=case_keys()
        )
    shown = render_template("lawyer/names.html", page=page, notice=notice, form=form)
    return shown, 409 if notice else form.status


@blueprint.post("/checkups/<uuid:checkup_id>/names")
@audience(Audience.FIRM, may="review")
def settle(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """`outcome`: take (clear, and mine), clear, recuse or ask_partner."""
    form = NamesForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                _settle(checkup_id, form)
                if form.outcome.data in ("take", "clear"):
                    return redirect(url_for("lawyer.review", checkup_id=checkup_id))
                return redirect(url_for("conflict.names", checkup_id=checkup_id))
    except Conflict as conflict:
        return _page(checkup_id, form, _(CONFLICTS[conflict.code]))
    return _page(checkup_id, form)


@blueprint.post("/checkups/<uuid:checkup_id>/names/back")
@audience(Audience.FIRM, may="review")
def ask_back(checkup_id: uuid.UUID) -> Response:
    """Recused by mistake: a partner is asked to look again."""
    with staff_work() as work:
        conflict_step.ask_recusal_back(work, checkup_id=checkup_id, by=actor(), now=now())
    return redirect(url_for("conflict.names", checkup_id=checkup_id))


def _settle(checkup_id: uuid.UUID, form: NamesForm) -> None:
    takes_case = form.outcome.data == "take"
    with staff_work() as work:
        conflict_step.settle_check(
            work,
            checkup_id=checkup_id,
            by=actor(),
            outcome="clear" if takes_case else form.outcome.data,
            reason=form.reason.data,
            parties_version=form.parties_version.data,
            takes_case=takes_case,
            keys=case_keys(),
            now=now(),
        )


@blueprint.get("/conflicts")
@audience(Audience.FIRM, may="decide_conflict")
def asked() -> tuple[str, int]:
    return _asked_page()


def _asked_page(sent: ColleagueForm | None = None, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        waiting = conflict_step.list_for_partner(
            work, firm_id=staff().firm_id or abort(404), partner_id=staff().person_id, keys=case_keys()
        )
    forms = one_each(ColleagueForm, [f"{one.checkup.id}-{one.check.person_id}" for one in waiting], sent)
    page = render_template("lawyer/conflicts.html", waiting=waiting, me=staff().person_id, notice=notice, forms=forms)
    return page, 409 if notice else sent.status if sent else 200


@blueprint.post("/conflicts/<uuid:checkup_id>/<uuid:person_id>")
@audience(Audience.FIRM, may="decide_conflict")
def decide(checkup_id: uuid.UUID, person_id: uuid.UUID) -> Response | tuple[str, int]:
    form = ColleagueForm(at=f"{checkup_id}-{person_id}")
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    conflict_step.decide_for_colleague(
                        work,
                        checkup_id=checkup_id,
                        person_id=person_id,
                        by=actor(),
                        outcome=form.outcome.data,
                        reason=form.reason.data,
                        keys=case_keys(),
                        now=now(),
                    )
                return redirect(url_for("conflict.asked"))
    except Conflict as conflict:
        return _asked_page(form, _(CONFLICTS[conflict.code]))
    return _asked_page(form)
