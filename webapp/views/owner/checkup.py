"""The owner's journey: questions one by one, the result, the report, going on elsewhere."""

import base64
import hmac
import uuid
from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.cases import checkups
from checkup.cases.asking import due_before_a_firm
from checkup.cases.checkups import OpenCheckup
from checkup.cases.documents import find_document, open_document
from checkup.cases.onward import page_before, screen_at, walk_of
from checkup.fixes.ringing import ring_at
from checkup.lessons.taking import lessons_of
from checkup.owner.pack_upgrade import Upgrade, plan_upgrade
from checkup.owner.recheck import question_marks
from checkup.owner.resume_codes import code_digest, issue_resume_code
from checkup.packs.answers import UNSURE
from checkup.packs.values import Domain, Question
from checkup.report.glyphs import find_undrawn
from checkup.report.html import render_board, render_body, render_verdict
from checkup.report.reasons import Reasons
from checkup.report.stopping import stops
from checkup.report.values import Report
from checkup.scoring.open_questions import open_by_area
from checkup.scoring.routing import Walk
from checkup.signoff import reporting
from checkup.ways.loading import list_disputes
from checkup.ways.values import find_disputes
from cloud.cubes.act_rules import FINISHED
from tenants.campaigns.screens import RESULT
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.firms.reception import is_reception
from tenants.models import Firm
from webapp.asking.answers import Saved, find_stop, save_each
from webapp.campaigns.screens import note_screen
from webapp.edge.audiences import audience, owner, owner_work
from webapp.edge.devices import note_checkup, remember_device
from webapp.edge.i18n import locale
from webapp.edge.installation import case_keys, installation
from webapp.edge.uploads import send_sealed
from webapp.forms.owner import AnsweredForm, ElsewhereForm, FocusForm, SurveyForm
from webapp.views.owner.calls import call_values

blueprint = Blueprint("owner", __name__, url_prefix="/checkup")
FROZEN = ("in_review", "signed", "closed")


def _url(checkup_id: uuid.UUID, question: Question | None) -> str:
    if question is None:
        return url_for("owner.ready", checkup_id=checkup_id)
    return url_for("owner.question", checkup_id=checkup_id, question_id=question.id)


def _onward(opened: OpenCheckup, question: Question | None) -> str:
    """To the question, or first to what it must know of her business."""
    what = page_before(opened, question)
    if what is not None:
        return url_for("choosing.ask", checkup_id=opened.row.id, what=what)
    return _url(opened.row.id, question)


def _is_last(opened: OpenCheckup, walked: Walk, question_id: str) -> bool:
    """Whether five minutes end with this question: then its button shows the result. What was carried is read again."""
    if not opened.row.is_express or any(opened.record.is_carried(one.id) for one in walked.questions):
        return False
    return all(one.id == question_id or one.id in opened.answers for one in walked.questions)


