"""The other side of a mediation: a link that opens with a code, once, and from then on in this browser."""

import uuid

from flask import Blueprint, redirect, render_template, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.mediation import ratings, seats
from checkup.mediation.events import get_mediation
from checkup.mediation.models import MediationSeat
from checkup.mediation.reading import open_mediation
from checkup.mediation.states import OTHER
from checkup.referrals.ratings import QUESTIONS
from tenants.clock import city_day, now
from tenants.database import Audience, Scope
from tenants.errors import Conflict
from tenants.login.throttle import Locked, WrongCode
from webapp import talks
from webapp.edge.audiences import audience, public_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.limits import takes_files
from webapp.edge.one_time_codes import guard
from webapp.edge.rates import door
from webapp.forms.providers import BodyRatingForm, CodeForm, TalkForm
from webapp.wording.provider_words import CONFLICTS

blueprint = Blueprint("mediate", __name__, url_prefix="/mediate")
_Answer = Response | tuple[str, int]
_HELD, _GONE = "mediation", 410


def _gone() -> tuple[str, int]:
    return render_template("public/mediation_gone.html"), _GONE


@blueprint.get("/<token>")
@audience(Audience.PUBLIC)
@door
def cover(token: str) -> _Answer:
    return _cover(token, CodeForm(formdata=None))


def _cover(token: str, form: CodeForm, notice: str = "", status: int = 422) -> _Answer:
    try:
        with public_work(token=seats.link_digest(token)) as work:
            seat = seats.get_seat(work, token, now())
    except Conflict:
        return _gone()
    page = render_template("public/mediation_code.html", is_used=seat.code is None, form=form, notice=notice)
    return page, status if notice else form.status


@blueprint.post("/<token>")
@audience(Audience.PUBLIC)
@door
def come_in(token: str) -> _Answer:
    """The code is used up by whoever says it first."""
    form, settings = CodeForm(), installation()
    if not form.validate():
        return _cover(token, form)
    digest = seats.link_digest(token)

    def find(work: Session, _tried: object) -> str | None:
        return seats.take_seat(work, token, form.code.data, pepper=settings.pepper, now=now())

    try:
        secret = guard(settings, "mediation", digest, find, scope=Scope(Audience.PUBLIC, token=digest))
    except WrongCode:
        return _cover(token, form, _("代码不对，或者已经有人用过。请问给您链接的机构。"))
    except Locked:
        return _cover(token, form, _("输错太多次，请15分钟后再试。"), 429)
    except Conflict:
        return _gone()
    session[_HELD] = secret
    session.permanent = True
    return redirect(url_for("mediate.room"))


def _seat() -> tuple[Scope, MediationSeat]:
    """Of this browser. Raises: Conflict `link_gone`."""
    secret = str(session.get(_HELD) or "")
    scope = Scope(Audience.PUBLIC, token=seats.held_digest(secret))
    with public_work(token=scope.token) as work:
        return scope, seats.get_held(work, secret, now())


@blueprint.get("/")
@audience(Audience.PUBLIC)
@door
def room() -> _Answer:
    return _room(TalkForm(formdata=None))


def _room(form: TalkForm, notice: str = "", rating: BodyRatingForm | None = None) -> _Answer:
    try:
        scope, seat = _seat()
    except Conflict:
        return _gone()
    with public_work(token=scope.token) as work:
        opened = open_mediation(work, get_mediation(work, seat.mediation_id), case_keys())
        held = ratings.find_rating(work, opened.row)
    kept = {question: str(getattr(held, question)) for question in QUESTIONS} if held else {}
    rating = rating or BodyRatingForm(formdata=None, data=kept)
    page = render_template(
        "public/mediation.html",
        opened=opened,
        form=form,
        notice=notice,
        rating=rating if ratings.may_rate(opened.row) else None,
        has_rated=held is not None,
        today=city_day(now()),
    )
    return page, 409 if notice else max(form.status, rating.status)


@blueprint.post("/")
@audience(Audience.PUBLIC)
@door
@takes_files()
def step() -> _Answer:
    try:
        scope, seat = _seat()
    except Conflict:
        return _gone()
    form = TalkForm()
    refused = talks.take(talks.Side(scope, OTHER, seat.mediation_id), form)
    if refused is None or refused:
        return _room(form, refused[0] if refused else "")
    return redirect(url_for("mediate.room"))


@blueprint.post("/rating")
@audience(Audience.PUBLIC)
@door
def rate() -> _Answer:
    """The two questions that an owner is asked as well."""
    try:
        scope, seat = _seat()
    except Conflict:
        return _gone()
    form = BodyRatingForm()
    if not form.validate():
        return _room(TalkForm(formdata=None), rating=form)
    with CONFLICTS.told() as refused, public_work(token=scope.token) as work:
        ratings.rate(work, get_mediation(work, seat.mediation_id), given=form.given(), now=now())
    return _room(TalkForm(formdata=None), refused[0]) if refused else redirect(url_for("mediate.room"))


@blueprint.get("/papers/<uuid:paper_id>")
@audience(Audience.PUBLIC)
@door
def paper(paper_id: uuid.UUID) -> _Answer:
    try:
        scope, seat = _seat()
    except Conflict:
        return _gone()
    return talks.send_paper_of(scope, seat.mediation_id, paper_id)


@blueprint.get("/agreement.<any(pdf, docx):file_kind>")
@audience(Audience.PUBLIC)
@door
def agreement(file_kind: str) -> _Answer:
    try:
        scope, seat = _seat()
    except Conflict:
        return _gone()
    return talks.send_agreement(scope, seat.mediation_id, file_kind)
