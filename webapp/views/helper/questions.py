"""The owner's questions, read out by a helper: the script beside each, her answers marked as typed for her."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.assisting.agreeing import submit_for
from checkup.assisting.answering import tell_more, type_answer, typed_here
from checkup.assisting.models import Assistance
from checkup.assisting.reading import get_help, open_helped
from checkup.cases.checkups import OpenCheckup
from checkup.cases.onward import PAGES, page_before, screen_at, walk_of
from checkup.packs.answers import UNSURE
from checkup.packs.values import Question
from cloud.cubes.act_rules import FINISHED
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import NotFound
from webapp.asking.answers import find_stop, save_each
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.devices import note_checkup
from webapp.edge.installation import case_keys
from webapp.forms.about import AboutForm, with_unsaid
from webapp.forms.owner import AnsweredForm
from webapp.views.helper.gate import at_work, beside_owner

blueprint = Blueprint("helper_questions", __name__, url_prefix="/helper/clients/<uuid:help_id>")
_Answer = Response | tuple[str, int]


def onward(help_id: uuid.UUID, opened: OpenCheckup, question: Question | None) -> str:
    """To the question, or first to what it must know of her business; after the last one, to all of them."""
    what = page_before(opened, question)
    if what is not None:
        return url_for("helper_questions.ask", help_id=help_id, what=what)
    if question is None:
        return url_for("helper_questions.ready", help_id=help_id)
    return url_for("helper_questions.question", help_id=help_id, question_id=question.id)


def _opened(help_id: uuid.UUID) -> tuple[Assistance, OpenCheckup]:
    with staff_work() as work:
        opened = open_helped(work, help_id, case_keys(), lock=False).opened()
        return get_help(work, help_id), opened


@blueprint.get("/next")
@audience(Audience.HELPER, may="help")
@at_work
def following(help_id: uuid.UUID) -> Response:
    """To the first question that is open."""
    _helped, opened = _opened(help_id)
    return redirect(onward(help_id, opened, walk_of(opened).first_open()))


@blueprint.get("/question/<question_id>")
@audience(Audience.HELPER, may="help")
@at_work
def question(help_id: uuid.UUID, question_id: str) -> _Answer:
    helped, opened = _opened(help_id)
    return _show(helped, opened, question_id, {}, {})


def _show(
    helped: Assistance, opened: OpenCheckup, question_id: str, faults: Mapping[str, str], typed: Mapping[str, str]
) -> _Answer:
    """The screen of a question. What she answered herself is not shown, only that she did."""
    walked, here = walk_of(opened), typed_here(opened.record)
    screen = screen_at(opened, walked, question_id)
    if screen is None:
        return redirect(onward(helped.id, opened, walked.first_open()))
    page = render_template(
        "helper/question.html",
        help=helped,
        checkup=opened.row,
        screen=screen,
        values={**here, **typed},
        own={one.id for one in screen.questions if one.id in opened.answers and one.id not in here},
        skip=onward(helped.id, opened, screen.after),
        faults=faults,
        unsure=UNSURE,
    )
    return page, 422 if faults else 200


@blueprint.post("/question/<question_id>")
@audience(Audience.HELPER, may="help")
@at_work
def save(help_id: uuid.UUID, question_id: str) -> _Answer:
    """Save, then go on; what could not be taken stands on the screen again."""
    given = AnsweredForm().given(question_id)

    def save_one(asked: str, raw: list[str]) -> OpenCheckup:
        with staff_work() as work:
            return type_answer(work, help_id=help_id, question_id=asked, raw=raw, keys=case_keys(), now=now())

    saved = save_each(given, save_one)
    opened = saved.last
    if saved.faults or opened is None:
        return _show(*_opened(help_id), question_id, saved.faults, saved.typed)
    if find_stop(opened, given) is not None:
        return redirect(url_for("helper_questions.stop", help_id=help_id))
    return redirect(onward(help_id, opened, walk_of(opened).after([*given][-1])))


@blueprint.get("/stop")
@audience(Audience.HELPER, may="help")
@at_work
def stop(help_id: uuid.UUID) -> str:
    """Something cannot wait: what it is she reads herself; that it is so, and whom to call, is said to her now."""
    helped, opened = _opened(help_id)
    return render_template("helper/stop.html", help=helped, checkup=opened.row)


@blueprint.route("/about/<what>", methods=["GET", "POST"])
@audience(Audience.HELPER, may="help")
@at_work
def ask(help_id: uuid.UUID, what: str) -> _Answer:
    if what not in PAGES:
        raise NotFound
    helped, opened = _opened(help_id)
    form = AboutForm()
    form.ask(PAGES[what], opened.told.trade)
    if not form.validate_on_submit():
        fields = [form[name] for name in PAGES[what]]
        return render_template("helper/about.html", help=helped, form=form, fields=fields), form.status
    with staff_work() as work:
        tell_more(work, help_id=help_id, told=with_unsaid(form, opened.told), keys=case_keys())
    return redirect(url_for("helper_questions.following", help_id=help_id))


@blueprint.get("/ready")
@audience(Audience.HELPER, may="help")
@at_work
def ready(help_id: uuid.UUID) -> _Answer:
    helped, opened = _opened(help_id)
    walked = walk_of(opened)
    if walked.count_open():
        return redirect(onward(help_id, opened, walked.first_open()))
    page = render_template(
        "helper/ready.html", help=helped, questions=walked.questions, answers=typed_here(opened.record)
    )
    return page, 200


@blueprint.post("/submit")
@audience(Audience.HELPER, may="help")
@at_work
def submit(help_id: uuid.UUID) -> Response:
    """She says that it is all."""
    helped, opened = _opened(help_id)
    if walk_of(opened).count_open():
        abort(409)
    with beside_owner(help_id) as (work, _helped):
        submit_for(work, help_id=help_id, by=actor(), keys=case_keys(), now=now())
        note_checkup(work, firm_id=helped.firm_id, owner_id=helped.owner_id, act=FINISHED)
    return redirect(url_for("clients.show", help_id=help_id))
