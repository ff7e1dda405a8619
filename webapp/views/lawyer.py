"""The lawyer's side: queue, review, signature."""

import uuid

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup import reviews
from checkup.documents import find_document, read_document
from checkup.emergency import has_access
from checkup.review import deciding, signing
from checkup.review.content import Words
from checkup.reviews import OpenReview
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from webapp.audiences import actor, audience, staff, staff_scope, staff_work
from webapp.errors import fault_text
from webapp.i18n import translate as _
from webapp.settings import Settings

blueprint = Blueprint("lawyer", __name__, url_prefix="/lawyer")
CONFLICTS = {
    "stale": "这份体检刚被改过。下面是最新内容，您写的文字还在，请核对后再保存。",
    "not_yours": "这份体检由另一位律师在办。",
    "signed": "已经签发，不能再改。",
    "undecided": "还有发现没有处理，请逐条确认、修改或排除后再签发。",
    "no_letter": "业主还没有接受本所的服务说明书，不能签发。已经写好的都在，等业主点同意后再签。",
    "not_now": "现在的状态不能做这一步。",
    "suspended": "律所已被暂停，不能领取和签发。您写的都还在。",
    "with_partner": "已经交给合伙人签字。要改，请先收回签名。",
    "no_partner": "这份报告要合伙人签字，所里还没有别的合伙人。请管理员先设一位。",
    "own_signature": "自己签过的，要请另一位合伙人签。",
    "not_partner": "只有合伙人可以签这一步。",
}


def _settings() -> Settings:
    return current_app.extensions["famai"]  # type: ignore[no-any-return]


def _me() -> uuid.UUID:
    return staff().person_id


def _version() -> int:
    return request.form.get("version", -1, type=int)


def _note(work: Session, act: str, firm_id: uuid.UUID, checkup_id: uuid.UUID, owner_id: uuid.UUID) -> None:
    audit.note(work, firm_id=firm_id, act=act, by=actor(), about_id=checkup_id, owner_id=owner_id)


@blueprint.get("/")
@audience(Audience.FIRM, may="review")
def queue() -> str:
    firm_id = staff_scope().firm_id or abort(404)
    with staff_work() as work:
        entries = reviews.list_queue(work, firm_id=firm_id, now=now())
    return render_template("lawyer/queue.html", entries=entries)


@blueprint.post("/checkups/<uuid:checkup_id>/take")
@audience(Audience.FIRM, may="review")
def take(checkup_id: uuid.UUID) -> Response:
    with staff_work() as work:
        taken = reviews.take_review(work, checkup_id=checkup_id, lawyer_id=_me(), now=now())
        _note(work, "case.taken", taken.firm_id, checkup_id, taken.owner_id)
    return redirect(url_for("lawyer.review", checkup_id=checkup_id))


@blueprint.get("/checkups/<uuid:checkup_id>")
@audience(Audience.FIRM, may="review")
def review(checkup_id: uuid.UUID) -> str:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, notice: str | None = None, typed: dict[str, str] | None = None) -> str:
    with staff_work() as work:
        is_emergency = has_access(work, checkup_id=checkup_id, person_id=_me(), now=now())
        opened = reviews.open_review(
            work, checkup_id=checkup_id, keys=_settings().keyring(), even_unwanted=is_emergency
        )
        row = opened.open.row
        audit.note_opened(work, firm_id=row.firm_id, by=actor(), about_id=row.id, owner_id=row.owner_id)
    is_mine = opened.review is not None and opened.review.lawyer_id == _me()
    return render_template(
        "lawyer/review.html",
        review=opened.review,
        checkup=opened.open.row,
        business=opened.open.business,
        pack=opened.open.pack,
        entries=opened.open.record.entries,
        findings=opened.findings,
        words=opened.words,
        undecided=sum(f.state == "found" and f.lawyer_action is None for f in opened.findings),
        advice=opened.advice,
        may_edit=is_mine and _is_unsigned(opened),
        notice=notice,
        typed=typed or {},
    )


def _is_unsigned(opened: OpenReview) -> bool:
    return opened.review is not None and opened.review.signed_at is None


def _refused(checkup_id: uuid.UUID, error: Conflict | Invalid) -> tuple[str, int]:
    typed = {key: value[:5000] for key, value in request.form.items()}
    if isinstance(error, Conflict):
        return _page(checkup_id, _(CONFLICTS[error.code]), typed), 409
    return _page(checkup_id, " ".join(fault_text(fault) for fault in error.faults), typed), 422


@blueprint.post("/checkups/<uuid:checkup_id>/findings/<risk>")
@audience(Audience.FIRM, may="review")
def decide(checkup_id: uuid.UUID, risk: str) -> Response | tuple[str, int]:
    percent = request.form.get("percent", type=float)
    try:
        with staff_work() as work:
            deciding.decide_finding(
                work,
                checkup_id=checkup_id,
                risk=risk,
                action=request.form.get("action", ""),
                likelihood=None if percent is None else percent / 100,
                words=Words(*(request.form.get(field, "") for field in ("reason", "text", "plain"))),
                lawyer_id=_me(),
                version=_version(),
                keys=_settings().keyring(),
                now=now(),
            )
    except (Conflict, Invalid) as error:
        return _refused(checkup_id, error)
    return redirect(url_for("lawyer.review", checkup_id=checkup_id, _anchor=f"after-{risk}"))


@blueprint.post("/checkups/<uuid:checkup_id>/confirm-minor")
@audience(Audience.FIRM, may="review")
def confirm_minor(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            deciding.confirm_minor(work, checkup_id=checkup_id, lawyer_id=_me(), version=_version(), now=now())
    except Conflict as error:
        return _refused(checkup_id, error)
    return redirect(url_for("lawyer.review", checkup_id=checkup_id, _anchor="sign"))


@blueprint.post("/checkups/<uuid:checkup_id>/advice")
@audience(Audience.FIRM, may="review")
def advice(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            deciding.save_advice(
                work,
                checkup_id=checkup_id,
                advice=request.form.get("advice", ""),
                lawyer_id=_me(),
                version=_version(),
                keys=_settings().keyring(),
                now=now(),
            )
    except (Conflict, Invalid) as error:
        return _refused(checkup_id, error)
    return redirect(url_for("lawyer.review", checkup_id=checkup_id, _anchor="sign"))


@blueprint.post("/checkups/<uuid:checkup_id>/sign")
@audience(Audience.FIRM, may="review")
def sign(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            signing.sign_off(
                work,
                checkup_id=checkup_id,
                lawyer_id=_me(),
                version=_version(),
                keys=_settings().keyring(),
                now=now(),
            )
            row = reviews.open_review(work, checkup_id=checkup_id, keys=_settings().keyring()).open.row
            _note(work, "case.signed", row.firm_id, checkup_id, row.owner_id)
    except Conflict as error:
        return _refused(checkup_id, error)
    return redirect(url_for("lawyer.review", checkup_id=checkup_id))


@blueprint.get("/checkups/<uuid:checkup_id>/report.pdf")
@audience(Audience.FIRM, may="review")
def report_pdf(checkup_id: uuid.UUID) -> Response:
    with staff_work() as work:
        row = reviews.open_review(work, checkup_id=checkup_id, keys=_settings().keyring()).open.row
        kind = "signed" if row.signed_at else "automatic"
        document = find_document(work, checkup_id=checkup_id, kind=kind, locale=row.locale) or abort(404)
        _note(work, "case.report", row.firm_id, checkup_id, row.owner_id)
    return Response(read_document(_settings().files_url, document), mimetype="application/pdf")
