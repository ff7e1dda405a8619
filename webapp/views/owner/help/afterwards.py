"""After a matter at a body: the owner rates it, or tells the bureau what was wrong."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.complaints import complaints
from checkup.cases.checkups import get_checkup_row
from checkup.referrals import ratings
from checkup.referrals.reading import get_own
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.models import Bureau, Provider
from webapp.edge.audiences import audience, owner_work
from webapp.edge.installation import case_keys
from webapp.forms.owner import ComplaintForm
from webapp.forms.providers import BodyRatingForm
from webapp.views.owner.complaints import render_complaint

blueprint = Blueprint("afterwards", __name__, url_prefix="/checkup/<uuid:checkup_id>/help/<uuid:referral_id>")
_Answer = Response | tuple[str, int]


@blueprint.get("/rating")
@audience(Audience.OWNER)
def rating(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> _Answer:
    return _rating(checkup_id, referral_id)


def _rating(checkup_id: uuid.UUID, referral_id: uuid.UUID, form: BodyRatingForm | None = None) -> _Answer:
    with owner_work() as work:
        case = get_checkup_row(work, checkup_id)
        row = get_own(work, checkup_id=checkup_id, referral_id=referral_id)
        held, body = ratings.find_rating(work, row), work.get_one(Provider, row.provider_id)
    if row.ended_at is None:
        return redirect(url_for("help.one", checkup_id=checkup_id, referral_id=referral_id))
    kept = {question: str(getattr(held, question)) for question in ratings.QUESTIONS} if held else {}
    form = form or BodyRatingForm(formdata=None, data=kept)
    is_bad = held is not None and not ratings.is_well(held)
    page = render_template(
        "owner/help/rating.html", checkup=case, row=row, body=body, rating=held, is_bad=is_bad, form=form
    )
    return page, form.status


@blueprint.post("/rating")
@audience(Audience.OWNER)
def rate(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> _Answer:
    form = BodyRatingForm()
    if not form.validate():
        return _rating(checkup_id, referral_id, form)
    with owner_work() as work:
        ratings.rate(work, checkup_id=checkup_id, referral_id=referral_id, given=form.given(), now=now())
    return redirect(url_for("afterwards.rating", checkup_id=checkup_id, referral_id=referral_id))


def _body(work: Session, checkup_id: uuid.UUID, referral_id: uuid.UUID) -> Provider:
    """Of a matter that was sent. Raises: NotFound, Conflict `not_now`."""
    row = get_own(work, checkup_id=checkup_id, referral_id=referral_id)
    if row.offered_at is None:
        raise Conflict("not_now")
    return work.get_one(Provider, row.provider_id)


@blueprint.get("/complaint")
@audience(Audience.OWNER)
def complaint(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> _Answer:
    return _complaint(checkup_id, referral_id, ComplaintForm())


def _complaint(checkup_id: uuid.UUID, referral_id: uuid.UUID, form: ComplaintForm) -> tuple[str, int]:
    with owner_work() as work:
        case, body = get_checkup_row(work, checkup_id), _body(work, checkup_id, referral_id)
        answers = complaints.answering_bureau(work, firm_id=case.firm_id, about=body)
        bureau = work.get_one(Bureau, answers)
        held = complaints.find_own(work, checkup_id=checkup_id, keys=case_keys(), provider_id=body.id)
    return render_complaint(case, bureau, held, form, body=body, referral_id=referral_id)


@blueprint.post("/complaint")
@audience(Audience.OWNER)
def complain(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> _Answer:
    form = ComplaintForm()
    with form.faults_of_domain():
        if form.validate():
            with owner_work() as work:
                complaints.open_complaint(
                    work,
                    checkup_id=checkup_id,
                    said=form.said(),
                    keys=case_keys(),
                    now=now(),
                    about=_body(work, checkup_id, referral_id),
                )
            return redirect(url_for("afterwards.complaint", checkup_id=checkup_id, referral_id=referral_id))
    return _complaint(checkup_id, referral_id, form)


@blueprint.post("/complaint/withdraw")
@audience(Audience.OWNER)
def withdraw(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> Response:
    with owner_work() as work:
        body = _body(work, checkup_id, referral_id)
        complaints.withdraw(work, checkup_id=checkup_id, now=now(), provider_id=body.id)
    return redirect(url_for("afterwards.complaint", checkup_id=checkup_id, referral_id=referral_id))
