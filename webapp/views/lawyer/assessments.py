"""An assessor's packets: work of another firm, without names."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.quality.assessments import decline, get_task, list_tasks, submit_marks
from bureau.quality.checklist import MARKS, items_of
from checkup.packs.catalogue import get_pack
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Invalid
from webapp.edge.audiences import audience, staff, staff_work
from webapp.edge.errors import fault_text

blueprint = Blueprint("assessments", __name__, url_prefix="/lawyer/assessments")


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show() -> str:
    with staff_work() as work:
        return render_template("lawyer/hours/assessments.html", tasks=list_tasks(work, person_id=staff().person_id))


@blueprint.get("/<uuid:assessment_id>")
@audience(Audience.FIRM, may="review")
def one(assessment_id: uuid.UUID) -> str:
    return _page(assessment_id, {})


def _page(assessment_id: uuid.UUID, faults: dict[str, str]) -> str:
    with staff_work() as work:
        task = get_task(work, person_id=staff().person_id, assessment_id=assessment_id)
    pack = get_pack(*task.packet["pack"]) if task.packet.get("findings") is not None else None
    return render_template(
        "lawyer/hours/assessment.html",
        task=task,
        pack=pack,
        items=items_of(task.packet),
        marks=MARKS,
        typed=request.form,
        faults=faults,
    )


@blueprint.post("/<uuid:assessment_id>")
@audience(Audience.FIRM, may="review")
def submit(assessment_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            submit_marks(work, person_id=staff().person_id, assessment_id=assessment_id, raw=request.form, now=now())
    except Invalid as invalid:
        return _page(assessment_id, {fault.field: fault_text(fault) for fault in invalid.faults}), 422
    return redirect(url_for("assessments.show"))


@blueprint.post("/<uuid:assessment_id>/decline")
@audience(Audience.FIRM, may="review")
def refuse(assessment_id: uuid.UUID) -> Response:
    with staff_work() as work:
        decline(work, person_id=staff().person_id, assessment_id=assessment_id, now=now())
    return redirect(url_for("assessments.show"))
