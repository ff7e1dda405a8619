"""The firm's own house: its people, its face, its log."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from billing.stripe.subscriptions import require_seat
from bureau.recognition.record_export import tell_leaver
from checkup.desk.handover import read_duties
from checkup.desk.roster import leave_roster
from checkup.desk.stuck import list_stuck
from checkup.review.colleagues import list_colleagues
from tenants import audit, jobs
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.login.memberships import (
    Member,
    cancel_invitation,
    end_membership,
    invite,
    list_invitations,
    list_members,
    mark_junior,
)
from tenants.models import Firm, Person
from webapp.edge.audiences import actor, audience, firm_id, staff, staff_work
from webapp.edge.downloads import csv_response
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.record_links import DAYS, make_link
from webapp.forms.firm import InviteForm, JuniorForm, LeaveForm

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


@blueprint.post("/people/invitations/<uuid:invitation_id>/cancel")
@audience(Audience.FIRM, may="run_firm")
def cancel(invitation_id: uuid.UUID) -> Response:
    with staff_work() as work:
        row = cancel_invitation(work, firm_id=firm_id(), invitation_id=invitation_id, now=now())
        audit.note(work, firm_id=firm_id(), act="member.uninvited", by=actor(), about_id=row.id)
    return redirect(url_for("firm.people"))


@blueprint.get("/people/<uuid:person_id>/end")
@audience(Audience.FIRM, may="run_firm")
def leaving(person_id: uuid.UUID) -> tuple[str, int]:
    """What she has in hand and who gets it, before anything happens."""
    return _leaving_page(person_id)


def _leaving_page(person_id: uuid.UUID, form: LeaveForm | None = None, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        leaver = _member(work, person_id)
        duties = read_duties(work, firm_id=firm_id(), person_id=person_id, today=city_day(now()))
        people = list_colleagues(work, firm_id=firm_id())
        others = [one for one in people if one.role == "partner" and one.id != person_id]
    form = form or LeaveForm(data={"cases": len(duties.cases)})
    page = render_template(
        "firm/leaving.html",
        leaver=leaver,
        duties=duties,
        form=form.offer(people, person_id),
        notice=notice,
        is_last_partner="partner" in leaver.roles and not others,
        days=DAYS,
    )
    return page, 409 if notice else form.status


@blueprint.post("/people/<uuid:person_id>/end")
@audience(Audience.FIRM, may="run_firm")
def end_member(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """She is no member any more from this moment; the worker hands over what she had."""
    form = LeaveForm()
    try:
        with staff_work() as work:
            leaver = _member(work, person_id).person
            form.offer(list_colleagues(work, firm_id=firm_id()), person_id)
            duties = read_duties(work, firm_id=firm_id(), person_id=person_id, today=city_day(now()))
            if not form.validate() or form.cases.data not in (None, len(duties.cases)):
                raise Conflict("stale")
            _send_record(work, leaver)
            leave_roster(work, firm_id=firm_id(), person_id=person_id, today=city_day(now()))
            end_membership(work, firm_id=firm_id(), person_id=person_id, now=now())
            heir = form.heir.data or ""
            jobs.defer(work, "hand_over", firm_id=firm_id(), leaver_id=person_id, heir_id=heir)
            jobs.defer(work, "replace_assessor", firm_id=firm_id(), leaver_id=person_id)
            audit.note(work, firm_id=firm_id(), act="member.ended", by=actor(), about_id=person_id)
    except Conflict as conflict:
        if conflict.code == "last_admin":
            return _people_page(InviteForm(formdata=None), _("最后一位管理员不能离开：请先请另一位来管。"))
        again = LeaveForm(formdata=None, data={"heir": form.heir.data, "cases": len(duties.cases)})
        return _leaving_page(person_id, again, _("她手上的体检刚变了，请再看一遍。"))
    return redirect(url_for("firm.people"))


def _member(work: Session, person_id: uuid.UUID) -> Member:
    return next((one for one in list_members(work, firm_id()) if one.person.id == person_id), None) or abort(404)


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
