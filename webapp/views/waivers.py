"""The bureau's side of relief: what waits for a decision, one application, the decision, checks, revocation."""

import datetime as dt
import secrets
import uuid

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from billing.money import InvalidMoney, Money
from billing.relief import deadlines, deciding, waivers
from billing.relief.content import find_waiver, open_waiver
from billing.relief.deciding import GRANTS, Award, Step
from billing.relief.evidence import list_papers, read_paper
from billing.relief.listing import list_asked, list_checks, list_done, list_waiting
from billing.relief.means import find_spend
from billing.relief.models import Waiver
from billing.relief.policies import get_policy, policy_of
from billing.relief.policy import Policy
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from webapp.audiences import actor, audience, staff, staff_work
from webapp.errors import fault_text
from webapp.i18n import translate as _
from webapp.relief_words import CONFLICTS
from webapp.settings import Settings

blueprint = Blueprint("waivers", __name__, url_prefix="/bureau/waivers")
LATELY = dt.timedelta(days=90)
DECISIONS = ("grant", "refuse", "allow", "uphold")


def _settings() -> Settings:
    return current_app.extensions["famai"]  # type: ignore[no-any-return]


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def queue() -> str:
    moment = now()
    with staff_work() as work:
        return render_template(
            "relief/bureau_queue.html",
            waiting=list_waiting(work),
            asked=list_asked(work),
            checks=list_checks(work),
            done=list_done(work, since=moment - LATELY),
            today=city_day(moment),
        )


@blueprint.get("/<uuid:waiver_id>")
@audience(Audience.BUREAU, may="supervise")
def one(waiver_id: uuid.UUID) -> str:
    return _page(waiver_id)


def _page(waiver_id: uuid.UUID, fault: str | None = None) -> str:
    """With what the owner wrote while there is something to decide, which the owner's log then shows; else without."""
    with staff_work() as work:
        row = find_waiver(work, waiver_id)
        policy = policy_of(get_policy(work, row.policy_id).document)
        try:
            opened = open_waiver(work, waiver_id=waiver_id, keys=_settings().keyring())
        except NotFound:
            opened = None
        if opened is not None:
            audit.note(
                work,
                firm_id=row.firm_id,
                act="waiver.opened",
                by=actor(),
                about_id=row.checkup_id,
                owner_id=row.owner_id,
            )
        return render_template(
            "relief/bureau_one.html",
            row=row,
            policy=policy,
            content=opened.content if opened else None,
            found=waivers.assess_again(work, opened, policy) if opened else None,
            papers=list_papers(work, row.id),
            events=waivers.list_events(work, row.id),
            means=_means_left(work, row, policy),
            may_decide=_may_decide(row, policy),
            me=staff(),
            today=city_day(now()),
            fault=fault,
            typed=request.form,
        )


def _means_left(work: Session, row: Waiver, policy: Policy) -> tuple[int, int]:
    waived, deferred = find_spend(work, policy_id=row.policy_id, year=city_day(now()).year)
    return policy.budget_waive_minor - waived, policy.budget_defer_minor - deferred


def _may_decide(row: Waiver, policy: Policy) -> bool:
    """Not while the firm may still recommend."""
    is_late = deadlines.is_recommendation_late(policy.clock, city_day(row.applied_at), city_day(now()))
    return row.state != "applied" or is_late


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


@blueprint.post("/<uuid:waiver_id>/<any(grant, refuse, allow, uphold, reset, keep, ask):move>")
@audience(Audience.BUREAU, may="supervise")
def decide(waiver_id: uuid.UUID, move: str) -> Response | tuple[str, int]:
    """Every decision carries words for the owner; refused input keeps what was typed."""
    step = Step(move, request.form.get("version", -1, type=int), request.form.get("text", ""))
    given = {"waiver_id": waiver_id, "step": step, "keys": _settings().keyring(), "by": actor(), "now": now()}
    try:
        with staff_work() as work:
            find_waiver(work, waiver_id)
            if move in DECISIONS:
                deciding.decide(work, award=_award(move), chance=secrets.randbelow(100), **given)
            elif move == "ask":
                deciding.ask_more(work, role="bureau", **given)
            else:
                deciding.decide_reset(work, **given)
    except Invalid as invalid:
        return _page(waiver_id, fault_text(invalid.faults[0])), 422
    except Conflict as conflict:
        return _page(waiver_id, _(CONFLICTS[conflict.code])), 409
    return redirect(url_for("waivers.one", waiver_id=waiver_id))


@blueprint.post("/<uuid:waiver_id>/<any(check, passed, revoke):move>")
@audience(Audience.BUREAU, may="supervise")
def follow_up(waiver_id: uuid.UUID, move: str) -> Response | tuple[str, int]:
    """Check a declaration, close the check, or revoke with a reason from the list."""
    given = {
        "waiver_id": waiver_id,
        "version": request.form.get("version", -1, type=int),
        "by": actor(),
        "now": now(),
    }
    try:
        with staff_work() as work:
            if move == "revoke":
                deciding.revoke(work, reason=request.form.get("reason", ""), **given)
            else:
                {"check": deciding.begin_check, "passed": deciding.pass_check}[move](work, **given)
    except Invalid as invalid:
        return _page(waiver_id, fault_text(invalid.faults[0])), 422
    except Conflict as conflict:
        return _page(waiver_id, _(CONFLICTS[conflict.code])), 409
    return redirect(url_for("waivers.one", waiver_id=waiver_id))


@blueprint.get("/<uuid:waiver_id>/papers/<uuid:paper_id>")
@audience(Audience.BUREAU, may="supervise")
def paper(waiver_id: uuid.UUID, paper_id: uuid.UUID) -> Response:
    settings = _settings()
    with staff_work() as work:
        try:
            kind, content = read_paper(
                work, waiver_id=waiver_id, paper_id=paper_id, keys=settings.keyring(), files_url=settings.files_url
            )
        except FileNotFoundError:
            abort(404)
    return Response(content, mimetype=kind, headers={"Content-Disposition": "inline"})
