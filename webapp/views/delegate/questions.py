"""The questions of a delegate's areas, and no others; each answer is marked as typed by her."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import OpenCheckup
from checkup.cases.onward import screen_at
from checkup.delegates.doing import type_answer
from checkup.delegates.models import Delegation
from checkup.delegates.reading import get_client, is_in_areas, is_told, open_granted, walk_in_areas
from checkup.packs.answers import UNSURE
from checkup.packs.values import Question
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import NotFound
from webapp.asking.answers import save_each
from webapp.edge.audiences import audience, delegate_work
from webapp.edge.installation import case_keys
from webapp.forms.owner import AnsweredForm
from webapp.views.delegate.gate import while_asked

blueprint = Blueprint("delegate_questions", __name__, url_prefix="/for/<uuid:delegation_id>")
_Answer = Response | tuple[str, int]


def _onward(delegation_id: uuid.UUID, question: Question | None) -> str:
    """To the question; after the last one, to the page of this owner."""
    if question is None:
        return url_for("delegate.show", delegation_id=delegation_id)
    return url_for("delegate_questions.question", delegation_id=delegation_id, question_id=question.id)


def _opened(delegation_id: uuid.UUID) -> tuple[Delegation, OpenCheckup]:
    with delegate_work() as work:
        opened = open_granted(work, delegation_id, case_keys(), lock=False).opened()
        return get_client(work, delegation_id).delegation, opened


@blueprint.get("/next")
@audience(Audience.DELEGATE)
@while_asked
def following(delegation_id: uuid.UUID) -> Response:
    """To the first open question, once the owner has told what the path hangs on."""
    held, opened = _opened(delegation_id)
    return redirect(_onward(held.id, walk_in_areas(opened, held).first_open() if is_told(opened) else None))


@blueprint.get("/question/<question_id>")
@audience(Audience.DELEGATE)
@while_asked
def question(delegation_id: uuid.UUID, question_id: str) -> _Answer:
    return _show(*_opened(delegation_id), question_id, {}, {})


def _show(
    held: Delegation, opened: OpenCheckup, question_id: str, faults: Mapping[str, str], typed: Mapping[str, str]
) -> _Answer:
    """The screen of a question in her areas; from one that is off the path on to the next. Raises: NotFound."""
    if not is_in_areas(opened, held, question_id):
        raise NotFound
    walked = walk_in_areas(opened, held)
    screen = screen_at(opened, walked, question_id)
    if screen is None:
        return redirect(_onward(held.id, walked.first_open()))
    page = render_template(
        "delegate/question.html",
        held=held,
        screen=screen,
        values={**opened.answers, **typed},
        back=screen.before and _onward(held.id, screen.before),
        skip=_onward(held.id, screen.after),
        faults=faults,
        unsure=UNSURE,
    )
    return page, 422 if faults else 200


@blueprint.post("/question/<question_id>")
@audience(Audience.DELEGATE)
@while_asked
def save(delegation_id: uuid.UUID, question_id: str) -> _Answer:
    """Save, then go on; what could not be taken stands on the screen again."""
    given = AnsweredForm().given(question_id)

    def save_one(asked: str, raw: list[str]) -> OpenCheckup:
        with delegate_work() as work:
            return type_answer(
                work, delegation_id=delegation_id, question_id=asked, raw=raw, keys=case_keys(), now=now()
            )

    saved = save_each(given, save_one)
    held, opened = _opened(delegation_id)
    if saved.faults:
        return _show(held, opened, question_id, saved.faults, saved.typed)
    return redirect(_onward(held.id, walk_in_areas(opened, held).after([*given][-1])))
