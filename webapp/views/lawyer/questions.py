"""What bodies ask, without names: a lawyer on the roster answers; whoever is first has answered."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.consultations import answering
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import audience, firm_id, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.forms.providers import AnswerLawyerForm
from webapp.forms.staff import one_each

blueprint = Blueprint("questions", __name__, url_prefix="/lawyer/questions")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show() -> _Answer:
    return _page()


def _page(sent: AnswerLawyerForm | None = None, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        waiting, answered = answering.list_waiting(work), answering.list_answered(work)
    page = render_template(
        "lawyer/questions.html",
        waiting=waiting,
        answered=answered,
        forms=one_each(AnswerLawyerForm, [row.id for row in waiting], sent),
        notice=notice,
        typed=sent.answer.data if sent and notice else "",
        today=city_day(now()),
    )
    return page, 409 if notice else sent.status if sent else 200


@blueprint.post("/<uuid:consultation_id>")
@audience(Audience.FIRM, may="review")
def answer(consultation_id: uuid.UUID) -> _Answer:
    form = AnswerLawyerForm(at=str(consultation_id))
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    answering.answer(
                        work,
                        consultation_id,
                        firm_id=firm_id(),
                        person_id=staff().person_id,
                        name=staff().name,
                        words=form.answer.data,
                        is_lesson=form.is_lesson.data,
                        now=now(),
                    )
                return redirect(url_for("questions.show"))
    except Conflict as refused:
        words = _("只有排了班的律师可以回。") if refused.code == "not_on_call" else _("别人已经先回了。")
        return _page(form, words)
    return _page(form)
