"""The firm's side of relief: it reads what its client applied for and says what it knows; it decides nothing."""

import datetime as dt
import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.hardship.policies import get_policy, policy_of
from billing.waivers import decisions, reassessment, steps
from billing.waivers.content import get_waiver, open_waiver
from billing.waivers.decisions import Step
from billing.waivers.evidence import list_papers, open_paper
from billing.waivers.queues import list_asked, list_done, list_waiting
from billing.waivers.sums import firm_sum
from checkup.cases.checkups import get_checkup_row
from checkup.conflicts.checks import is_open_to
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.uploads import send_paper
from webapp.forms.firm import AdviceForm
from webapp.wording.relief_words import CONFLICTS

blueprint = Blueprint("relief_advice", __name__, url_prefix="/firm/waivers")
LATELY = dt.timedelta(days=365)


@blueprint.get("")
@audience(Audience.FIRM, may="recommend")
def queue() -> str:
    moment = now()
    with staff_work() as work:
        return render_template(
            "firm/relief/queue.html",
            waiting=list_waiting(work),
            asked=list_asked(work),
            done=list_done(work, since=moment - LATELY),
            sums=firm_sum(work, year=city_day(moment).year),
            today=city_day(moment),
        )


@blueprint.get("/<uuid:waiver_id>")
@audience(Audience.FIRM, may="recommend")
def one(waiver_id: uuid.UUID) -> Response | tuple[str, int]:
    with staff_work() as work:
        case = get_checkup_row(work, get_waiver(work, waiver_id).checkup_id)
        is_open = is_open_to(work, case, actor().id or abort(404), now())
    if case.review_wanted and not is_open and "review" in staff().permissions:
        return redirect(url_for("conflict.names", checkup_id=case.id))
    return _page(waiver_id, AdviceForm())


def _page(waiver_id: uuid.UUID, form: AdviceForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        opened = open_waiver(work, waiver_id=waiver_id, keys=case_keys())
        row = opened.row
        audit.note_opened(
            work, firm_id=row.firm_id, by=actor(), about_id=row.checkup_id, owner_id=row.owner_id, now=now()
        )
        policy = policy_of(get_policy(work, row.policy_id).document)
        page = render_template(
            "firm/relief/waiver.html",
            row=row,
            content=opened.content,
            policy=policy,
            found=reassessment.assess_again(work, opened, policy),
            papers=list_papers(work, row.id),
            events=steps.list_events(work, row.id),
            today=city_day(now()),
            form=form,
            notice=notice,
        )
    return page, 409 if notice else form.status


@blueprint.post("/<uuid:waiver_id>/<any(recommend, ask):firm_step>")
@audience(Audience.FIRM, may="recommend")
def act(waiver_id: uuid.UUID, firm_step: str) -> Response | tuple[str, int]:
    form = AdviceForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                _act(waiver_id, Step(firm_step, form.version.data, form.text.data))
                return redirect(url_for("relief_advice.one", waiver_id=waiver_id))
    except Conflict as conflict:
        return _page(waiver_id, form, _(CONFLICTS[conflict.code]))
    return _page(waiver_id, form)


def _act(waiver_id: uuid.UUID, step: Step) -> None:
    keys, by, at = case_keys(), actor(), now()
    with staff_work() as work:
        if step.move == "recommend":
            decisions.recommend(work, waiver_id=waiver_id, step=step, keys=keys, by=by, now=at)
        else:
            decisions.ask_more(work, waiver_id=waiver_id, step=step, role="firm", keys=keys, by=by, now=at)


@blueprint.get("/<uuid:waiver_id>/papers/<uuid:paper_id>")
@audience(Audience.FIRM, may="recommend")
def paper(waiver_id: uuid.UUID, paper_id: uuid.UUID) -> Response:
    settings = installation()
    with staff_work() as work:
        kind, content = open_paper(
            work, waiver_id=waiver_id, paper_id=paper_id, keys=settings.keyring(), files_url=settings.files_url
        )
    return send_paper(content, kind)
