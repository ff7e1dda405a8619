"""A body asks lawyers about a case that is somebody else's, without names, and reads the answers."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.consultations import asking
from checkup.packs.catalogue import PACK, get_pack
from tenants.clock import city_day, now
from tenants.database import Audience
from webapp.edge.audiences import audience, provider_id, staff, staff_work
from webapp.edge.installation import case_keys
from webapp.forms.providers import AskLawyerForm

blueprint = Blueprint("body_questions", __name__, url_prefix="/provider/questions")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.PROVIDER, may="handle")
def show() -> _Answer:
    return _page(AskLawyerForm(formdata=None).offer())


def _page(form: AskLawyerForm) -> tuple[str, int]:
    with staff_work() as work:
        rows = asking.list_own(work)
    return render_template("provider/questions.html", rows=rows, form=form, today=city_day(now())), form.status


@blueprint.post("")
@audience(Audience.PROVIDER, may="handle")
def ask() -> _Answer:
    form = AskLawyerForm().offer()
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                asking.ask(
                    work,
                    provider_id=provider_id(),
                    topic=form.topic.data,
                    topics=[one.id for one in get_pack(PACK).domains],
                    question=form.question.data,
                    by=staff().person_id,
                    keys=case_keys(),
                    now=now(),
                )
            return redirect(url_for("body_questions.show"))
    return _page(form)
