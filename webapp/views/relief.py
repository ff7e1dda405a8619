"""An owner asks for relief: four questions, an answer with reasons, the application, and what becomes of it."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from billing.money import InvalidMoney, Money
from billing.relief import deadlines, waivers
from billing.relief.certificates import certificate_path, find_certificate
from billing.relief.evidence import GivenPaper, check_papers, list_papers, read_paper
from billing.relief.policies import get_policy, policy_of
from billing.relief.questions import ask, parse_answers
from billing.relief.waivers import Claim, Ground
from checkup.consents import find_checkup_row
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.files import read_file
from tenants.uploads import MOST_BYTES
from webapp.audiences import audience, owner_scope, owner_work
from webapp.errors import fault_text
from webapp.i18n import locale
from webapp.i18n import translate as _
from webapp.relief_words import CONFLICTS
from webapp.settings import Settings

blueprint = Blueprint("relief", __name__, url_prefix="/checkup/<uuid:checkup_id>/relief")
EXAMPLE = Money(120_000)


def _settings() -> Settings:
    return current_app.extensions["famai"]  # type: ignore[no-any-return]


def _me() -> Actor:
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
        checkup = find_checkup_row(work, checkup_id)
        rows = waivers.list_waivers(work, checkup_id=checkup_id)
    if not rows:
        return redirect(url_for("relief.questions", checkup_id=checkup_id))
    is_open = not any(waivers.is_running(row, city_day(now())) for row in rows)
    return render_template("owner/relief/list.html", checkup=checkup, rows=rows, may_apply=is_open)


@blueprint.get("/questions")
@audience(Audience.OWNER)
def questions(checkup_id: uuid.UUID) -> str:
    return _questions_page(checkup_id, {}, {})


def _questions_page(checkup_id: uuid.UUID, typed: Mapping[str, list[str]], faults: dict[str, str]) -> str:
    with owner_work() as work:
        checkup = find_checkup_row(work, checkup_id)
        ground = waivers.find_ground(work, checkup_id=checkup_id, keys=_settings().keyring(), now=now())
    return render_template(
        "owner/relief/questions.html",
        checkup=checkup,
        ground=ground,
        asked=ask(ground.policy) if ground else (),
        typed=typed,
        faults=faults,
        is_ready=checkup.state in waivers.READY,
    )


@blueprint.post("/questions")
@audience(Audience.OWNER)
def answer(checkup_id: uuid.UUID) -> str | tuple[str, int]:
    """The answer at once: nothing is stored yet."""
    return _answer_page(checkup_id, {})


def _ground(checkup_id: uuid.UUID) -> Ground:
    with owner_work() as work:
        return waivers.find_ground(work, checkup_id=checkup_id, keys=_settings().keyring(), now=now()) or abort(404)


def _fee() -> Money:
    """What the owner was quoted, for the preview only. Raises: Invalid."""
    written = request.form.get("fee", "").strip()
    try:
        return Money.parse(written[:40]) if written else EXAMPLE
    except InvalidMoney:
        raise Invalid((FieldFault("fee", "not_money"),)) from None


def _answer_page(checkup_id: uuid.UUID, faults: dict[str, str], status: int = 200) -> str | tuple[str, int]:
    ground, typed = _ground(checkup_id), _answers()
    try:
        facts, fee = parse_answers(ground.policy, typed), _fee()
    except Invalid as invalid:
        return _questions_page(checkup_id, typed, _faults(invalid)), 422
    found = waivers.assess_claim(ground, Claim(facts))
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


def _papers(field: str = "files") -> tuple[GivenPaper, ...]:
    """The uploaded papers, all of the kind that was chosen. Raises: Invalid."""
    given = [file for file in request.files.getlist(field) if file.filename]
    kind = request.form.get("paper", "other")
    return check_papers([(kind, file.stream.read(MOST_BYTES + 1)) for file in given])


def _claim(ground: Ground) -> Claim:
    """What was handed in. Raises: Invalid with every fault."""
    form, faults = request.form, list[FieldFault]()
    signed, papers = form.get("signed_name", "").strip(), tuple[GivenPaper, ...]()
    try:
        papers = _papers()
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
            row = waivers.apply_for_relief(
                work,
                ground=ground,
                claim=claim,
                keys=_settings().keyring(),
                files_url=_settings().files_url,
                by=_me(),
                locale=locale(),
                now=now(),
            )
    except Invalid as invalid:
        return _answer_page(checkup_id, _faults(invalid), 422)
    except (Conflict, IntegrityError) as refused:
        code = refused.code if isinstance(refused, Conflict) else "already_applied"
        return _answer_page(checkup_id, {"all": _(CONFLICTS[code])}, 409)
    return redirect(url_for("relief.one", checkup_id=checkup_id, waiver_id=row.id))


@blueprint.get("/<uuid:waiver_id>")
@audience(Audience.OWNER)
def one(checkup_id: uuid.UUID, waiver_id: uuid.UUID) -> str:
    return _one_page(checkup_id, waiver_id)


def _one_page(checkup_id: uuid.UUID, waiver_id: uuid.UUID, fault: str | None = None) -> str:
    with owner_work() as work:
        row = waivers.get_own(work, checkup_id=checkup_id, waiver_id=waiver_id)
        opened = waivers.open_waiver(work, waiver_id=row.id, keys=_settings().keyring())
        policy = policy_of(get_policy(work, row.policy_id).document)
        found = waivers.assess_again(work, opened, policy)
        return render_template(
            "owner/relief/one.html",
            checkup=find_checkup_row(work, checkup_id),
            row=row,
            content=opened.content,
            found=found,
            policy=policy,
            papers=list_papers(work, row.id),
            events=waivers.list_events(work, row.id),
            until=waivers.appeal_until(row, policy),
            today=city_day(now()),
            fault=fault,
            typed=request.form,
        )


@blueprint.post("/<uuid:waiver_id>/<any(answer, appeal, reset, withdraw):step>")
@audience(Audience.OWNER)
def act(checkup_id: uuid.UUID, waiver_id: uuid.UUID, step: str) -> str | Response | tuple[str, int]:
    """Answer what was asked, appeal, ask for a later date, withdraw."""
    try:
        with owner_work() as work:
            waivers.get_own(work, checkup_id=checkup_id, waiver_id=waiver_id)
            text, given = request.form.get("text", ""), {"waiver_id": waiver_id, "by": _me(), "now": now()}
            keys = _settings().keyring()
            if step == "answer":
                files_url = _settings().files_url
                waivers.answer_more(work, text=text, papers=_papers(), keys=keys, files_url=files_url, **given)
            elif step == "appeal":
                waivers.appeal(work, text=text, keys=keys, **given)
            elif step == "reset":
                waivers.ask_reset(work, text=text, keys=keys, **given)
            else:
                waivers.withdraw(work, role="owner", **given)
    except Invalid as invalid:
        return _one_page(checkup_id, waiver_id, fault_text(invalid.faults[0])), 422
    except Conflict as conflict:
        return _one_page(checkup_id, waiver_id, _(CONFLICTS[conflict.code])), 409
    return redirect(url_for("relief.one", checkup_id=checkup_id, waiver_id=waiver_id))


@blueprint.get("/<uuid:waiver_id>/papers/<uuid:paper_id>")
@audience(Audience.OWNER)
def paper(checkup_id: uuid.UUID, waiver_id: uuid.UUID, paper_id: uuid.UUID) -> Response:
    settings = _settings()
    with owner_work() as work:
        waivers.get_own(work, checkup_id=checkup_id, waiver_id=waiver_id)
        kind, content = read_paper(
            work, waiver_id=waiver_id, paper_id=paper_id, keys=settings.keyring(), files_url=settings.files_url
        )
    return Response(content, mimetype=kind, headers={"Content-Disposition": "inline"})


@blueprint.get("/<uuid:waiver_id>/certificate.pdf")
@audience(Audience.OWNER)
def certificate(checkup_id: uuid.UUID, waiver_id: uuid.UUID) -> Response:
    with owner_work() as work:
        row = waivers.get_own(work, checkup_id=checkup_id, waiver_id=waiver_id)
        entry = find_certificate(work, row) or abort(404)
    try:
        content = read_file(_settings().files_url, certificate_path(row.firm_id, entry.content_hash))
    except FileNotFoundError:
        abort(404)
    return Response(content, mimetype="application/pdf")
