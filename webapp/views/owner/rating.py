"""The owner rates a signed checkup; after a bad rating one tap brings somebody else. And two taps on how she came."""

import uuid

from flask import Blueprint, abort, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from bureau.complaints.complaints import open_complaint
from bureau.reports.survey import answer_survey
from checkup.cases.checkups import get_checkup_row
from checkup.owner import ratings
from checkup.owner.ratings import QUESTIONS, is_bad
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Invalid
from webapp.edge.audiences import audience, owner_work
from webapp.edge.installation import case_keys
from webapp.forms.owner import CallForm, RatingForm, SurveyForm

blueprint = Blueprint("rating", __name__, url_prefix="/checkup/<uuid:checkup_id>/rating")
SURVEYED = "surveyed"


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, form: RatingForm | None = None, call: CallForm | None = None) -> tuple[str, int]:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        rating = ratings.find_rating(work, checkup_id)
        words = ratings.open_words(work, rating, case_keys()) if rating else ""
    kept = {question: str(getattr(rating, question)) for question in QUESTIONS} if rating else {}
    form = form or RatingForm(formdata=None, data={**kept, "words": words})
    call = call or CallForm(formdata=None)
    page = render_template(
        "owner/rating.html",
        checkup=row,
        rating=rating,
        is_offered=rating is not None and is_bad(rating) and rating.wants_call is None,
        form=form,
        call=call,
    )
    return page, max(form.status, call.status)


@blueprint.post("")
@audience(Audience.OWNER)
def rate(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    form = RatingForm()
    if not form.validate():
        return _page(checkup_id, form)
    with owner_work() as work:
        ratings.rate(work, checkup_id=checkup_id, given=form.given(), keys=case_keys(), now=now())
    return redirect(url_for("rating.show", checkup_id=checkup_id))


@blueprint.post("/call")
@audience(Audience.OWNER)
def call(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """Rating and complaint in one unit of work: somebody else shall call, or the owner lets it be."""
    form = CallForm()
    with form.faults_of_domain():
        if form.validate():
            with owner_work() as work:
                ratings.answer_offer(work, checkup_id=checkup_id, wants_call=form.is_wished)
                if form.is_wished:
                    open_complaint(work, checkup_id=checkup_id, said=form.said(), keys=case_keys(), now=now())
            return redirect(url_for("complaints.show" if form.is_wished else "rating.show", checkup_id=checkup_id))
    return _page(checkup_id, call=form)


@blueprint.post("/survey")
@audience(Audience.OWNER)
def survey(checkup_id: uuid.UUID) -> Response:
    """Once per browser: that it was answered is noted there and nowhere else."""
    form = SurveyForm()
    if not form.validate():
        raise Invalid(tuple(form.reasons))
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        if session.get(SURVEYED):
            abort(409)
        answer_survey(work, firm_id=row.firm_id, answers=form.answers(), today=city_day(now()))
    session[SURVEYED] = True
    return redirect(url_for("owner.result", checkup_id=checkup_id))
