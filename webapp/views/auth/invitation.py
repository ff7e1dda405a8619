"""Accept an invitation: name and password, or the password one already has here."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants import audit
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.errors import Conflict
from tenants.login import bodies
from tenants.login.credentials import WrongLogin, add_staff, authenticate, reset_password
from tenants.login.memberships import add_membership, get_invitation, invitation_digest, list_places
from tenants.login.models import Attempt, Invitation
from tenants.login.sessions import end_sessions
from tenants.login.throttle import Locked, WrongCode
from tenants.models import Person
from tenants.people import find_staff
from webapp.edge.audiences import audience
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard
from webapp.edge.people_here import go_out
from webapp.edge.rates import door
from webapp.forms.auth import InvitationForm
from webapp.views.auth.factor_changes import tell_change

blueprint = Blueprint("invitation", __name__, url_prefix="/auth/invitation")


@blueprint.get("/<token>")
@audience(Audience.PUBLIC)
def show(token: str) -> tuple[str, int]:
    try:
        row = _read(token)
    except Conflict:
        return render_template("auth/invitation_gone.html"), 409
    return render_template("auth/invitation.html", invitation=row, fault=None, form=InvitationForm()), 200


def _read(token: str) -> Invitation:
    """Raises: Conflict `invitation_gone`."""
    with unit_of_work(_scope(token)) as work:
        return get_invitation(work, token, now())


def _scope(token: str) -> Scope:
    return Scope(Audience.AUTH, token=invitation_digest(token))


def _person(work: Session, row: Invitation, name: str, password: str) -> Person:
    """A new person; a member who forgot the password gets a new one; anyone else known proves it by the old one.

    Leaves the unit of work in the person's scope, with the invitation in hand. Raises: WrongLogin.
    """
    enter_scope(work, Scope(Audience.AUTH, token=row.email))
    person = find_staff(work, row.email)
    if person is None:
        person = add_staff(work, email=row.email, name=name, password=password, now=now())
    else:
        enter_scope(work, Scope(Audience.AUTH, row.firm_id, person.id, token=row.email))
        if any(place.id == row.place_id for place in list_places(work, person.id)):
            end_sessions(work, person_id=person.id, now=now())
            reset_password(work, person.id, password)
            tell_change(work, person.id, "password")
        else:
            authenticate(work, row.email, password)
    enter_scope(work, Scope(Audience.AUTH, row.firm_id, person.id, token=row.digest))
    return person


def _join(work: Session, row: Invitation, form: InvitationForm) -> None:
    """The invitation is used up and its person is a member. Raises: WrongLogin."""
    row.used_at = now()
    work.flush()
    person = _person(work, row, form.name.data or row.email, form.password.data)
    if row.firm_id is None:
        bodies.join(work, person=person, row=row, now=now())
        return
    add_membership(work, firm_id=row.firm_id, person_id=person.id, role=row.role)
    audit.note(work, firm_id=row.firm_id, act="member.joined", by=audit.Actor(person.id, person.name))


def _joined_by(token: str, form: InvitationForm) -> Callable[[Session, Attempt], bool]:
    """Joining, undone where the password of an account that exists is wrong. Raises: Conflict for a link of before."""

    def join(work: Session, _tried: Attempt) -> bool:
        row = get_invitation(work, token, now())
        try:
            with work.begin_nested():
                _join(work, row, form)
        except WrongLogin:
            return False
        return True

    return join


@blueprint.post("/<token>")
@audience(Audience.PUBLIC)
@door
def accept(token: str) -> Response | tuple[str, int]:
    form = InvitationForm()
    try:
        if not form.validate():
            return _again(token, form, None, 422)
        guard(installation(), "invitation", invitation_digest(token), _joined_by(token, form), scope=_scope(token))
    except WrongCode:
        return _again(token, form, _("这个邮箱已有账号，密码不对。"), 422)
    except Locked:
        return _again(token, form, _("错得太多，请15分钟后再试。"), 429)
    except Conflict:
        return render_template("auth/invitation_gone.html"), 409
    go_out()
    return redirect(url_for("auth.login"))


def _again(token: str, form: InvitationForm, fault: str | None, status: int) -> tuple[str, int]:
    return render_template("auth/invitation.html", invitation=_read(token), fault=fault, form=form), status
