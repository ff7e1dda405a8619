"""The owner's journey: questions one by one, the result, the report, going on elsewhere."""

import base64
import hmac
import uuid
from collections.abc import Mapping

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases import checkups
from checkup.cases.checkups import OpenCheckup
from checkup.cases.documents import find_document, read_document
from checkup.fixes.ringing import ring_at
from checkup.owner.pack_upgrade import plan_upgrade
from checkup.owner.recheck import question_marks
from checkup.owner.resume_codes import code_digest, issue_resume_code
from checkup.packs.answers import UNSURE, InvalidAnswer
from checkup.packs.values import Question
from checkup.report.glyphs import find_undrawn
from checkup.report.html import render_body, render_verdict
from checkup.report.reasons import Reasons
from checkup.report.stopping import stops, stops_after
from checkup.scoring.routing import Walk, minutes_left, walk
from checkup.signoff import reporting
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.models import Firm
from webapp.edge.audiences import audience, owner, owner_work
from webapp.edge.devices import remember_device
from webapp.edge.errors import answer_fault_text
from webapp.edge.i18n import locale
from webapp.edge.installation import case_keys, installation
from webapp.forms.owner import AnsweredForm, ElsewhereForm, FocusForm, SurveyForm

blueprint = Blueprint("owner", __name__, url_prefix="/checkup")
FROZEN = ("in_review", "signed", "closed")


def _url(checkup_id: uuid.UUID, question: Question | None) -> str:
    if question is None:
        return url_for("owner.ready", checkup_id=checkup_id)
    return url_for("owner.question", checkup_id=checkup_id, question_id=question.id)


def _is_last(opened: OpenCheckup, walked: Walk, question_id: str) -> bool:
    """Whether five minutes end with this question: then its button shows the result. What was carried is read again."""
    if opened.row.mode != "express" or any(opened.record.is_carried(one.id) for one in walked.questions):
        return False
    return all(one.id == question_id or one.id in opened.answers for one in walked.questions)


def _walk(opened: OpenCheckup) -> Walk:
    row = opened.row
    return walk(opened.pack, opened.profile, opened.answers, express=row.mode == "express", focus=row.focus)


