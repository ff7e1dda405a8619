"""What a lawyer does on the page of a case: decide, insert a text block, ask the owner, advise."""

import uuid

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from checkup.correspondence.messages import ask_owner
from checkup.signoff import decisions, text_blocks
from checkup.signoff.content import Words
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.installation import case_keys
from webapp.views.lawyer.review_page import me, refused, show, show_parts, version, wants_parts

blueprint = Blueprint("reviewing", __name__, url_prefix="/lawyer/checkups/<uuid:checkup_id>")
_WORDS = ("reason", "text", "plain")


def _back(checkup_id: uuid.UUID, anchor: str) -> Response:
    return redirect(url_for("lawyer.review", checkup_id=checkup_id, _anchor=anchor))


@blueprint.post("/findings/<risk>")
@audience(Audience.FIRM, may="review")
def decide(checkup_id: uuid.UUID, risk: str) -> Response | str | tuple[str, int]:
    percent = request.form.get("percent", type=float)
    try:
        with staff_work() as work:
            decisions.decide_finding(
                work,
                checkup_id=checkup_id,
                risk=risk,
                action=request.form.get("action", ""),
                likelihood=None if percent is None else percent / 100,
                words=Words(*(request.form.get(field, "") for field in _WORDS)),
                lawyer_id=me(),
                version=version(),
                keys=case_keys(),
                now=now(),
            )
    except (Conflict, Invalid) as error:
        return refused(checkup_id, error, risk)
    return show_parts(checkup_id, risk) if wants_parts() else _back(checkup_id, f"after-{risk}")


@blueprint.post("/findings/<risk>/insert")
@audience(Audience.FIRM, may="review")
def insert(checkup_id: uuid.UUID, risk: str) -> str | tuple[str, int]:
    """Put a text block into the fields of a finding, unsaved: for a browser without script."""
    typed = {field: request.form.get(field, "") for field in ("percent", *_WORDS)} | {"risk": risk}
    try:
        with staff_work() as work:
            words = Words(*(typed[field] for field in _WORDS))
            block = request.form.get("insert", type=uuid.UUID)
            put = text_blocks.insert_block(work, checkup_id=checkup_id, block_id=block, words=words, now=now())
    except Invalid as error:
        return refused(checkup_id, error, risk)
    return show(checkup_id, typed=typed | {"text": put.text, "plain": put.plain})


@blueprint.post("/findings/<risk>/ask")
@audience(Audience.FIRM, may="review")
def ask(checkup_id: uuid.UUID, risk: str) -> Response | str | tuple[str, int]:
    """One question to the owner, about this finding; the review clock stands still until it is answered."""
    try:
        with staff_work() as work:
            ask_owner(
                work,
                checkup_id=checkup_id,
                risk=risk,
                text=request.form.get("question", ""),
                lawyer_id=me(),
                lawyer_name=actor().name,
                keys=case_keys(),
                now=now(),
            )
    except (Conflict, Invalid) as error:
        return refused(checkup_id, error, risk)
    return show_parts(checkup_id, risk) if wants_parts() else _back(checkup_id, f"finding-{risk}")


@blueprint.post("/confirm-minor")
@audience(Audience.FIRM, may="review")
def confirm_minor(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            decisions.confirm_minor(work, checkup_id=checkup_id, lawyer_id=me(), version=version(), now=now())
    except Conflict as error:
        return refused(checkup_id, error)
    return _back(checkup_id, "signing")


@blueprint.post("/advice")
@audience(Audience.FIRM, may="review")
def advice(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            decisions.save_advice(
                work,
                checkup_id=checkup_id,
                advice=request.form.get("advice", ""),
                lawyer_id=me(),
                version=version(),
                keys=case_keys(),
                now=now(),
            )
    except (Conflict, Invalid) as error:
        return refused(checkup_id, error)
    return _back(checkup_id, "signing")
