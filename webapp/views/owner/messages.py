"""The owner's side of the correspondence: what the lawyer asks, answers by text and photo, notes, files."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.correspondence import messages
from checkup.correspondence.attachments import SealedFile, get_file, open_sealed, seal_files
from checkup.packs.catalogue import get_pack
from tenants.clock import now
from tenants.database import Audience
from tenants.files import kept_if_done
from webapp.edge.audiences import audience, owner, owner_work
from webapp.edge.installation import case_keys, installation
from webapp.edge.limits import takes_files
from webapp.edge.uploads import send_paper
from webapp.forms.owner import AnswerForm, MessageForm

blueprint = Blueprint("talk", __name__, url_prefix="/checkup/<uuid:checkup_id>")


@blueprint.get("/messages")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, refused: MessageForm | None = None, at: str = "") -> tuple[str, int]:
    """`at`: the question whose answer was refused, or `note`."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        shown = messages.list_messages(work, checkup_id=checkup_id, keys=case_keys())
    pack = get_pack(row.pack_id, row.pack_version)
    questions = [one for one in shown if one.row.kind == "question" and one.is_open]
    forms: dict[str, MessageForm] = {
        str(one.row.id): AnswerForm(formdata=None, at=str(one.row.id)) for one in questions
    }
    forms["note"] = MessageForm(formdata=None, at="note")
    page = render_template(
        "owner/messages.html",
        checkup=row,
        messages=shown,
        titles={one.row.risk: pack.risk(one.row.risk).title for one in shown if one.row.risk},
        questions=questions,
        may_write=row.review_wanted and row.state in messages.TALKING,
        forms=forms if refused is None else forms | {at: refused},
    )
    return page, 200 if refused is None else refused.status


@blueprint.post("/messages")
@audience(Audience.OWNER)
@takes_files()
def write(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    form = MessageForm(at="note")
    with form.faults_of_domain():
        if form.validate():
            with _sealed(checkup_id, form) as files, owner_work() as work:
                messages.write_to_lawyer(
                    work,
                    checkup_id=checkup_id,
                    text=form.text.data,
                    files=files,
                    owner_id=owner().person_id,
                    once=form.once.act(checkup_id),
                    keys=case_keys(),
                    now=now(),
                )
            return redirect(url_for("talk.show", checkup_id=checkup_id, _anchor="end"))
    return _page(checkup_id, form, "note")


@blueprint.post("/messages/<uuid:message_id>/answer")
@audience(Audience.OWNER)
@takes_files()
def answer(checkup_id: uuid.UUID, message_id: uuid.UUID) -> Response | tuple[str, int]:
    form = AnswerForm(at=str(message_id))
    with form.faults_of_domain():
        if form.validate():
            with _sealed(checkup_id, form) as files, owner_work() as work:
                messages.answer_lawyer(
                    work,
                    checkup_id=checkup_id,
                    question_id=message_id,
                    text=form.text.data,
                    files=files,
                    owner_id=owner().person_id,
                    once=form.once.act(checkup_id),
                    keys=case_keys(),
                    now=now(),
                )
            return redirect(url_for("talk.show", checkup_id=checkup_id, _anchor="end"))
    return _page(checkup_id, form, str(message_id))


@contextmanager
def _sealed(checkup_id: uuid.UUID, form: MessageForm) -> Iterator[tuple[SealedFile, ...]]:
    """The files, sealed and in their place while their message is written; refused, they go. Raises: NotFound."""
    with owner_work() as work:
        sealed = seal_files(work, checkup_id=checkup_id, files=form.files.data, keys=case_keys())
    with kept_if_done(installation().files_url, {one.path: one.sealed for one in sealed}):
        yield sealed


@blueprint.get("/files/<uuid:file_id>")
@audience(Audience.OWNER)
def file(checkup_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    with owner_work() as work:
        row, case = get_file(work, checkup_id=checkup_id, file_id=file_id, keys=case_keys())
    return send_paper(open_sealed(installation().files_url, row, case), row.media_type)
