"""An assessor's packets: work of another firm, without names."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bureau.quality.assessments import Task, decline, get_task, list_tasks, submit_marks
from bureau.quality.checklist import items_of
from checkup.packs.catalogue import get_pack
from tenants.clock import now
from tenants.database import Audience
from webapp.edge.audiences import audience, staff, staff_work
from webapp.forms.lawyer_hours import MarksForm, marks_form

blueprint = Blueprint("assessments", __name__, url_prefix="/lawyer/assessments")


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show() -> str:
    with staff_work() as work:
        return render_template("lawyer/hours/assessments.html", tasks=list_tasks(work, person_id=staff().person_id))


@blueprint.get("/<uuid:assessment_id>")
@audience(Audience.FIRM, may="review")
def one(assessment_id: uuid.UUID) -> tuple[str, int]:
    task, form = _task(assessment_id)
    return _page(task, form)


def _task(assessment_id: uuid.UUID) -> tuple[Task, MarksForm]:
    with staff_work() as work:
        task = get_task(work, person_id=staff().person_id, assessment_id=assessment_id)
    return task, marks_form(items_of(task.packet))()


def _page(task: Task, form: MarksForm) -> tuple[str, int]:
    pack = get_pack(*task.packet["pack"]) if task.packet.get("findings") is not None else None
    return render_template("lawyer/hours/assessment.html", task=task, pack=pack, form=form), form.status


@blueprint.post("/<uuid:assessment_id>")
@audience(Audience.FIRM, may="review")
def submit(assessment_id: uuid.UUID) -> Response | tuple[str, int]:
    task, form = _task(assessment_id)
    if not form.validate():
        return _page(task, form)
    raw = form.marks() | {"reason": form.reason.data}
    with staff_work() as work:
        submit_marks(work, person_id=staff().person_id, assessment_id=assessment_id, raw=raw, now=now())
    return redirect(url_for("assessments.show"))


@blueprint.post("/<uuid:assessment_id>/decline")
@audience(Audience.FIRM, may="review")
def refuse(assessment_id: uuid.UUID) -> Response:
    with staff_work() as work:
        decline(work, person_id=staff().person_id, assessment_id=assessment_id, now=now())
    return redirect(url_for("assessments.show"))