@blueprint.get("/<uuid:checkup_id>")
@audience(Audience.OWNER)
def go_on(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
    if opened.row.state in ("submitted", *FROZEN):
        return redirect(url_for("owner.result", checkup_id=checkup_id))
    return redirect(_onward(opened, walk_of(opened).first_open()))


@blueprint.get("/<uuid:checkup_id>/question/<question_id>")
@audience(Audience.OWNER)
def question(checkup_id: uuid.UUID, question_id: str) -> str | Response:
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        marks, newer = question_marks(work, opened), plan_upgrade(work, opened)
    if opened.row.state in FROZEN:
        return redirect(url_for("owner.result", checkup_id=checkup_id))
    return _show(opened, question_id, marks, newer)


def _show(
    opened: OpenCheckup,
    question_id: str,
    marks: Mapping[str, str],
    newer: Upgrade | None,
    faults: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> str | Response:
    """The screen of a question; `faults` and what was `typed` by question."""
    walked = walk_of(opened)
    screen = screen_at(opened, walked, question_id)
    if screen is None:
        return redirect(_url(opened.row.id, walked.first_open()))
    first = screen.questions[0]
    note_screen(first.id, channel=opened.row.channel, link_id=opened.row.link_id)
    return render_template(
        "owner/question.html",
        checkup=opened.row,
        screen=screen,
        values={**opened.answers, **(typed or {})},
        back=screen.before and _url(opened.row.id, screen.before),
        faults=faults or {},
        unsure=UNSURE,
        marks=marks,
        carried={one.id for one in screen.questions if opened.record.is_carried(one.id)},
        has_newer_pack=newer is not None,
        is_last=_is_last(opened, walked, first.id),
        seal=_seal_of(opened.row.id),
    )


def _seal_of(checkup_id: uuid.UUID) -> str:
    """The key of what waits on her phone for a line: hers in every session, of this checkup, in no cookie or row."""
    told = f"waiting:{owner().person_id}:{checkup_id}".encode()
    return base64.b64encode(hmac.digest(installation().pepper, told, "sha256")).decode()


@blueprint.post("/<uuid:checkup_id>/question/<question_id>")
@audience(Audience.OWNER)
def save_answer(checkup_id: uuid.UUID, question_id: str) -> Response | tuple[str | Response, int]:
    """Save, then go on. Twice, out of order or off the path: nothing is lost and nothing breaks."""
    form = AnsweredForm()
    given = form.given(question_id)

    def save_one(asked: str, raw: list[str]) -> OpenCheckup:
        said = {"question_id": asked, "by": "owner", "via": "web"}
        with owner_work() as work:
            return checkups.save_answer(work, checkup_id=checkup_id, raw=raw, **said, keys=case_keys(), now=now())

    saved = save_each(given, save_one)
    opened = saved.last
    if saved.faults or opened is None:
        return _refused(checkup_id, question_id, saved)
    walked, last = walk_of(opened), [*given][-1]
    is_done = bool(form.finish.data) and _is_last(opened, walked, question_id) and not walked.count_open()
    if is_done:
        with owner_work() as work:
            _submit(work, checkup_id)
    following = url_for("owner.result", checkup_id=checkup_id) if is_done else _onward(opened, walked.after(last))
    risk = find_stop(opened, given)
    if risk is not None:
        following = url_for("owner.stop", checkup_id=checkup_id, risk=risk)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(onward=following) if form.steps.data else Response(status=204)
    return redirect(following)


def _refused(checkup_id: uuid.UUID, question_id: str, saved: Saved) -> tuple[str | Response, int]:
    """The screen again, with what was typed where it could not be taken."""
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        marks, newer = question_marks(work, opened), plan_upgrade(work, opened)
    return _show(opened, question_id, marks, newer, saved.faults, saved.typed), 422


@blueprint.get("/<uuid:checkup_id>/stop/<risk>")
@audience(Audience.OWNER)
def stop(checkup_id: uuid.UUID, risk: str) -> str | Response:
    """What cannot wait, by when, whom to call; then she goes on. Where it no longer holds she goes on at once."""
    today = city_day(now())
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        firm = work.get_one(Firm, opened.row.firm_id)
    known, is_express = (opened.pack, opened.profile, opened.answers), opened.row.is_express
    found = next((one for one in stops(*known, today=today, express=is_express) if one.risk == risk), None)
    if found is None:
        return redirect(url_for("owner.go_on", checkup_id=checkup_id))
    return render_template(
        "owner/stop.html",
        checkup=opened.row,
        firm=firm,
        finding=found,
        risk=opened.pack.risk(risk).on(today).worded(found.likelihood, found.case),
        because=Reasons(*known, locale()).sentence(risk, found.case),
        **call_values(opened.row),
    )


@blueprint.get("/<uuid:checkup_id>/ready")
@audience(Audience.OWNER)
def ready(checkup_id: uuid.UUID) -> str | Response:
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        marks = question_marks(work, opened)
    walked = walk_of(opened)
    if walked.count_open():
        return redirect(_url(checkup_id, walked.first_open()))
    return render_template(
        "owner/ready.html",
        checkup=opened.row,
        questions=walked.questions,
        answers=opened.answers,
        marks=marks,
        carried={q.id for q in walked.questions if opened.record.is_carried(q.id)},
    )


@blueprint.post("/<uuid:checkup_id>/submit")
@audience(Audience.OWNER)
def submit(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        _submit(work, checkup_id)
    return redirect(url_for("owner.result", checkup_id=checkup_id))


def _submit(work: Session, checkup_id: uuid.UUID) -> None:
    row = checkups.submit_checkup(work, checkup_id=checkup_id, keys=case_keys(), now=now())
    note_checkup(work, firm_id=row.firm_id, owner_id=row.owner_id, act=FINISHED)


@blueprint.post("/<uuid:checkup_id>/deep")
@audience(Audience.OWNER)
def deepen(checkup_id: uuid.UUID) -> Response:
    """To the first question that is open in the area she chose."""
    with owner_work() as work:
        checkups.set_mode(work, checkup_id=checkup_id, mode="deep", focus=FocusForm().focus.data or None)
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
    still_open = open_by_area(opened.pack, opened.profile, opened.answers).get(opened.row.focus or "")
    first = opened.pack.question(still_open[0]) if still_open else walk_of(opened).first_open()
    return redirect(_onward(opened, first))


@blueprint.get("/<uuid:checkup_id>/result")
@audience(Audience.OWNER)
def result(checkup_id: uuid.UUID) -> str | Response:
    settings = installation()
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=settings.keyring())
        row = opened.row
        if row.state not in ("submitted", *FROZEN):
            return redirect(url_for("owner.go_on", checkup_id=checkup_id))
        kind = "signed" if row.signed_at else "automatic"
        report = reporting.load_report(
            work,
            checkup_id=checkup_id,
            kind=kind,
            locale=locale(),
            keys=settings.keyring(),
            public_url=settings.public_url,
            now=now(),
        )
        document = find_document(work, checkup_id=checkup_id, kind=kind, locale=row.locale)
        lesson = lessons_of(work, row, now=now()).next
        found = [one.risk for one in checkups.list_findings(work, checkup_id=checkup_id) if one.stands]
    note_screen(RESULT, channel=row.channel, link_id=row.link_id)
    return render_template(
        "owner/result.html",
        checkup=row,
        verdict=render_verdict(report, city_day(now())),
        board=render_board(report),
        body=render_body(report, city_day(now())),
        has_pdf=document is not None,
        left=_left_open(opened, report) if row.state == "submitted" else [],
        lesson=lesson,
        disputes=find_disputes(list_disputes(row.pack_id), found),
        survey=SurveyForm(),
        undrawn=find_undrawn(report.business_name),
    )


def _left_open(opened: OpenCheckup, report: Report) -> Sequence[tuple[Domain, int]]:
    """The areas with open questions and how many, the one first that could change the result most."""
    openness = {area.id: area.openness for area in report.areas}
    left = open_by_area(opened.pack, opened.profile, opened.answers)
    found = [(domain, len(left[domain.id])) for domain in opened.pack.domains if domain.id in left]
    return sorted(found, key=lambda one: -openness.get(one[0].id, 0))


@blueprint.get("/<uuid:checkup_id>/report.pdf")
@audience(Audience.OWNER)
def report_pdf(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        row = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys()).row
        kind = "signed" if row.signed_at else "automatic"
        document = find_document(work, checkup_id=checkup_id, kind=kind, locale=row.locale) or abort(404)
        case = checkups.open_case(work, row, case_keys())
    return send_sealed(open_document(installation().files_url, document, case), "application/pdf")


@blueprint.post("/<uuid:checkup_id>/ask-a-lawyer")
@audience(Audience.OWNER)
def ask_a_lawyer(checkup_id: uuid.UUID) -> Response:
    """Then she says who is involved, or skips that; where no firm is chosen, or it could not check for conflicts yet,
    she chooses and tells first."""
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        if is_reception(opened.row.firm_id) or due_before_a_firm(opened.told):
            return redirect(url_for("choosing.show", checkup_id=checkup_id))
        checkups.ask_review(work, checkup_id=checkup_id, now=now())
    return redirect(url_for("names.show", checkup_id=checkup_id))


@blueprint.route("/<uuid:checkup_id>/elsewhere", methods=["GET", "POST"])
@audience(Audience.OWNER)
def elsewhere(checkup_id: uuid.UUID) -> str | tuple[str, int]:
    """Show a short code with which another device goes on."""
    form = ElsewhereForm()
    with owner_work() as work:
        row = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys()).row
        if not form.validate_on_submit():
            return render_template("owner/elsewhere.html", checkup=row, code=None, form=form), form.status
        code = issue_resume_code(
            work,
            firm_id=row.firm_id,
            checkup_id=row.id,
            person_id=owner().person_id,
            phone=form.phone.data,
            pepper=installation().pepper,
            now=now(),
        )
        if form.ring.data:
            ring_at(work, checkup_id=checkup_id, phone=form.phone.data, keys=case_keys(), now=now())
    remember_device(code_digest(code, installation().pepper))
    return render_template("owner/elsewhere.html", checkup=row, code=code, form=form)
