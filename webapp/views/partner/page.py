"""A partner's own page: how it is reached, and who works there."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.login import bodies
from tenants.models import Partner
from tenants.parks.admission import get_partner, set_words
from webapp.edge.audiences import actor, audience, partner_id, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.record_links import invite_officer
from webapp.forms.outreach.partners import InviteAgentForm, PartnerWordsForm

blueprint = Blueprint("partner_page", __name__, url_prefix="/partner")
_Answer = Response | tuple[str, int]


@blueprint.get("/page")
@audience(Audience.PARTNER, may="promote")
def show() -> _Answer:
    with staff_work() as work:
        row = get_partner(work, partner_id())
    return _page(row, PartnerWordsForm(formdata=None, data=PartnerWordsForm.of(row)))


def _page(row: Partner, form: PartnerWordsForm) -> tuple[str, int]:
    may_change = "run_partner" in staff().permissions
    return render_template("partner/page.html", row=row, form=form, may_change=may_change), form.status


@blueprint.post("/page")
@audience(Audience.PARTNER, may="run_partner")
def save() -> _Answer:
    form = PartnerWordsForm()
    with staff_work() as work:
        row = get_partner(work, partner_id(), lock=True)
        if form.validate():
            said = {name: form.data[name] for name in ("address", "phone", "contact", "email")}
            set_words(work, row, **said)
            return redirect(url_for("partner_page.show"))
    return _page(row, form)


@blueprint.get("/people")
@audience(Audience.PARTNER, may="promote")
def people() -> _Answer:
    return _people(InviteAgentForm(formdata=None))


def _people(inviting: InviteAgentForm, notice: str = "") -> tuple[str, int]:
    may_change = "run_partner" in staff().permissions
    with staff_work() as work:
        row = get_partner(work, partner_id())
        page = render_template(
            "partner/people.html",
            officers=bodies.list_officers(work, row),
            invitations=bodies.list_open(work, row, now()) if may_change else (),
            may_change=may_change,
            inviting=inviting,
            notice=notice,
        )
    return page, 409 if notice else inviting.status


@blueprint.post("/people/invite")
@audience(Audience.PARTNER, may="run_partner")
def invite() -> _Answer:
    form = InviteAgentForm()
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                row = get_partner(work, partner_id())
                invite_officer(work, installation(), row, email=form.email.data, role=form.role.data)
            return redirect(url_for("partner_page.people"))
    return _people(form)


@blueprint.post("/people/invitations/<uuid:invitation_id>/cancel")
@audience(Audience.PARTNER, may="run_partner")
def cancel(invitation_id: uuid.UUID) -> Response:
    with staff_work() as work:
        bodies.cancel(work, get_partner(work, partner_id()), invitation_id=invitation_id, now=now())
    return redirect(url_for("partner_page.people"))


@blueprint.post("/people/<uuid:person_id>/end")
@audience(Audience.PARTNER, may="run_partner")
def end(person_id: uuid.UUID) -> _Answer:
    """An officer is out from the next request on."""
    try:
        with staff_work() as work:
            row = get_partner(work, partner_id())
            bodies.end_post(work, row, person_id=person_id, by=actor(), now=now())
    except Conflict:
        notice = _("最后一位负责人不能离开：请先请另一位来管。")
        return _people(InviteAgentForm(formdata=None), notice=notice)
    return redirect(url_for("partner_page.people"))
