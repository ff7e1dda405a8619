"""Partners that bring owners in: a bureau admits who applied, and invites whoever works there."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience
from tenants.login import bodies
from tenants.login.models import PRINCIPAL
from tenants.models import Partner
from tenants.parks import admission
from tenants.parks.states import LIFE
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.installation import installation
from webapp.edge.record_links import invite_officer
from webapp.forms.outreach.partners import DecidePartnerForm, InviteAgentForm

blueprint = Blueprint("parks", __name__, url_prefix="/bureau/partners")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def index() -> str:
    with staff_work() as work:
        return render_template("bureau/partners.html", rows=admission.list_known(work))


@blueprint.get("/<uuid:partner_id>")
@audience(Audience.BUREAU, may="supervise")
def one(partner_id: uuid.UUID) -> _Answer:
    return _one(partner_id)


def _one(
    partner_id: uuid.UUID, deciding: DecidePartnerForm | None = None, inviting: InviteAgentForm | None = None
) -> tuple[str, int]:
    deciding = deciding or DecidePartnerForm(formdata=None)
    inviting = inviting or InviteAgentForm(formdata=None, data={"role": PRINCIPAL})
    with staff_work() as work:
        row = admission.get_partner(work, partner_id)
        page = render_template(
            "bureau/partner.html",
            row=row,
            deciding=deciding,
            inviting=inviting,
            officers=bodies.list_officers(work, row),
            invitations=bodies.list_open(work, row, now()),
            steps=LIFE.moves_from(row.state),
            events=admission.list_events(work, row.id),
        )
    return page, max(deciding.status, inviting.status)


@blueprint.post("/<uuid:partner_id>/<any(admit, refuse, suspend, resume, leave):partner_step>")
@audience(Audience.BUREAU, may="supervise")
def decide(partner_id: uuid.UUID, partner_step: str) -> _Answer:
    """Whoever is admitted gets the link to come in by mail."""
    form = DecidePartnerForm()
    with staff_work() as work:
        row = admission.get_partner(work, partner_id, lock=True)
        with form.faults_of_domain():
            if form.validate():
                admission.decide(work, row, step=partner_step, why=form.why.data, by=actor(), now=now())
                if partner_step == "admit":
                    _invite(work, row, row.contact_email, PRINCIPAL)
                return redirect(url_for("parks.one", partner_id=partner_id))
    return _one(partner_id, deciding=form)


def _invite(work: Session, row: Partner, email: str, role: str) -> None:
    invite_officer(work, installation(), row, email=email, role=role)


@blueprint.post("/<uuid:partner_id>/invite")
@audience(Audience.BUREAU, may="supervise")
def invite(partner_id: uuid.UUID) -> _Answer:
    form = InviteAgentForm()
    with staff_work() as work:
        row = admission.get_partner(work, partner_id)
        with form.faults_of_domain():
            if form.validate():
                _invite(work, row, form.email.data, form.role.data)
                return redirect(url_for("parks.one", partner_id=partner_id))
    return _one(partner_id, inviting=form)
