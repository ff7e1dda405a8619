"""The owner rates a signed checkup; after a bad rating one tap brings somebody else."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.complaints.complaints import open_complaint, parse_said
from checkup.cases.checkups import get_checkup_row
from checkup.owner import ratings
from checkup.owner.ratings import QUESTIONS, is_bad, parse_rating
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Invalid
from webapp.edge.audiences import audience, owner_work
from webapp.edge.errors import fault_text
from webapp.edge.installation import case_keys

blueprint = Blueprint("rating", __name__, url_prefix="/checkup/<uuid:checkup_id>/rating")


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, faults: Mapping[str, str] | None = None) -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        rating = ratings.find_rating(work, checkup_id)
        words = ratings.open_words(work, rating, case_keys()) if rating else ""
    kept = {question: str(getattr(rating, question)) for question in QUESTIONS} if rating else {}
    return render_template(
        "owner/rating.html",
        checkup=row,
        rating=rating,
        is_offered=rating is not None and is_bad(rating) and rating.wants_call is None,
        questions=QUESTIONS,
        typed={**kept, "words": words, **request.form},
        faults=faults or {},
    )


@blueprint.post("")
@audience(Audience.OWNER)
def rate(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        given = parse_rating(request.form)
    except Invalid as invalid:
        return _page(checkup_id, {fault.field: fault_text(fault) for fault in invalid.faults}), 422
    with owner_work() as work:
        ratings.rate(work, checkup_id=checkup_id, given=given, keys=case_keys(), now=now())
    return redirect(url_for("rating.show", checkup_id=checkup_id))


@blueprint.post("/call")
@audience(Audience.OWNER)
def call(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """Rating and complaint in one unit of work: somebody else shall call, or the owner lets it be."""
    wants_call = request.form.get("call") == "yes"
    try:
        said = parse_said(request.form, wants_call=True)
        with owner_work() as work:
            ratings.answer_offer(work, checkup_id=checkup_id, wants_call=wants_call)
            if wants_call:
                open_complaint(work, checkup_id=checkup_id, said=said, keys=case_keys(), now=now())
    except Invalid as invalid:
        return _page(checkup_id, {fault.field: fault_text(fault) for fault in invalid.faults}), 422
    return redirect(url_for("complaints.show" if wants_call else "rating.show", checkup_id=checkup_id))
