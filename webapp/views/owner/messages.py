"""The owner's side of the correspondence: what the lawyer asks, answers by text and photo, notes, files."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.correspondence import messages
from checkup.correspondence.attachments import SealedFile, get_file, read_sealed, seal_files, write_sealed
from checkup.packs.catalogue import get_pack
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Invalid
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.errors import fault_text
from webapp.edge.installation import case_keys, installation
from webapp.edge.uploads import checked_files, send_file

blueprint = Blueprint("talk", __name__, url_prefix="/checkup/<uuid:checkup_id>")


@blueprint.get("/messages")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, typed: dict[str, str] | None = None, faults: dict[str, str] | None = None) -> str:
    """`typed` and `faults` by the id of the form: a question's, or `note`."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        shown = messages.list_messages(work, checkup_id=checkup_id, keys=case_keys())
    pack = get_pack(row.pack_id, row.pack_version)
    return render_template(
        "owner/messages.html",
        checkup=row,
        messages=shown,
        titles={one.row.risk: pack.risk(one.row.risk).title for one in shown if one.row.risk},
        questions=[one for one in shown if one.row.kind == "question" and one.is_open],
        may_write=row.review_wanted and row.state in messages.TALKING,
        typed=typed or {},
        faults=faults or {},
    )


@blueprint.post("/messages")
@audience(Audience.OWNER)
def write(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        files = _sealed(checkup_id)
        with owner_work() as work:
            messages.write_to_lawyer(
                work,
                checkup_id=checkup_id,
                text=request.form.get("text", ""),
                files=files,
                owner_id=owner_scope().person_id or uuid.UUID(int=0),
                keys=case_keys(),
                now=now(),
            )
    except Invalid as invalid:
        return _refused(checkup_id, "note", invalid)
    return redirect(url_for("talk.show", checkup_id=checkup_id, _anchor="end"))


@blueprint.post("/messages/<uuid:message_id>/answer")
@audience(Audience.OWNER)
def answer(checkup_id: uuid.UUID, message_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        files = _sealed(checkup_id)
        with owner_work() as work:
            messages.answer_lawyer(
                work,
                checkup_id=checkup_id,
                question_id=message_id,
                text=request.form.get("text", ""),
                files=files,
                owner_id=owner_scope().person_id or uuid.UUID(int=0),
                keys=case_keys(),
                now=now(),
            )
    except Invalid as invalid:
        return _refused(checkup_id, str(message_id), invalid)
    return redirect(url_for("talk.show", checkup_id=checkup_id, _anchor="end"))


def _refused(checkup_id: uuid.UUID, form: str, invalid: Invalid) -> tuple[str, int]:
    said = " ".join(dict.fromkeys(fault_text(fault) for fault in invalid.faults))
    return _page(checkup_id, {form: request.form.get("text", "")[:5000]}, {form: said}), 422


def _sealed(checkup_id: uuid.UUID) -> tuple[SealedFile, ...]:
    """The request's files, checked, sealed and written before their message is. Raises: Invalid, NotFound."""
    files = checked_files("files")
    with owner_work() as work:
        sealed = seal_files(work, checkup_id=checkup_id, files=files, keys=case_keys())
    write_sealed(installation().files_url, sealed)
    return sealed


@blueprint.get("/files/<uuid:file_id>")
@audience(Audience.OWNER)
def file(checkup_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    with owner_work() as work:
        row, case = get_file(work, checkup_id=checkup_id, file_id=file_id, keys=case_keys())
    return send_file(row, read_sealed(installation().files_url, row, case))
