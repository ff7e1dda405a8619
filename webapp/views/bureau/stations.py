"""Stations where helpers work: a bureau opens them, says who helps there, and lets them rest or go."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope
from tenants.stations import admission, helpers, kiosks
from tenants.stations.events import list_events
from tenants.stations.states import LIFE
from webapp.edge.audiences import actor, audience, bureau_id, staff_scope, staff_work
from webapp.edge.installation import installation
from webapp.edge.people_here import fresh
from webapp.edge.record_links import ask_for_reset
from webapp.forms.helpers import KioskForm
from webapp.forms.posts import DecideStationForm, OperatorForm, StationForm

blueprint = Blueprint("stations", __name__, url_prefix="/bureau/stations")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def index() -> _Answer:
    return _index(StationForm(formdata=None))


def _index(form: StationForm) -> tuple[str, int]:
    with staff_work() as work:
        rows = admission.list_stations(work)
        page = render_template("bureau/stations.html", rows=rows, form=form)
    return page, form.status


@blueprint.post("")
@audience(Audience.BUREAU, may="supervise")
def add() -> _Answer:
    form = StationForm()
    with form.faults_of_domain():
        if form.validate():
            said = {name: form.data[name] for name in ("kind", "name", "name_en", "phone")}
            with staff_work() as work:
                row = admission.add_station(work, bureau_id=bureau_id(), **said, by=actor(), now=now())
            return redirect(url_for("stations.one", station_id=row.id))
    return _index(form)


@blueprint.get("/<uuid:station_id>")
@audience(Audience.BUREAU, may="supervise")
def one(station_id: uuid.UUID) -> _Answer:
    return _one(station_id, OperatorForm(formdata=None), DecideStationForm(formdata=None))


def _one(
    station_id: uuid.UUID,
    adding: OperatorForm,
    deciding: DecideStationForm,
    kiosk: KioskForm | None = None,
    code: str = "",
) -> tuple[str, int]:
    """`code`: of a kiosk, made just now; it is shown once."""
    kiosk = kiosk or KioskForm(formdata=None, at="kiosk")
    with staff_work() as work:
        row = admission.get_station(work, station_id)
        page = render_template(
            "bureau/station.html",
            row=row,
            people=helpers.list_helpers(work, row.id),
            steps=LIFE.moves_from(row.state),
            events=list_events(work, row.id),
            adding=adding,
            deciding=deciding,
            kiosks=kiosks.list_kiosks(work, row.id),
            kiosk=kiosk,
            code=code,
            now=now(),
        )
    return page, max(adding.status, deciding.status, kiosk.status)


@blueprint.post("/<uuid:station_id>/helpers")
@audience(Audience.BUREAU, may="supervise")
@fresh
def add_helper(station_id: uuid.UUID) -> _Answer:
    """She comes in by a link in her mail."""
    form = OperatorForm()
    with form.faults_of_domain():
        if form.validate():
            said = {"email": form.email.data, "name": form.name.data, "by": actor(), "now": now()}
            with staff_work() as work:
                row = admission.get_station(work, station_id, lock=True)
                person = helpers.begin_post(work, scope=staff_scope(), station=row, **said)
                _send_link(work, person.id)
            return redirect(url_for("stations.one", station_id=station_id))
    return _one(station_id, form, DecideStationForm(formdata=None))


def _send_link(work: Session, person_id: uuid.UUID) -> None:
    enter_scope(work, Scope(Audience.AUTH, person_id=person_id))
    ask_for_reset(work, installation(), person_id, "post_begun")


@blueprint.post("/<uuid:station_id>/helpers/<uuid:person_id>/end")
@audience(Audience.BUREAU, may="supervise")
@fresh
def end_helper(station_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """She is out from the next request on."""
    with staff_work() as work:
        row = admission.get_station(work, station_id)
        helpers.end_post(work, station_id=row.id, person_id=person_id, by=actor(), now=now())
    return redirect(url_for("stations.one", station_id=station_id))


@blueprint.post("/<uuid:station_id>/<any(suspend, resume, leave):standing_step>")
@audience(Audience.BUREAU, may="supervise")
def decide(station_id: uuid.UUID, standing_step: str) -> _Answer:
    form = DecideStationForm()
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                row = admission.get_station(work, station_id, lock=True)
                admission.decide(work, row, step=standing_step, why=form.why.data, by=actor(), now=now())
            return redirect(url_for("stations.one", station_id=station_id))
    return _one(station_id, OperatorForm(formdata=None), form)


@blueprint.post("/<uuid:station_id>/kiosks")
@audience(Audience.BUREAU, may="supervise")
def offer_kiosk(station_id: uuid.UUID) -> _Answer:
    """A venue code, for a device where no helper is."""
    form, code = KioskForm(at="kiosk"), ""
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                station = admission.get_station(work, station_id)
                code = kiosks.offer_kiosk(
                    work, station=station, name=form.name.data, pepper=installation().pepper, by=actor(), now=now()
                )
            form = KioskForm(formdata=None, at="kiosk")
    return _one(station_id, OperatorForm(formdata=None), DecideStationForm(formdata=None), form, code)


@blueprint.post("/<uuid:station_id>/kiosks/<uuid:kiosk_id>/end")
@audience(Audience.BUREAU, may="supervise")
def end_kiosk(station_id: uuid.UUID, kiosk_id: uuid.UUID) -> Response:
    with staff_work() as work:
        row = admission.get_station(work, station_id)
        kiosks.end_kiosk(work, station_id=row.id, kiosk_id=kiosk_id, by=actor(), now=now())
    return redirect(url_for("stations.one", station_id=station_id))
