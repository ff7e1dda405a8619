"""The firm's side of relief: it reads what its client applied for and says what it knows; it decides nothing."""

import datetime as dt
import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from billing.hardship.policies import get_policy, policy_of
from billing.waivers import decisions, reassessment, steps
from billing.waivers.content import open_waiver
from billing.waivers.decisions import Step
from billing.waivers.evidence import list_papers, read_paper
from billing.waivers.queues import list_asked, list_done, list_waiting
from billing.waivers.sums import firm_sum
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
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
def one(waiver_id: uuid.UUID) -> str:
    return _page(waiver_id)


def _page(waiver_id: uuid.UUID, fault: str | None = None) -> str:
    with staff_work() as work:
        opened = open_waiver(work, waiver_id=waiver_id, keys=case_keys())
        row = opened.row
        audit.note_opened(
            work, firm_id=row.firm_id, by=actor(), about_id=row.checkup_id, owner_id=row.owner_id, now=now()
        )
        policy = policy_of(get_policy(work, row.policy_id).document)
        return render_template(
            "firm/relief/waiver.html",
            row=row,
            content=opened.content,
            policy=policy,
            found=reassessment.assess_again(work, opened, policy),
            papers=list_papers(work, row.id),
            events=steps.list_events(work, row.id),
            today=city_day(now()),
            fault=fault,
            typed=request.form,
        )


@blueprint.post("/<uuid:waiver_id>/<any(recommend, ask):firm_step>")
@audience(Audience.FIRM, may="recommend")
def act(waiver_id: uuid.UUID, firm_step: str) -> Response | tuple[str, int]:
    made = Step(firm_step, request.form.get("version", -1, type=int), request.form.get("text", ""))
    given = {"waiver_id": waiver_id, "keys": case_keys(), "by": actor(), "now": now()}
    try:
        with staff_work() as work:
            if firm_step == "recommend":
                decisions.recommend(work, step=made, **given)
            else:
                decisions.ask_more(work, step=made, role="firm", **given)
    except Invalid as invalid:
        return _page(waiver_id, fault_text(invalid.faults[0])), 422
    except Conflict as conflict:
        return _page(waiver_id, _(CONFLICTS[conflict.code])), 409
    return redirect(url_for("relief_advice.one", waiver_id=waiver_id))


@blueprint.get("/<uuid:waiver_id>/papers/<uuid:paper_id>")
@audience(Audience.FIRM, may="recommend")
def paper(waiver_id: uuid.UUID, paper_id: uuid.UUID) -> Response:
    settings = installation()
    with staff_work() as work:
        kind, content = read_paper(
            work, waiver_id=waiver_id, paper_id=paper_id, keys=settings.keyring(), files_url=settings.files_url
        )
    return Response(content, mimetype=kind, headers={"Content-Disposition": "inline"})
