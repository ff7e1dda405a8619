"""The lawyer's side of the correspondence: ask the owner, write, read files; the letter and who is a client."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.correspondence import messages
from checkup.correspondence.attachments import SealedFile, get_file, open_sealed, seal_files
from checkup.correspondence.unread import note_seen
from checkup.letters.acceptance import list_letters
from checkup.letters.paid_work import list_wishes
from checkup.signoff.open_review import open_review
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.files import kept_if_done
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.errors import CONFLICTS
from webapp.edge.i18n import pick
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.limits import takes_files
from webapp.edge.uploads import send_paper
from webapp.forms.lawyer import MessageForm

blueprint = Blueprint("lawyer_talk", __name__, url_prefix="/lawyer/checkups/<uuid:checkup_id>")


@blueprint.get("/messages")
@audience(Audience.FIRM, may="review")
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id, MessageForm(data={"risk": request.args.get("risk", "")}))


def _page(checkup_id: uuid.UUID, form: MessageForm, notice: str = "") -> tuple[str, int]:
    keys, at = case_keys(), now()
    with staff_work() as work:
        opened = open_review(work, checkup_id=checkup_id, keys=keys)
        row, review = opened.open.row, opened.review
        shown = messages.list_messages(work, checkup_id=checkup_id, keys=keys)
        note_seen(work, checkup_id=checkup_id, person_id=staff().person_id, now=at)
        audit.note_opened(work, firm_id=row.firm_id, by=actor(), about_id=row.id, owner_id=row.owner_id, now=now())
    pack = opened.open.pack
    titles = {one.risk: pack.risk(one.risk).title for one in opened.findings}
    form.risk.options = [(risk, pick(title)) for risk, title in titles.items()]
    page = render_template(
        "lawyer/messages.html",
        checkup=row,
        business=opened.open.business,
        messages=shown,
        titles=titles,
        may_write=review is not None and review.lawyer_id == staff().person_id,
        notice=notice,
        form=form,
    )
    return page, 409 if notice else form.status


@blueprint.post("/messages")
@audience(Audience.FIRM, may="review")
@takes_files()
def write(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """A note, or with the button `ask` a question, about a finding if one is named; with `read` nothing is written."""
    form = MessageForm()
    try:
        with staff_work() as work:
            open_review(work, checkup_id=checkup_id, keys=case_keys())
        with form.faults_of_domain():
            if form.step.data == "read":
                with staff_work() as work:
                    me = staff().person_id
                    messages.leave_unanswered(work, checkup_id=checkup_id, lawyer_id=me, now=now())
                return redirect(url_for("lawyer.queue"))
            if form.validate():
                if form.step.data == "ask":
                    _ask(checkup_id, form)
                else:
                    _note(checkup_id, form)
                return redirect(url_for("lawyer_talk.show", checkup_id=checkup_id, _anchor="end"))
    except Conflict as conflict:
        return _page(checkup_id, form, _(CONFLICTS[conflict.code]))
    return _page(checkup_id, form)


def _ask(checkup_id: uuid.UUID, form: MessageForm) -> None:
    with staff_work() as work:
        messages.ask_owner(
            work,
            checkup_id=checkup_id,
            risk=form.risk.data or None,
            text=form.text.data,
            lawyer_id=staff().person_id,
            lawyer_name=staff().name,
            keys=case_keys(),
            now=now(),
        )


def _note(checkup_id: uuid.UUID, form: MessageForm) -> None:
    with _sealed(checkup_id, form) as files, staff_work() as work:
        messages.write_to_owner(
            work,
            checkup_id=checkup_id,
            text=form.text.data,
            files=files,
            lawyer_id=staff().person_id,
            lawyer_name=staff().name,
            keys=case_keys(),
            now=now(),
        )


@contextmanager
def _sealed(checkup_id: uuid.UUID, form: MessageForm) -> Iterator[tuple[SealedFile, ...]]:
    """The files, sealed and in their place while their message is written; refused, they go. Raises: NotFound."""
    with staff_work() as work:
        sealed = seal_files(work, checkup_id=checkup_id, files=form.files.data, keys=case_keys())
    with kept_if_done(installation().files_url, {one.path: one.sealed for one in sealed}):
        yield sealed


@blueprint.get("/files/<uuid:file_id>")
@audience(Audience.FIRM, may="review")
def file(checkup_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    keys = case_keys()
    with staff_work() as work:
        open_review(work, checkup_id=checkup_id, keys=keys)
        row, case = get_file(work, checkup_id=checkup_id, file_id=file_id, keys=keys)
        audit.note_opened(
            work, firm_id=row.firm_id, by=actor(), about_id=row.checkup_id, owner_id=row.owner_id, now=now()
        )
    return send_paper(open_sealed(installation().files_url, row, case), row.media_type)


@blueprint.get("/letter")
@audience(Audience.FIRM, may="review")
def letter(checkup_id: uuid.UUID) -> str:
    """The accepted letter, and who is a client of whom for what."""
    keys = case_keys()
    with staff_work() as work:
        opened = open_review(work, checkup_id=checkup_id, keys=keys)
        letters = list_letters(work, row=opened.open.row, keys=keys)
        wishes = list_wishes(work, checkup_id=checkup_id)
    return render_template(
        "lawyer/letter.html",
        checkup=opened.open.row,
        business=opened.open.business,
        letters=letters,
        wishes=wishes,
        me=staff().firm_id or abort(404),
    )