@blueprint.get("/<uuid:checkup_id>")
@audience(Audience.OWNER)
def go_on(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
    if opened.row.state in ("submitted", *FROZEN):
        return redirect(url_for("owner.result", checkup_id=checkup_id))
    return redirect(_url(checkup_id, _walk(opened).first_open()))


@blueprint.get("/<uuid:checkup_id>/question/<question_id>")
@audience(Audience.OWNER)
def question(checkup_id: uuid.UUID, question_id: str) -> str | Response:
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        marks = question_marks(work, opened)
    if opened.row.state in FROZEN:
        return redirect(url_for("owner.result", checkup_id=checkup_id))
    return _show(opened, question_id, marks)


def _show(
    opened: OpenCheckup,
    question_id: str,
    marks: Mapping[str, str],
    fault: str | None = None,
    typed: str | None = None,
) -> str | Response:
    walked = _walk(opened)
    asked = walked.find(question_id)
    if asked is None:
        return redirect(_url(opened.row.id, walked.first_open()))
    before, left = walked.before(question_id), walked.count_open()
    return render_template(
        "owner/question.html",
        checkup=opened.row,
        question=asked,
        domain=opened.pack.domain(asked.domain),
        value=opened.answers.get(question_id) if typed is None else typed,
        back=before and _url(opened.row.id, before),
        done=len(walked.questions) - left,
        total=len(walked.questions),
        minutes=minutes_left(left),
        fault=fault,
        unsure=UNSURE,
        mark=marks.get(question_id),
        is_carried=opened.record.is_carried(question_id),
        has_newer_pack=plan_upgrade(opened) is not None,
        is_last=_is_last(opened, walked, question_id),
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
    raw = form.raw()
    try:
        with owner_work() as work:
            opened = checkups.save_answer(
                work,
                checkup_id=checkup_id,
                question_id=question_id,
                raw=raw,
                by="owner",
                via="web",
                keys=case_keys(),
                now=now(),
            )
            walked = _walk(opened)
            is_done = bool(form.finish.data) and _is_last(opened, walked, question_id) and not walked.count_open()
            if is_done:
                checkups.submit_checkup(work, checkup_id=checkup_id, keys=case_keys(), now=now())
    except InvalidAnswer as invalid:
        with owner_work() as work:
            opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
            marks = question_marks(work, opened)
        return _show(opened, question_id, marks, answer_fault_text(invalid), raw[0] if raw else ""), 422
    following = (
        url_for("owner.result", checkup_id=checkup_id) if is_done else _url(checkup_id, walked.after(question_id))
    )
    onward = _stop_of(opened, question_id) or following
    if request.accept_mimetypes.best == "application/json":
        return jsonify(onward=onward) if form.steps.data else Response(status=204)
    return redirect(onward)


def _stop_of(opened: OpenCheckup, question_id: str) -> str | None:
    """The page of what this answer shows that cannot wait."""
    known, is_express = (opened.pack, opened.profile, opened.answers), opened.row.mode == "express"
    for found in stops_after(*known, question_id, today=city_day(now()), express=is_express):
        return url_for("owner.stop", checkup_id=opened.row.id, risk=found.risk)
    return None


@blueprint.get("/<uuid:checkup_id>/stop/<risk>")
@audience(Audience.OWNER)
def stop(checkup_id: uuid.UUID, risk: str) -> str | Response:
    """What cannot wait, by when, whom to call; then she goes on. Where it no longer holds she goes on at once."""
    today = city_day(now())
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        firm = work.get_one(Firm, opened.row.firm_id)
    known, is_express = (opened.pack, opened.profile, opened.answers), opened.row.mode == "express"
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
    )


@blueprint.get("/<uuid:checkup_id>/ready")
@audience(Audience.OWNER)
def ready(checkup_id: uuid.UUID) -> str | Response:
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        marks = question_marks(work, opened)
    walked = _walk(opened)
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
        checkups.submit_checkup(work, checkup_id=checkup_id, keys=case_keys(), now=now())
    return redirect(url_for("owner.result", checkup_id=checkup_id))


@blueprint.post("/<uuid:checkup_id>/deep")
@audience(Audience.OWNER)
def deepen(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        checkups.set_mode(work, checkup_id=checkup_id, mode="deep", focus=FocusForm().focus.data or None)
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
    return redirect(_url(checkup_id, _walk(opened).first_open()))


@blueprint.get("/<uuid:checkup_id>/result")
@audience(Audience.OWNER)
def result(checkup_id: uuid.UUID) -> str | Response:
    settings = installation()
    with owner_work() as work:
        row = checkups.open_checkup(work, checkup_id=checkup_id, keys=settings.keyring()).row
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
    widest = max(report.areas, key=lambda area: area.openness, default=None)
    return render_template(
        "owner/result.html",
        checkup=row,
        verdict=render_verdict(report),
        body=render_body(report),
        has_pdf=document is not None,
        widest=widest,
        survey=SurveyForm(),
        undrawn=find_undrawn(report.business_name),
    )


@blueprint.get("/<uuid:checkup_id>/report.pdf")
@audience(Audience.OWNER)
def report_pdf(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        row = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys()).row
        kind = "signed" if row.signed_at else "automatic"
        document = find_document(work, checkup_id=checkup_id, kind=kind, locale=row.locale) or abort(404)
        case = checkups.open_case(work, row, case_keys())
    return Response(read_document(installation().files_url, document, case), mimetype="application/pdf")


@blueprint.post("/<uuid:checkup_id>/ask-a-lawyer")
@audience(Audience.OWNER)
def ask_a_lawyer(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        checkups.ask_review(work, checkup_id=checkup_id, now=now())
    return redirect(url_for("letter.show", checkup_id=checkup_id))


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
