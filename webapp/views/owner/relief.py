"""An owner asks for relief: four questions, an answer with reasons, the application."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from billing.books.money import InvalidMoney, Money
from billing.hardship import deadlines
from billing.hardship.facts import Fact
from billing.hardship.policy import Policy
from billing.hardship.questions import ask, parse_answers
from billing.waivers import application, steps
from billing.waivers.application import Claim, Ground
from billing.waivers.evidence import GivenPaper
from checkup.cases.checkups import get_checkup_row
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, FieldFault, Invalid
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.errors import fault_text
from webapp.edge.handed_papers import given_papers
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.wording.relief_words import CONFLICTS

blueprint = Blueprint("relief", __name__, url_prefix="/checkup/<uuid:checkup_id>/relief")
EXAMPLE = Money(120_000)


def me() -> Actor:
    return Actor(owner_scope().person_id, _("店主本人"))


def _answers() -> dict[str, list[str]]:
    return {name: request.form.getlist(name) for name in request.form}


def _faults(invalid: Invalid) -> dict[str, str]:
    return {fault.field: fault_text(fault) for fault in invalid.faults}


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str | Response:
    """My applications; without one, the questions."""
    with owner_work() as work:
        checkup = get_checkup_row(work, checkup_id)
        rows = steps.list_waivers(work, checkup_id=checkup_id)
    if not rows:
        return redirect(url_for("relief.questions", checkup_id=checkup_id))
    is_open = not any(steps.is_running(row, city_day(now())) for row in rows)
    return render_template("owner/relief/list.html", checkup=checkup, rows=rows, may_apply=is_open)


@blueprint.get("/questions")
@audience(Audience.OWNER)
def questions(checkup_id: uuid.UUID) -> str:
    return _questions_page(checkup_id, {}, {})


def _questions_page(checkup_id: uuid.UUID, typed: Mapping[str, list[str]], faults: dict[str, str]) -> str:
    with owner_work() as work:
        checkup = get_checkup_row(work, checkup_id)
        ground = application.find_ground(work, checkup_id=checkup_id, keys=case_keys(), now=now())
    return render_template(
        "owner/relief/questions.html",
        checkup=checkup,
        ground=ground,
        asked=ask(ground.policy) if ground else (),
        typed=typed,
        faults=faults,
        is_ready=checkup.state in application.READY,
    )


@blueprint.post("/questions")
@audience(Audience.OWNER)
def answer(checkup_id: uuid.UUID) -> str | tuple[str, int]:
    """The answer at once: nothing is stored yet."""
    return _answer_page(checkup_id, {})


def _ground(checkup_id: uuid.UUID) -> Ground:
    with owner_work() as work:
        return application.find_ground(work, checkup_id=checkup_id, keys=case_keys(), now=now()) or abort(404)


def _told(policy: Policy) -> tuple[dict[str, Fact], Money]:
    """The answers, and the price she was quoted (for the preview only). Raises: Invalid with every fault of both."""
    faults, facts, fee = list[FieldFault](), dict[str, Fact](), EXAMPLE
    written = request.form.get("fee", "").strip()
    try:
        facts = parse_answers(policy, _answers())
    except Invalid as invalid:
        faults += invalid.faults
    try:
        fee = Money.parse(written[:40]) if written else EXAMPLE
    except InvalidMoney:
        faults.append(FieldFault("fee", "not_money"))
    if faults:
        raise Invalid(tuple(faults))
    return facts, fee


def _answer_page(checkup_id: uuid.UUID, faults: dict[str, str], status: int = 200) -> str | tuple[str, int]:
    ground, typed = _ground(checkup_id), _answers()
    try:
        facts, fee = _told(ground.policy)
    except Invalid as invalid:
        return _questions_page(checkup_id, typed, _faults(invalid)), 422
    found = application.assess_claim(ground, Claim(facts))
    page = render_template(
        "owner/relief/answer.html",
        checkup=ground.checkup,
        ground=ground,
        found=found,
        fee=fee,
        typed=typed,
        asked=ask(ground.policy),
        faults=faults,
        due_on=deadlines.decide_by(ground.policy.clock, city_day(now())),
    )
    return page, status


def _claim(ground: Ground) -> Claim:
    """What was handed in. Raises: Invalid with every fault."""
    form, faults = request.form, list[FieldFault]()
    signed, papers = form.get("signed_name", "").strip(), tuple[GivenPaper, ...]()
    try:
        papers = given_papers()
    except Invalid as invalid:
        faults += invalid.faults
    is_declared = form.get("declared") == "yes"
    if is_declared and not signed:
        faults.append(FieldFault("signed_name", "required"))
    if len(signed) > 50 or not signed.isprintable():
        faults.append(FieldFault("signed_name", "too_long", {"most": 50}))
    if form.get("agreed") != "yes":
        faults.append(FieldFault("agreed", "must_agree"))
    if faults:
        raise Invalid(tuple(faults))
    facts = parse_answers(ground.policy, _answers())
    return Claim(facts, papers, signed if is_declared else "", form.get("wish", ""), form.get("note", ""))


@blueprint.post("/apply")
@audience(Audience.OWNER)
def apply(checkup_id: uuid.UUID) -> str | Response | tuple[str, int]:
    """Hand it in; whatever is refused, the words and ticks stay."""
    ground = _ground(checkup_id)
    try:
        claim = _claim(ground)
        with owner_work() as work:
            row = application.apply_for_relief(
                work,
                ground=ground,
                claim=claim,
                keys=case_keys(),
                files_url=installation().files_url,
                by=me(),
                locale=locale(),
                now=now(),
            )
    except Invalid as invalid:
        return _answer_page(checkup_id, _faults(invalid), 422)
    except (Conflict, IntegrityError) as refused:
        code = refused.code if isinstance(refused, Conflict) else "already_applied"
        return _answer_page(checkup_id, {"all": _(CONFLICTS[code])}, 409)
    return redirect(url_for("relief_status.one", checkup_id=checkup_id, waiver_id=row.id))
