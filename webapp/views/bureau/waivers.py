"""The bureau's side of relief: what waits for a decision, and one application as far as it may be read."""

import datetime as dt
import uuid

from flask import Blueprint, abort, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from billing.hardship import deadlines
from billing.hardship.budget import get_spend
from billing.hardship.policies import get_policy, policy_of
from billing.hardship.policy import Policy
from billing.waivers import reassessment, steps
from billing.waivers.content import get_waiver, open_waiver
from billing.waivers.evidence import list_papers, open_paper
from billing.waivers.models import Waiver
from billing.waivers.queues import list_asked, list_checks, list_done, list_waiting
from bureau.day import appeals
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import NotFound
from webapp.edge.audiences import actor, audience, bureau_id, staff, staff_work
from webapp.edge.installation import case_keys, installation
from webapp.edge.uploads import send_paper
from webapp.forms.bureau import FollowUpForm, WaiverForm

blueprint = Blueprint("waivers", __name__, url_prefix="/bureau/waivers")
LATELY = dt.timedelta(days=90)


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def queue() -> str:
    moment = now()
    with staff_work() as work:
        return render_template(
            "bureau/relief/queue.html",
            waiting=list_waiting(work),
            asked=list_asked(work),
            checks=list_checks(work),
            done=list_done(work, since=moment - LATELY),
            today=city_day(moment),
        )


@blueprint.get("/<uuid:waiver_id>")
@audience(Audience.BUREAU, may="supervise")
def one(waiver_id: uuid.UUID) -> tuple[str, int]:
    return page(waiver_id, WaiverForm())


def page(
    waiver_id: uuid.UUID, form: WaiverForm, following: FollowUpForm | None = None, notice: str = ""
) -> tuple[str, int]:
    """With what the owner wrote while there is something to decide, which the owner's log then shows; else without."""
    with staff_work() as work:
        row = get_waiver(work, waiver_id)
        policy = policy_of(get_policy(work, row.policy_id).document)
        try:
            opened = open_waiver(work, waiver_id=waiver_id, keys=case_keys())
        except NotFound:
            opened = None
        if opened is not None:
            steps.note_act(work, row, "opened", by=actor())
        form.version.data = row.version
        following = following or FollowUpForm(formdata=None, at="follow")
        shown = render_template(
            "bureau/relief/waiver.html",
            row=row,
            policy=policy,
            content=opened.content if opened else None,
            found=reassessment.assess_again(work, opened, policy) if opened else None,
            papers=list_papers(work, row.id),
            events=steps.list_events(work, row.id),
            means=_means_left(work, row, policy),
            may_decide=_may_decide(row, policy),
            who_else=_who_else(work, row),
            me=staff(),
            today=city_day(now()),
            form=form,
            following=following,
            notice=notice,
        )
    return shown, 409 if notice else max(form.status, following.status)


def _means_left(work: Session, row: Waiver, policy: Policy) -> tuple[int, int]:
    waived, deferred = get_spend(work, policy_id=row.policy_id, year=city_day(now()).year)
    return policy.budget_waive_minor - waived, policy.budget_defer_minor - deferred


def _who_else(work: Session, row: Waiver) -> str:
    """Who decides an appeal against this officer's own decision."""
    me = staff().person_id
    if row.state != "appealed" or row.decided_by != me:
        return ""
    return appeals.who_else(work, row, bureau_id=bureau_id(), me=me)


def _may_decide(row: Waiver, policy: Policy) -> bool:
    """Not while the firm may still recommend."""
    is_late = deadlines.is_recommendation_late(policy.clock, city_day(row.applied_at), city_day(now()))
    return row.state != "applied" or is_late


@blueprint.get("/<uuid:waiver_id>/papers/<uuid:paper_id>")
@audience(Audience.BUREAU, may="supervise")
def paper(waiver_id: uuid.UUID, paper_id: uuid.UUID) -> Response:
    kept = installation()
    with staff_work() as work:
        try:
            kind, content = open_paper(
                work, waiver_id=waiver_id, paper_id=paper_id, keys=kept.keyring(), files_url=kept.files_url
            )
        except FileNotFoundError:
            abort(404)
    return send_paper(content, kind)
