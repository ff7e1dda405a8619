"""A password that was forgotten: a link by mail, once, and a new password. The second factor is asked as before.

Whoever asks gets the same answer, known or not; the mail is the worker's, so that both take as long.
"""

import secrets

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tenants import audit
from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.login import throttle
from tenants.login.credentials import reset_password
from tenants.login.memberships import list_places
from tenants.login.models import Credential
from tenants.login.sessions import end_sessions
from tenants.models import Person
from tenants.people import find_staff
from webapp.edge.audiences import audience, auth_work, public_work
from webapp.edge.devices import counted_as
from webapp.edge.installation import installation
from webapp.edge.people_here import go_out
from webapp.edge.rates import door
from webapp.edge.record_links import MINUTES, ask_for_reset, make_link, read_reset, stamp_of
from webapp.forms.auth import ForgottenForm, ResetForm

blueprint = Blueprint("forgotten", __name__, url_prefix="/auth/forgotten")


@blueprint.route("", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
@door
def ask() -> tuple[str, int]:
    """Ask for the link."""
    form = ForgottenForm()
    is_sent = form.validate_on_submit()
    if is_sent:
        _ask_for(form.email.data)
    return render_template("auth/forgotten.html", form=form, is_sent=is_sent, minutes=MINUTES), form.status


def _ask_for(email: str) -> None:
    """Five links an hour at most for an address, and five for a browser that has come in as hers: a stranger who asks
    uses up none of those. The worker learns ids and a stamp, and finds nobody for a stranger."""
    settings = installation()
    key = throttle.attempt_key(settings.pepper, "forgotten", counted_as(email))
    with public_work(token=key) as work:
        may = throttle.may_send(throttle.get_attempt(work, key, now()))
    with unit_of_work(Scope(Audience.AUTH, token=email)) as work:
        person = find_staff(work, email)
    asked = person.id if person else new_id()
    if may:
        with auth_work(asked) as work:
            ask_for_reset(work, settings, asked, "password_reset")


@blueprint.get("/<token>")
@audience(Audience.PUBLIC)
def show(token: str) -> tuple[str, int]:
    try:
        person = _holder(token)
    except Conflict:
        return render_template("auth/forgotten_gone.html"), 409
    with auth_work(person.id) as work:
        record = None if list_places(work, person.id) else make_link(installation(), person.id)
    return render_template("auth/new_password.html", form=ResetForm(), person=person, record=record), 200


@blueprint.post("/<token>")
@audience(Audience.PUBLIC)
@door
def reset(token: str) -> Response | tuple[str, int]:
    """The new password holds from now on; every session of before ends, and the door that wrong tries locked opens."""
    form = ResetForm()
    try:
        person = _holder(token)
        if not form.validate():
            return render_template("auth/new_password.html", form=form, person=person, record=None), form.status
        with auth_work(person.id) as work:
            _check_stamp(work.get(Credential, person.id, with_for_update=True), token)
            reset_password(work, person.id, form.password.data)
            end_sessions(work, person_id=person.id, now=now())
    except Conflict:
        return render_template("auth/forgotten_gone.html"), 409
    _note(person)
    go_out()
    return redirect(url_for("auth.login", reset=1))


def _holder(token: str) -> Person:
    """Raises: Conflict `link_gone` for a link that is forged, old, or was used."""
    person_id, _ = read_reset(installation(), token)
    with auth_work(person_id) as work:
        _check_stamp(work.get(Credential, person_id), token)
        return work.get_one(Person, person_id)


def _check_stamp(credential: Credential | None, token: str) -> None:
    _, stamp = read_reset(installation(), token)
    if not secrets.compare_digest(stamp, stamp_of(installation(), credential)):
        raise Conflict("link_gone")


def _note(person: Person) -> None:
    for name in {person.email or "", counted_as(person.email or "")}:
        key = throttle.attempt_key(installation().pepper, "password", name)
        with public_work(token=key) as work:
            throttle.clear(throttle.get_attempt(work, key, now()))
    with auth_work(person.id) as work:
        firms = [place.firm_id for place in list_places(work, person.id) if place.firm_id is not None]
    for firm_id in firms:
        with auth_work(person.id, firm_id) as work:
            by = audit.Actor(person.id, person.name)
            audit.note(work, firm_id=firm_id, act="staff.reset", by=by)
