"""Two-minute lessons on what was found: three to begin with, one at a time, three questions with their answers."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, render_template

from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.lessons.models import LessonTaken
from checkup.lessons.taking import do_lesson, get_lesson, lessons_of, list_taken
from checkup.lessons.values import Lesson
from checkup.packs.catalogue import get_pack
from checkup.report.laws import cite
from tenants.clock import city_day, now
from tenants.database import Audience
from webapp.edge.audiences import audience, owner_work
from webapp.edge.i18n import locale
from webapp.forms.owner import LessonForm, lesson_form

blueprint = Blueprint("lessons", __name__, url_prefix="/checkup/<uuid:checkup_id>/lessons")


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        chosen, taken = lessons_of(work, row, now=now()), list_taken(work, checkup_id)
    return render_template("owner/lessons.html", checkup=row, chosen=chosen, taken=taken)


@blueprint.get("/<lesson>")
@audience(Audience.OWNER)
def one(checkup_id: uuid.UUID, lesson: str) -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        found, taken = get_lesson(row, lesson, now=now()), list_taken(work, checkup_id)
    form = lesson_form(found)(formdata=None)
    return _page(row, found, form, taken=taken.get(lesson))


@blueprint.post("/<lesson>")
@audience(Audience.OWNER)
def answer(checkup_id: uuid.UUID, lesson: str) -> tuple[str, int] | str:
    """Each answer explained; the next lesson stands below."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        found = get_lesson(row, lesson, now=now())
    form = lesson_form(found)()
    if not form.validate():
        return _page(row, found, form), form.status
    with owner_work() as work:
        answers = form.answers()
        taken = do_lesson(work, checkup_id=checkup_id, lesson_id=lesson, answers=answers, now=now())
        following = lessons_of(work, row, now=now()).next
    return _page(row, found, form, taken=taken, answers=answers, following=following)


def _page(
    row: Checkup,
    lesson: Lesson,
    form: LessonForm,
    *,
    taken: LessonTaken | None = None,
    answers: Sequence[bool] = (),
    following: Lesson | None = None,
) -> str:
    pack, today = get_pack(row.pack_id), city_day(now())
    laws = [cite(pack, basis, locale(), today) for basis in lesson.basis_on(pack, today)]
    area = pack.domain(lesson.domain).name
    return render_template(
        "owner/lesson.html",
        checkup=row,
        lesson=lesson,
        form=form,
        laws=laws,
        area=area,
        taken=taken,
        answers=answers,
        following=following,
    )
