"""The questions at a kiosk, one screen after the other, and the light; nothing here leads anywhere else."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from checkup.cases import checkups
from checkup.cases.checkups import OpenCheckup
from checkup.cases.onward import PAGES, page_before, screen_at, walk_of
from checkup.cases.states import DRAFTS
from checkup.owner.details import tell_more
from checkup.packs.answers import UNSURE
from checkup.packs.values import Question
from cloud.cubes.act_rules import FINISHED
from tenants.audit import Actor
from tenants.campaigns.screens import RESULT
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import NotFound
from tenants.stations.visits import Visit
from webapp.asking.answers import find_stop, save_each
from webapp.campaigns.screens import note_screen
from webapp.edge.audiences import audience
from webapp.edge.devices import note_checkup
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.forms.about import AboutForm, with_unsaid
from webapp.forms.owner import AnsweredForm
from webapp.views.kiosk.gate import kiosk_page, visiting, visitor_work

blueprint = Blueprint("kiosk_questions", __name__, url_prefix="/kiosk")
_Answer = Response | tuple[str, int]


def _opened(visit: Visit) -> OpenCheckup:
    with visitor_work(visit) as work:
        return checkups.open_checkup(work, checkup_id=visit.checkup_id, keys=case_keys())


def _onward(opened: OpenCheckup, question: Question | None) -> str:
    """To the question, or first to what it must know of her business; after the last one, to the result."""
    if opened.row.state not in DRAFTS:
        return url_for("kiosk_questions.result")
    what = page_before(opened, question)
    if what is not None:
        return url_for("kiosk_questions.ask", what=what)
    if question is None:
        return url_for("kiosk_questions.ready")
    return url_for("kiosk_questions.question", question_id=question.id)


@blueprint.get("/next")
@audience(Audience.PUBLIC)
@visiting
def go_on(visit: Visit) -> _Answer:
    opened = _opened(visit)
    return redirect(_onward(opened, walk_of(opened).first_open()))


@blueprint.get("/question/<question_id>")
@audience(Audience.PUBLIC)
@visiting
def question(visit: Visit, question_id: str) -> _Answer:
    return _show(_opened(visit), question_id, {}, {})


def _show(opened: OpenCheckup, question_id: str, faults: Mapping[str, str], typed: Mapping[str, str]) -> _Answer:
    walked = walk_of(opened)
    screen = screen_at(opened, walked, question_id)
    if screen is None:
        return redirect(_onward(opened, walked.first_open()))
    note_screen(screen.questions[0].id, channel=opened.row.channel)
    values = {**opened.answers, **typed}
    page = kiosk_page("kiosk/question.html", screen=screen, values=values, faults=faults, unsure=UNSURE)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK


@blueprint.post("/question/<question_id>")
@audience(Audience.PUBLIC)
@visiting
def save(visit: Visit, question_id: str) -> _Answer:
    given = AnsweredForm().given(question_id)

    def save_one(asked: str, raw: list[str]) -> OpenCheckup:
        said = {"question_id": asked, "by": "owner", "via": "kiosk"}
        with visitor_work(visit) as work:
            return checkups.save_answer(work, checkup_id=visit.checkup_id, raw=raw, **said, keys=case_keys(), now=now())

    saved = save_each(given, save_one)
    opened = saved.last
    if saved.faults or opened is None:
        return _show(_opened(visit), question_id, saved.faults, saved.typed)
    risk = find_stop(opened, given)
    if risk is not None:
        return redirect(url_for("kiosk_questions.stop", risk=risk))
    return redirect(_onward(opened, walk_of(opened).after([*given][-1])))


@blueprint.get("/stop/<risk>")
@audience(Audience.PUBLIC)
@visiting
def stop(visit: Visit, risk: str) -> _Answer:
    """What cannot wait and whom to call, in the pack's words."""
    opened = _opened(visit)
    try:
        found = opened.pack.risk(risk)
    except KeyError:
        raise NotFound from None
    return kiosk_page("kiosk/stop.html", risk=found), HTTPStatus.OK


@blueprint.route("/about/<what>", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
@visiting
def ask(visit: Visit, what: str) -> _Answer:
    if what not in PAGES:
        raise NotFound
    opened, form = _opened(visit), AboutForm()
    form.ask(PAGES[what], opened.told.trade)
    if not form.validate_on_submit():
        page = kiosk_page("kiosk/about.html", form=form, fields=[form[name] for name in PAGES[what]])
        return page, form.status
    by = Actor(visit.person_id, _("店主本人"))
    told = with_unsaid(form, opened.told)
    with visitor_work(visit) as work:
        tell_more(work, checkup_id=visit.checkup_id, told=told, by=by, keys=case_keys(), now=now())
    return redirect(url_for("kiosk_questions.go_on"))


@blueprint.get("/ready")
@audience(Audience.PUBLIC)
@visiting
def ready(visit: Visit) -> _Answer:
    opened = _opened(visit)
    walked = walk_of(opened)
    if walked.count_open() or opened.row.state not in DRAFTS:
        return redirect(_onward(opened, walked.first_open()))
    return kiosk_page("kiosk/ready.html", last=walked.questions[-1]), HTTPStatus.OK


@blueprint.post("/submit")
@audience(Audience.PUBLIC)
@visiting
def submit(visit: Visit) -> _Answer:
    """Twice is once."""
    opened = _opened(visit)
    if opened.row.state not in DRAFTS or walk_of(opened).count_open():
        return redirect(url_for("kiosk_questions.go_on"))
    with visitor_work(visit) as work:
        row = checkups.submit_checkup(work, checkup_id=visit.checkup_id, keys=case_keys(), now=now())
        note_checkup(work, firm_id=row.firm_id, owner_id=row.owner_id, act=FINISHED)
    return redirect(url_for("kiosk_questions.result"))


@blueprint.get("/result")
@audience(Audience.PUBLIC)
@visiting
def result(visit: Visit) -> _Answer:
    """The light and what was found, by title; how to mend it is read on the phone that she takes it along with."""
    opened = _opened(visit)
    if opened.row.state in DRAFTS:
        return redirect(url_for("kiosk_questions.go_on"))
    with visitor_work(visit) as work:
        found = [one for one in checkups.list_findings(work, checkup_id=visit.checkup_id) if one.stands]
    note_screen(RESULT, channel=opened.row.channel)
    return kiosk_page("kiosk/result.html", checkup=opened.row, found=found, pack=opened.pack), HTTPStatus.OK
