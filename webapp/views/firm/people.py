"""The firm's own house: its people, its face, its log."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from billing.stripe.subscriptions import require_seat
from bureau.recognition.record_export import tell_leaver
from checkup.desk.stuck import list_stuck
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.login.memberships import end_membership, invite, list_invitations, list_members, mark_junior
from tenants.models import Firm, Person
from webapp.edge.audiences import actor, audience, firm_id, staff, staff_work
from webapp.edge.downloads import csv_response
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.record_links import DAYS, make_link
from webapp.forms.firm import InviteForm, JuniorForm

blueprint = Blueprint("firm", __name__, url_prefix="/firm")


@blueprint.get("/people")
@audience(Audience.FIRM, may="run_firm")
def people() -> tuple[str, int]:
    return _people_page(InviteForm())


def _people_page(form: InviteForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        page = render_template(
            "firm/people.html",
            members=list_members(work, firm_id()),
            stuck=list_stuck(work, firm_id=firm_id()),
            invitations=list_invitations(work, firm_id(), now()),
            me=staff(),
            form=form,
            notice=notice,
        )
    return page, 409 if notice else form.status


@blueprint.post("/people/invite")
@audience(Audience.FIRM, may="run_firm")
def invite_member() -> Response | tuple[str, int]:
    form, link = InviteForm(), f"{installation().public_url}/auth/invitation/{{token}}"
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                require_seat(work, firm_id())
                firm = work.get_one(Firm, firm_id())
                email, role = form.email.data, form.role.data
                row = invite(work, firm=firm, email=email, role=role, link=link, locale=locale(), now=now())
                audit.note(work, firm_id=firm_id(), act="member.invited", by=actor(), about_id=row.id)
            return redirect(url_for("firm.people"))
    return _people_page(form)


@blueprint.post("/people/<uuid:person_id>/end")
@audience(Audience.FIRM, may="run_firm")
def end_member(person_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            people = {member.person.id: member.person for member in list_members(work, firm_id())}
            leaver = people.get(person_id) or abort(404)
            _send_record(work, leaver)
            end_membership(work, firm_id=firm_id(), person_id=person_id, now=now())
            audit.note(work, firm_id=firm_id(), act="member.ended", by=actor(), about_id=person_id)
    except Conflict:
        return _people_page(InviteForm(formdata=None), _("最后一位管理员不能离开：请先请另一位来管。"))
    return redirect(url_for("firm.people"))


def _send_record(work: Session, leaver: Person) -> None:
    """Her hours stay hers: the way to them goes out before the door closes."""
    link = make_link(installation(), leaver.id)
    tell_leaver(work, firm_id=firm_id(), leaver=leaver, link=link, days=DAYS, now=now())


@blueprint.post("/people/<uuid:person_id>/junior")
@audience(Audience.FIRM, may="run_firm")
def junior(person_id: uuid.UUID) -> Response:
    """Mark a lawyer as junior, or no longer: a partner signs after a junior."""
    is_junior = JuniorForm().junior.data == "yes"
    with staff_work() as work:
        mark_junior(work, firm_id=firm_id(), person_id=person_id, is_junior=is_junior)
        audit.note(work, firm_id=firm_id(), act="member.junior", by=actor(), about_id=person_id)
    return redirect(url_for("firm.people"))


@blueprint.get("/log")
@audience(Audience.FIRM, may="run_firm")
def log() -> str:
    with staff_work() as work:
        entries = audit.list_entries(work, firm_id=firm_id())
        faults = audit.verify_chain(work, firm_id())
    return render_template("firm/log.html", entries=entries, faults=faults)


@blueprint.get("/log.csv")
@audience(Audience.FIRM, may="run_firm")
def log_csv() -> Response:
    """The firm's part of the log with its hashes, for whoever wants to check the chain."""
    with staff_work() as work:
        audit.note(work, firm_id=firm_id(), act="log.exported", by=actor())
        entries = audit.list_entries(work, firm_id=firm_id())
    return csv_response(audit.rows(entries), "famai-log.csv")
