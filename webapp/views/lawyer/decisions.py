"""What a lawyer does on the page of a case: decide, insert a text block, ask the owner, advise."""

import uuid

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from checkup.correspondence.messages import ask_owner
from checkup.signoff import decisions, text_blocks
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.installation import case_keys
from webapp.forms.review import AdviceForm, AskForm, DecisionForm, MinorForm
from webapp.views.lawyer.review_page import me, refused, show, show_parts, wants_parts

blueprint = Blueprint("reviewing", __name__, url_prefix="/lawyer/checkups/<uuid:checkup_id>")


def _back(checkup_id: uuid.UUID, anchor: str) -> Response:
    return redirect(url_for("lawyer.review", checkup_id=checkup_id, _anchor=anchor))


@blueprint.post("/findings/<risk>")
@audience(Audience.FIRM, may="review")
def decide(checkup_id: uuid.UUID, risk: str) -> Response | str | tuple[str, int]:
    form = DecisionForm(at=risk)
    try:
        with form.faults_of_domain():
            if form.validate():
                _save(checkup_id, risk, form)
                is_words = form.action.data == "words"
                anchor = f"finding-{risk}" if is_words else f"after-{risk}"
                return show_parts(checkup_id, risk) if wants_parts() else _back(checkup_id, anchor)
    except Conflict as conflict:
        return refused(checkup_id, form, conflict)
    return refused(checkup_id, form)


def _save(checkup_id: uuid.UUID, risk: str, form: DecisionForm) -> None:
    """The decision with its words, or with `words` the words alone."""
    of_finding = {
        "checkup_id": checkup_id,
        "risk": risk,
        "words": form.words(),
        "lawyer_id": me(),
        "version": form.version.data,
        "keys": case_keys(),
        "now": now(),
    }
    with staff_work() as work:
        if form.action.data == "words":
            decisions.save_words(work, **of_finding)
        else:
            decisions.decide_finding(work, action=form.action.data, likelihood=form.likelihood(), **of_finding)


@blueprint.post("/findings/<risk>/insert")
@audience(Audience.FIRM, may="review")
def insert(checkup_id: uuid.UUID, risk: str) -> str | tuple[str, int]:
    """Put a text block into the fields of a finding, unsaved: for a browser without script."""
    form = DecisionForm(at=risk)
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                put = text_blocks.insert_block(
                    work, checkup_id=checkup_id, block_id=form.block_id, words=form.words(), now=now()
                )
            form.text.show(put.text)
            form.plain.show(put.plain)
            return show(checkup_id, form)
    return refused(checkup_id, form)


@blueprint.post("/findings/<risk>/ask")
@audience(Audience.FIRM, may="review")
def ask(checkup_id: uuid.UUID, risk: str) -> Response | str | tuple[str, int]:
    """One question to the owner, about this finding; the review clock stands still until it is answered."""
    form = AskForm(at=risk)
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    ask_owner(
                        work,
                        checkup_id=checkup_id,
                        risk=risk,
                        text=form.question.data,
                        lawyer_id=me(),
                        lawyer_name=actor().name,
                        keys=case_keys(),
                        now=now(),
                    )
                return show_parts(checkup_id, risk) if wants_parts() else _back(checkup_id, f"finding-{risk}")
    except Conflict as conflict:
        return refused(checkup_id, form, conflict)
    return refused(checkup_id, form)


@blueprint.post("/confirm-minor")
@audience(Audience.FIRM, may="review")
def confirm_minor(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    form = MinorForm()
    try:
        with staff_work() as work:
            decisions.confirm_minor(
                work,
                checkup_id=checkup_id,
                lawyer_id=me(),
                version=form.version.data,
                now=now(),
                but=form.left_out(),
            )
    except Conflict as conflict:
        return refused(checkup_id, form, conflict)
    return _back(checkup_id, "signing")


@blueprint.post("/advice")
@audience(Audience.FIRM, may="review")
def advice(checkup_id: uuid.UUID) -> Response | str | tuple[str, int]:
    form = AdviceForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    decisions.save_advice(
                        work,
                        checkup_id=checkup_id,
                        advice=form.advice.data,
                        lawyer_id=me(),
                        version=form.version.data,
                        keys=case_keys(),
                        now=now(),
                    )
                return show_parts(checkup_id, "") if wants_parts() else _back(checkup_id, "signing")
    except Conflict as conflict:
        return refused(checkup_id, form, conflict)
    return refused(checkup_id, form)
