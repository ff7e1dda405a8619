"""Signatures under a report: the lawyer's, the partner's, and corrections by a new edition."""

import uuid
from collections.abc import Callable

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.signoff import corrections, signing
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.installation import case_keys
from webapp.forms.review import SignForm, WhyForm
from webapp.views.lawyer.review_page import me, refused

blueprint = Blueprint("signatures", __name__, url_prefix="/lawyer/checkups/<uuid:checkup_id>")
WITH_WHY = (signing.send_back, corrections.begin_correction)


def _act(
    checkup_id: uuid.UUID,
    code: str,
    act: Callable[..., object],
    form: SignForm | WhyForm | None = None,
    **given: object,
) -> Response | tuple[str, int]:
    """One act of signing with its line in the log; refused, the page shows the newest state and what was typed."""
    form = form or WhyForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                words = {"why": form.why.data} if isinstance(form, WhyForm) and act in WITH_WHY else {}
                with staff_work() as work:
                    done = act(
                        work,
                        checkup_id=checkup_id,
                        version=form.version.data,
                        keys=case_keys(),
                        now=now(),
                        **given,
                        **words,
                    )
                    row = get_checkup_row(work, checkup_id)
                    said = "case.first_signed" if code == "case.signed" and done is None else code
                    audit.note(work, firm_id=row.firm_id, act=said, by=actor(), about_id=row.id, owner_id=row.owner_id)
                return redirect(url_for("lawyer.review", checkup_id=checkup_id, _anchor="signing"))
    except Conflict as conflict:
        return refused(checkup_id, form, conflict)
    return refused(checkup_id, form)


@blueprint.post("/sign")
@audience(Audience.FIRM, may="review")
def sign(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    form = SignForm()
    return _act(checkup_id, "case.signed", signing.sign_off, form, lawyer_id=me(), even_open=form.even_open.data)


@blueprint.post("/take-back")
@audience(Audience.FIRM, may="review")
def take_back(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    return _act(checkup_id, "case.taken_back", signing.take_back, lawyer_id=me())


@blueprint.post("/countersign")
@audience(Audience.FIRM, may="second_sign")
def countersign(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    return _act(checkup_id, "case.countersigned", signing.countersign, partner_id=me())


@blueprint.post("/send-back")
@audience(Audience.FIRM, may="second_sign")
def send_back(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    return _act(checkup_id, "case.sent_back", signing.send_back, partner_id=me())


@blueprint.post("/correct")
@audience(Audience.FIRM, may="review")
def correct(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    return _act(checkup_id, "case.corrected", corrections.begin_correction, lawyer_id=me())


@blueprint.post("/keep")
@audience(Audience.FIRM, may="review")
def keep(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    return _act(checkup_id, "case.correction_dropped", corrections.keep_edition, lawyer_id=me())
