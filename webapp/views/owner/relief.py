"""An owner asks for relief: four questions, an answer with reasons, the application."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from billing.books.money import Money
from billing.hardship import deadlines
from billing.hardship.facts import Fact
from billing.waivers import application, steps
from billing.waivers.application import Claim, Ground
from billing.waivers.models import Waiver
from checkup.cases.checkups import get_checkup_row
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.limits import takes_files
from webapp.forms.relief import ApplicationForm, QuestionsForm
from webapp.wording.relief_words import CONFLICTS

blueprint = Blueprint("relief", __name__, url_prefix="/checkup/<uuid:checkup_id>/relief")
EXAMPLE = Money(120_000)


def me() -> Actor:
    return Actor(owner_scope().person_id, _("店主本人"))


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
def questions(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _questions_page(checkup_id, QuestionsForm())


def _questions_page(checkup_id: uuid.UUID, form: QuestionsForm) -> tuple[str, int]:
    with owner_work() as work:
        checkup = get_checkup_row(work, checkup_id)
        ground = application.find_ground(work, checkup_id=checkup_id, keys=case_keys(), now=now())
    if ground is not None and not form.asked:
        form.ask(ground.policy)
    page = render_template(
        "owner/relief/questions.html",
        checkup=checkup,
        ground=ground,
        form=form,
        is_ready=checkup.state in application.READY,
    )
    return page, form.status


def _ground(checkup_id: uuid.UUID) -> Ground:
    with owner_work() as work:
        return application.find_ground(work, checkup_id=checkup_id, keys=case_keys(), now=now()) or abort(404)


@blueprint.post("/questions")
@audience(Audience.OWNER)
def answer(checkup_id: uuid.UUID) -> tuple[str, int]:
    """The answer at once: nothing is stored yet."""
    ground, form = _ground(checkup_id), QuestionsForm()
    form.ask(ground.policy)
    is_right = form.validate()
    with form.faults_of_domain():
        facts = form.facts(ground.policy)
        if is_right:
            claiming = ApplicationForm()
            claiming.ask(ground.policy)
            return _answer_page(ground, facts, claiming)
    return _questions_page(checkup_id, form)


def _answer_page(
    ground: Ground, facts: dict[str, Fact], form: ApplicationForm, conflict: str | None = None
) -> tuple[str, int]:
    found = application.assess_claim(ground, Claim(facts))
    form.want(found.wanted)
    page = render_template(
        "owner/relief/answer.html",
        checkup=ground.checkup,
        ground=ground,
        found=found,
        fee=form.fee.data or EXAMPLE,
        form=form,
        conflict=conflict,
        due_on=deadlines.decide_by(ground.policy.clock, city_day(now())),
    )
    return page, 409 if conflict else form.status


@blueprint.post("/apply")
@audience(Audience.OWNER)
@takes_files()
def apply(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """Hand it in; whatever is refused, the words and ticks stay."""
    ground, form = _ground(checkup_id), ApplicationForm()
    form.ask(ground.policy)
    is_right, facts, conflict = form.validate(), None, None
    try:
        with form.faults_of_domain():
            facts = form.facts(ground.policy)
            if is_right:
                row = _apply(ground, form)
                return redirect(url_for("relief_status.one", checkup_id=checkup_id, waiver_id=row.id))
    except (Conflict, IntegrityError) as refused:
        code = refused.code if isinstance(refused, Conflict) else "already_applied"
        if code == "already_applied" and (same := _find_same(ground, form)):
            return redirect(url_for("relief_status.one", checkup_id=checkup_id, waiver_id=same.id))
        conflict = _(CONFLICTS[code])
    if facts is None or form.fee.errors:
        return _questions_page(checkup_id, form)
    return _answer_page(ground, facts, form, conflict)


def _find_same(ground: Ground, form: ApplicationForm) -> Waiver | None:
    with owner_work() as work:
        return application.find_same(work, ground=ground, claim=form.claim(ground.policy), keys=case_keys(), now=now())


def _apply(ground: Ground, form: ApplicationForm) -> Waiver:
    """Raises: Invalid, Conflict, IntegrityError."""
    with owner_work() as work:
        return application.apply_for_relief(
            work,
            ground=ground,
            claim=form.claim(ground.policy),
            keys=case_keys(),
            files_url=installation().files_url,
            by=me(),
            locale=locale(),
            now=now(),
        )
