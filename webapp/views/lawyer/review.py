"""The lawyer's queue: what waits, who takes it; the page of one case and its report."""

import uuid

from flask import Blueprint, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.documents import find_document, open_document
from checkup.conflicts.checks import is_open_to
from checkup.desk.assignment import return_review, take_review
from checkup.signoff.open_review import open_review
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.typed.numbers import whole_number
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.installation import installation
from webapp.edge.uploads import send_sealed
from webapp.forms.lawyer import GiveBackForm
from webapp.views.lawyer import queue_page, review_page

_MOST_EDITION = 2**15 - 1
blueprint = Blueprint("lawyer", __name__, url_prefix="/lawyer")


def _me() -> uuid.UUID:
    return staff().person_id


def _note(work: Session, act: str, firm_id: uuid.UUID, checkup_id: uuid.UUID, owner_id: uuid.UUID) -> None:
    audit.note(work, firm_id=firm_id, act=act, by=actor(), about_id=checkup_id, owner_id=owner_id)


@blueprint.get("/")
@audience(Audience.FIRM, may="queue")
def queue() -> tuple[str, int]:
    return queue_page.show()


@blueprint.post("/checkups/<uuid:checkup_id>/take")
@audience(Audience.FIRM, may="review")
def take(checkup_id: uuid.UUID) -> Response:
    """Mine, after a clear conflict check."""
    with staff_work() as work:
        taken = take_review(work, checkup_id=checkup_id, lawyer_id=_me(), now=now())
        _note(work, "case.taken", taken.firm_id, checkup_id, taken.owner_id)
    return redirect(url_for("lawyer.review", checkup_id=checkup_id))


@blueprint.post("/checkups/<uuid:checkup_id>/return")
@audience(Audience.FIRM, may="review")
def give_back(checkup_id: uuid.UUID) -> Response:
    """Back to the pool, without blame."""
    form = GiveBackForm()
    with staff_work() as work:
        row = return_review(work, checkup_id=checkup_id, by=actor(), why=form.why.data or "unsaid", now=now())
        _note(work, "case.returned", row.firm_id, checkup_id, row.owner_id)
    return redirect(url_for("lawyer.queue"))


@blueprint.get("/checkups/<uuid:checkup_id>")
@audience(Audience.FIRM, may="review")
def review(checkup_id: uuid.UUID) -> str | Response:
    """The facts, for whoever found no conflict; everybody else of the firm sees the names first."""
    with staff_work() as work:
        row = get_checkup_row(work, checkup_id)
        is_open = is_open_to(work, row, _me(), now())
    if row.review_wanted and not is_open:
        return redirect(url_for("conflict.names", checkup_id=checkup_id))
    return review_page.show(checkup_id)


@blueprint.get("/checkups/<uuid:checkup_id>/report.pdf")
@audience(Audience.FIRM, may="review")
def report_pdf(checkup_id: uuid.UUID) -> Response:
    """The stored report: the newest edition, or the one that `edition` names."""
    settings, edition = installation(), None
    if "edition" in request.args:
        edition = whole_number(request.args["edition"], least=0, most=_MOST_EDITION)
        if edition is None:
            abort(404)
    with staff_work() as work:
        row = open_review(work, checkup_id=checkup_id, keys=settings.keyring()).open.row
        kind = "signed" if row.signed_at else "automatic"
        document = find_document(work, checkup_id=checkup_id, kind=kind, locale=row.locale, edition=edition)
        case = open_case(work, row, settings.keyring())
        _note(work, "case.report", row.firm_id, checkup_id, row.owner_id)
    return send_sealed(open_document(settings.files_url, document or abort(404), case), "application/pdf")
