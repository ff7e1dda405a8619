"""A lawyer looks at the lessons that a case calls for and gives one to its owner."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.conflicts.checks import is_open_to
from checkup.lessons.taking import give_lesson, lessons_of, list_taken
from checkup.packs.catalogue import get_pack
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import NotFound
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.forms.lawyer import GiveForm

blueprint = Blueprint("giving", __name__, url_prefix="/lawyer/checkups/<uuid:checkup_id>/lessons")


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show(checkup_id: uuid.UUID) -> str:
    with staff_work() as work:
        row = _get_open(work, checkup_id)
        chosen, taken = lessons_of(work, row, now=now()), list_taken(work, checkup_id)
    return render_template("lawyer/lessons.html", checkup=row, chosen=chosen, taken=taken, pack=get_pack(row.pack_id))


@blueprint.post("")
@audience(Audience.FIRM, may="review")
def give(checkup_id: uuid.UUID) -> Response:
    with staff_work() as work:
        _get_open(work, checkup_id)
        give_lesson(work, checkup_id=checkup_id, lesson_id=GiveForm().lesson.data, by=actor(), now=now())
    return redirect(url_for("giving.show", checkup_id=checkup_id))


def _get_open(work: Session, checkup_id: uuid.UUID) -> Checkup:
    """The case, for whoever may read its facts. Raises: NotFound."""
    row = get_checkup_row(work, checkup_id)
    if not (row.review_wanted and is_open_to(work, row, staff().person_id, now())):
        raise NotFound
    return row
