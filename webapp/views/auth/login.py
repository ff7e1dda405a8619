"""Staff log in and out: e-mail and password, then the second factor (`second.py`)."""

import datetime as dt

from flask import Blueprint, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants import audit
from tenants.clock import now
from tenants.database import Audience, Scope
from tenants.login.credentials import WrongLogin, authenticate
from tenants.login.memberships import list_places
from tenants.login.models import Attempt
from tenants.login.passkeys import has_passkeys
from tenants.login.second_factor import has_totp
from tenants.login.sessions import Place, begin_session, end_sessions
from tenants.login.throttle import Locked, WrongCode
from tenants.models import Person
from tenants.people import set_locale
from webapp.edge.audiences import audience, auth_work, own_work
from webapp.edge.devices import counted_as, device_name, network_name, remember_device
from webapp.edge.i18n import locale
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard
from webapp.edge.people_here import come_in_as_staff, current_staff, go_out
from webapp.edge.rates import door
from webapp.edge.targets import is_own_path
from webapp.forms.auth import LoginForm

blueprint = Blueprint("auth", __name__, url_prefix="/auth")
HALF_LIFE = dt.timedelta(minutes=10)


def safe_target(target: str) -> str:
    """A path of this site, else where staff begin."""
    return target if is_own_path(target) else url_for("auth.home")


@blueprint.route("/login", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
@door
def login() -> Response | str | tuple[str, int]:
    form = LoginForm()
    if not form.validate_on_submit():
        return login_page(form, None, form.status)
    try:
        person = _check_password(form.email.data, form.password.data)
        with auth_work(person.id) as work:
            places = list_places(work, person.id)
            is_enrolled = has_totp(work, person.id) or has_passkeys(work, person.id)
        if not places:
            raise WrongCode
    except WrongCode:
        return login_page(form, "wrong", 422)
    except Locked:
        return login_page(form, "locked", 429)
    target = safe_target(request.args.get("next", ""))
    _leave()
    if is_enrolled or installation().needs_second_factor:
        session["half"] = {"person": str(person.id), "at": now().isoformat(), "next": target, "new": not is_enrolled}
        return redirect(url_for("second.set_up" if not is_enrolled else "second.ask"))
    start_session(person, places[0], is_strong=False)
    return redirect(target)


def login_page(form: LoginForm, fault: str | None, status: int) -> tuple[str, int]:
    sso = installation().oidc is not None
    return render_template("auth/login.html", form=form, fault=fault, sso=sso, again="again" in request.args), status


def _check_password(email: str, password: str) -> Person:
    """Raises: WrongCode, Locked."""

    def known(work: Session, _: Attempt) -> Person | None:
        try:
            return authenticate(work, email, password)
        except WrongLogin:
            return None

    return guard(installation(), "password", counted_as(email), known, scope=Scope(Audience.AUTH, token=email))


def start_session(person: Person, place: Place, *, is_strong: bool) -> None:
    """Write the session's row and put its token in the cookie; a log-in at a firm is noted in its log.

    The person's session of before, in this browser, ends.
    """
    before = current_staff()
    with auth_work(person.id, place.firm_id) as work:
        token = begin_session(
            work,
            person=person,
            place=place,
            is_strong=is_strong,
            device=device_name(request.user_agent.string),
            network=network_name(request.remote_addr),
            now=now(),
        )
        set_locale(work, person_id=person.id, locale=locale())
        if before is not None and before.person_id == person.id:
            end_sessions(work, person_id=person.id, only=before.session_id, now=now())
        if place.firm_id is not None:
            audit.note(work, firm_id=place.firm_id, act="staff.login", by=audit.Actor(person.id, person.name))
    come_in_as_staff(person.id, token)
    remember_device(person.email or "")


@blueprint.get("/home")
@audience(Audience.PUBLIC)
def home() -> Response:
    """Where this person begins: the bureau, the provider, the partner, the station, the queue, or the firm's people."""
    held = current_staff()
    if held is None:
        return redirect(url_for("auth.login"))
    if "operate" in held.permissions:
        return redirect(url_for("operator.releases"))
    if held.provider_id is not None:
        return redirect(url_for("referrals.index"))
    if held.station_id is not None:
        return redirect(url_for("helper.home"))
    if held.partner_id is not None:
        return redirect(url_for("partner_campaigns.index"))
    if held.bureau_id is not None:
        return redirect(url_for("bureau_home.show"))
    return redirect(url_for("lawyer.queue" if "queue" in held.permissions else "firm.people"))


@blueprint.post("/logout")
@audience(Audience.PUBLIC)
def logout() -> Response:
    _leave()
    return redirect(url_for("auth.login"))


def _leave() -> None:
    """Whoever is here goes; a session of staff ends."""
    held = current_staff()
    if held is not None:
        with own_work() as work:
            end_sessions(work, person_id=held.person_id, only=held.session_id, now=now())
    go_out()
