"""The second step of the log-in: a code from an app, a passkey or a recovery code; and setting one up."""

import datetime as dt
import secrets
import uuid
from urllib.parse import urlsplit

import segno
from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience, Scope
from tenants.login import passkeys, second_factor
from tenants.login.memberships import list_places
from tenants.login.models import Attempt
from tenants.login.throttle import Locked, WrongCode
from tenants.models import Person
from webapp.edge.audiences import audience, auth_work, own_work
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard
from webapp.edge.people_here import current_staff
from webapp.edge.rates import door
from webapp.forms.auth import SecondFactorForm, SetUpForm
from webapp.views.auth.factor_changes import note_change, note_shown, shows_factor_first
from webapp.views.auth.login import HALF_LIFE, start_session

blueprint = Blueprint("second", __name__, url_prefix="/auth/second")


def site_and_origin() -> tuple[str, str]:
    """The host that passkeys are bound to, and the origin they must come from."""
    url = request.host_url if installation().is_development else installation().public_url
    return urlsplit(url).hostname or "", url.rstrip("/")


def _half_way() -> uuid.UUID:
    """Who has given the right password within the last minutes; else 404."""
    held = session.get("half")
    if held is None or now() - dt.datetime.fromisoformat(held["at"]) > HALF_LIFE:
        session.pop("half", None)
        abort(404)
    return uuid.UUID(held["person"])


@blueprint.route("", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
@door
def ask() -> Response | str | tuple[str, int]:
    person_id = _half_way()
    if session["half"]["new"]:
        return redirect(url_for("second.set_up"))
    form = SecondFactorForm()
    if not form.validate_on_submit():
        return _ask_page(person_id, form, None, form.status)
    try:
        person = _check(person_id, form)
    except WrongCode:
        return _ask_page(person_id, form, "wrong", 422)
    except Locked:
        return _ask_page(person_id, form, "locked", 429)
    return _enter(person)


@blueprint.route("/present", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
def show_present() -> Response | tuple[str, int]:
    """Who is logged in shows the present factor once more, before another one takes its place."""
    held, form = current_staff() or abort(404), SecondFactorForm()
    if not form.validate_on_submit():
        return _ask_page(held.person_id, form, None, form.status, is_inside=True)
    try:
        _check(held.person_id, form)
    except WrongCode:
        return _ask_page(held.person_id, form, "wrong", 422, is_inside=True)
    except Locked:
        return _ask_page(held.person_id, form, "locked", 429, is_inside=True)
    note_shown()
    return redirect(url_for("account.show", _anchor="factor"))


def _ask_page(
    person_id: uuid.UUID, form: SecondFactorForm, fault: str | None, status: int, *, is_inside: bool = False
) -> tuple[str, int]:
    site, _ = site_and_origin()
    challenge = secrets.token_bytes(32)
    session["challenge"] = challenge.hex()
    with auth_work(person_id) as work:
        known = passkeys.has_passkeys(work, person_id)
        options = passkeys.authentication_options(work, person_id, site=site, challenge=challenge) if known else None
    page = render_template("auth/second.html", form=form, fault=fault, options=options, is_inside=is_inside)
    return page, status


def _check(person_id: uuid.UUID, form: SecondFactorForm) -> Person:
    """The person, once a code or passkey is right. Raises: WrongCode, Locked."""

    def known(work: Session, _: Attempt) -> Person | None:
        person = work.get_one(Person, person_id)
        is_right = _is_right_passkey(work, person_id, form.passkey.data) or second_factor.check_code(
            work, person_id, form.code.data, master=installation().master_key, now=now()
        )
        return person if is_right else None

    return guard(installation(), "second", str(person_id), known, scope=Scope(Audience.AUTH, person_id=person_id))


def _is_right_passkey(work: Session, person_id: uuid.UUID, response: str) -> bool:
    challenge = session.pop("challenge", "")
    credential = passkeys.read_credential(response)
    if credential is None:
        return False
    site, origin = site_and_origin()
    return passkeys.check_passkey(
        work,
        person_id,
        credential=credential,
        challenge=bytes.fromhex(challenge),
        site=site,
        origin=origin,
    )


def _enter(person: Person) -> Response:
    with auth_work(person.id) as work:
        places, target = list_places(work, person.id), session["half"]["next"]
    if not places:
        abort(404)
    start_session(person, places[0], is_strong=True)
    return redirect(target)


def _person_setting_up() -> uuid.UUID:
    """Who is logged in, or who must set up a first factor to come in; never who has one and has not shown it."""
    held = current_staff()
    if held is not None:
        return held.person_id
    person_id = _half_way()
    return person_id if session["half"]["new"] else abort(404)


@blueprint.route("/set-up", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
@shows_factor_first
def set_up() -> Response | str | tuple[str, int]:
    """Show a secret as QR code and text; keep it once its first code is right, and show the recovery codes."""
    person_id, form = _person_setting_up(), SetUpForm()
    if request.method == "GET":
        session["totp"] = second_factor.new_secret()
    secret = session.get("totp") or abort(404)
    with auth_work(person_id) if current_staff() is None else own_work() as work:
        person = work.get_one(Person, person_id)
        uri = second_factor.enrolment_uri(secret, person.email or "")
        codes = None
        if form.validate_on_submit():
            master = installation().master_key
            codes = second_factor.enrol(work, person_id, secret, form.code.data, master=master, now=now())
            if codes is not None:
                note_change(work, person_id, "authenticator")
    wrong = request.method == "POST" and codes is None
    if codes is not None:
        session.pop("totp")
        if current_staff() is None:
            _enter(person)
    picture = segno.make(uri).svg_data_uri(scale=5, border=3)
    page = render_template("auth/set_up.html", form=form, picture=picture, secret=secret, codes=codes, wrong=wrong)
    return page, 422 if wrong else 200
