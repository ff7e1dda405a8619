"""Bodies that take referrals: a bureau admits them, says what it knows of them, invites their first officer."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.referrals.numbers import read_years
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.login import bodies
from tenants.login.posts import check_bureau
from tenants.models import Provider
from tenants.providers import admission
from tenants.providers.kinds import KINDS
from tenants.providers.states import LIFE
from webapp.edge.audiences import actor, audience, bureau_id, staff_work
from webapp.edge.installation import installation
from webapp.edge.record_links import invite_officer
from webapp.forms.providers import DecideProviderForm, InviteOfficerForm, ProviderForm

blueprint = Blueprint("bodies", __name__, url_prefix="/bureau/providers")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def index() -> str:
    with staff_work() as work:
        return render_template("bureau/providers.html", rows=admission.list_known(work), kinds=KINDS)


@blueprint.get("/new/<kind>")
@audience(Audience.BUREAU, may="supervise")
def new(kind: str) -> _Answer:
    return _new(kind, ProviderForm(formdata=None))


@blueprint.post("/new/<kind>")
@audience(Audience.BUREAU, may="supervise")
def add(kind: str) -> _Answer:
    form = ProviderForm()
    with form.faults_of_domain():
        if kind in KINDS and form.offer(kind).validate():
            with staff_work() as work:
                row = admission.add_provider(
                    work,
                    bureau_id=bureau_id(),
                    kind=kind,
                    standing=form.standing(),
                    words=form.words(),
                    by=actor(),
                    now=now(),
                )
            return redirect(url_for("bodies.one", provider_id=row.id))
    return _new(kind, form)


def _new(kind: str, form: ProviderForm) -> _Answer:
    if kind not in KINDS:
        abort(404)
    return render_template("bureau/provider_new.html", kind=kind, form=form.offer(kind)), form.status


@blueprint.get("/<uuid:provider_id>")
@audience(Audience.BUREAU, may="supervise")
def one(provider_id: uuid.UUID) -> _Answer:
    return _one(provider_id)


def _get(work: Session, provider_id: uuid.UUID, *, lock: bool = False) -> Provider:
    """A body of one's own part, or one that is nobody's yet. Raises: NotFound."""
    row = admission.get_provider(work, provider_id, lock=lock)
    if row.bureau_id is not None:
        check_bureau(work, row.bureau_id)
    return row


def _one(
    provider_id: uuid.UUID,
    form: ProviderForm | None = None,
    deciding: DecideProviderForm | None = None,
    inviting: InviteOfficerForm | None = None,
) -> tuple[str, int]:
    deciding = deciding or DecideProviderForm(formdata=None)
    inviting = inviting or InviteOfficerForm(formdata=None, data={"role": "chief"})
    with staff_work() as work:
        row = _get(work, provider_id)
        form = form or ProviderForm(formdata=None, data=ProviderForm.of(row))
        page = render_template(
            "bureau/provider.html",
            row=row,
            form=form.offer(row.kind),
            deciding=deciding,
            inviting=inviting,
            officers=bodies.list_officers(work, row),
            invitations=bodies.list_open(work, row, now()),
            steps=LIFE.moves_from(row.state),
            events=admission.list_events(work, row.id),
            years=read_years(work, row.id, city_day(now())),
        )
    return page, max(form.status, deciding.status, inviting.status)


@blueprint.post("/<uuid:provider_id>")
@audience(Audience.BUREAU, may="supervise")
def change(provider_id: uuid.UUID) -> _Answer:
    form = ProviderForm()
    with staff_work() as work:
        row = _get(work, provider_id, lock=True)
        with form.faults_of_domain():
            if form.offer(row.kind).validate():
                admission.change_provider(
                    work, row, standing=form.standing(), words=form.words(), bureau_id=bureau_id()
                )
                return redirect(url_for("bodies.one", provider_id=provider_id))
    return _one(provider_id, form)


@blueprint.post("/<uuid:provider_id>/<any(admit, suspend, resume, leave):standing_step>")
@audience(Audience.BUREAU, may="supervise")
def decide(provider_id: uuid.UUID, standing_step: str) -> _Answer:
    form = DecideProviderForm()
    with staff_work() as work:
        row = _get(work, provider_id, lock=True)
        with form.faults_of_domain():
            if form.validate():
                said = {"step": standing_step, "why": form.why.data, "bureau_id": bureau_id()}
                admission.decide(work, row, **said, by=actor(), now=now())
                return redirect(url_for("bodies.one", provider_id=provider_id))
    return _one(provider_id, deciding=form)


@blueprint.post("/<uuid:provider_id>/invite")
@audience(Audience.BUREAU, may="supervise")
def invite(provider_id: uuid.UUID) -> _Answer:
    """Whoever works there; she comes in by the link in her mail."""
    form = InviteOfficerForm()
    with staff_work() as work:
        row = _get(work, provider_id)
        with form.faults_of_domain():
            if form.validate():
                invite_officer(work, installation(), row, email=form.email.data, role=form.role.data)
                return redirect(url_for("bodies.one", provider_id=provider_id))
    return _one(provider_id, inviting=form)
