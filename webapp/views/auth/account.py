"""One's own account: sessions, password, second factor, passkeys, places of work."""

import secrets
import uuid
from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.login import passkeys, second_factor
from tenants.login.credentials import WrongLogin, set_password
from tenants.login.memberships import list_places
from tenants.login.models import Attempt
from tenants.login.sessions import end_sessions, list_sessions
from tenants.login.throttle import Locked, WrongCode
from tenants.models import Person
from webapp.edge.audiences import audience, own_scope, own_work, staff
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard
from webapp.edge.people_here import current_staff, fresh
from webapp.forms.auth import PasskeyForm, PasskeyToRemoveForm, PasswordForm, PlaceForm, WeeklyMailForm
from webapp.views.auth.factor_changes import may_change, note_change, shows_factor_first
from webapp.views.auth.login import start_session
from webapp.views.auth.second_factor import site_and_origin

blueprint = Blueprint("account", __name__, url_prefix="/auth/account")


def _logged_in() -> None:
    if current_staff() is None:
        abort(404)


@blueprint.get("")
@audience(Audience.PUBLIC)
def show() -> Response | tuple[str, int]:
    if current_staff() is None:
        return redirect(url_for("auth.login", next=request.path))
    return _page(None, 200)


def _page(notice: str | None, status: int, form: PasswordForm | None = None) -> tuple[str, int]:
    me, (site, _origin) = staff(), site_and_origin()
    challenge = secrets.token_bytes(32)
    session["challenge"] = challenge.hex()
    with own_work() as work:
        person = work.get_one(Person, me.person_id)
        page = render_template(
            "auth/account.html",
            me=me,
            person=person,
            has_totp=second_factor.has_totp(work, person.id),
            may_change=may_change(work),
            passkeys=passkeys.list_passkeys(work, person.id),
            options=passkeys.registration_options(work, person, site=site, challenge=challenge),
            sessions=list_sessions(work, person_id=person.id, now=now()),
            places=list_places(work, person.id),
            notice=notice,
            form=form or PasswordForm(formdata=None),
            passkey_form=PasskeyForm(formdata=None),
        )
    return page, status


@blueprint.post("/weekly")
@audience(Audience.PUBLIC)
def weekly() -> Response:
    """The Monday's mail about open work: on or off."""
    _logged_in()
    form = WeeklyMailForm()
    with own_work() as work:
        work.get_one(Person, staff().person_id).weekly_mail = form.weekly.data == "on"
    return redirect(url_for("account.show"))


@blueprint.post("/password")
@audience(Audience.PUBLIC)
def password() -> tuple[str, int]:
    """A new password ends every other session; wrong old ones are counted."""
    _logged_in()
    form = PasswordForm()
    if not form.validate():
        return _page(None, form.status, form)
    try:
        guard(installation(), "own-password", str(staff().person_id), _changed_by(form), scope=own_scope())
    except WrongCode:
        return _page(_("原来的密码不对。"), 422)
    except Locked:
        return _page(_("错得太多，请15分钟后再试。"), 429)
    return _page(_("密码已改，别的设备都已退出。"), 200)


def _changed_by(form: PasswordForm) -> Callable[[Session, Attempt], bool]:
    def change(work: Session, _tried: Attempt) -> bool:
        try:
            set_password(work, person_id=staff().person_id, old=form.old.data, new=form.new.data)
        except WrongLogin:
            return False
        note_change(work, staff().person_id, "password")
        return True

    return change


@blueprint.post("/sessions/<uuid:session_id>/end")
@audience(Audience.PUBLIC)
@fresh
def end(session_id: uuid.UUID) -> Response:
    _logged_in()
    with own_work() as work:
        end_sessions(work, person_id=staff().person_id, only=session_id, now=now())
    return redirect(url_for("account.show"))


@blueprint.post("/passkeys")
@audience(Audience.PUBLIC)
@shows_factor_first
def add_passkey() -> Response | tuple[str, int]:
    _logged_in()
    form, (site, origin) = PasskeyForm(), site_and_origin()
    if not form.validate():
        return _page(_("没有加成，请再试一次。"), form.status)
    try:
        with own_work() as work:
            person = work.get_one(Person, staff().person_id)
            passkeys.add_passkey(
                work,
                person,
                credential=passkeys.read_credential(form.passkey.data),
                challenge=bytes.fromhex(session.pop("challenge", "")),
                site=site,
                origin=origin,
                label=form.label.data or _("通行密钥"),
                now=now(),
            )
            note_change(work, person.id, "passkey_added")
    except Conflict:
        return _page(_("没有加成，请再试一次。"), 409)
    return redirect(url_for("account.show"))


@blueprint.post("/passkeys/remove")
@audience(Audience.PUBLIC)
@shows_factor_first
def remove_passkey() -> Response:
    _logged_in()
    form = PasskeyToRemoveForm()
    with own_work() as work:
        passkeys.remove_passkey(work, staff().person_id, form.id.data)
        note_change(work, staff().person_id, "passkey_removed")
    return redirect(url_for("account.show"))


@blueprint.post("/place")
@audience(Audience.PUBLIC)
def change_place() -> Response:
    """Go to work at another firm or bureau; the second factor that was shown still counts."""
    _logged_in()
    me, wanted = staff(), PlaceForm().place.data
    with own_work() as work:
        person, places = work.get_one(Person, me.person_id), list_places(work, me.person_id)
    place = next((one for one in places if str(one.id) == wanted), None)
    if place is None:
        abort(404)
    start_session(person, place, is_strong=me.is_strong)
    return redirect(url_for("auth.home"))
