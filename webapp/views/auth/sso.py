"""Single sign-on of staff by OpenID Connect: the organisation vouches for the e-mail, memberships stay ours."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, request, session, url_for
from werkzeug.wrappers import Response

from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Unreadable
from tenants.login.memberships import list_places
from tenants.people import find_staff
from tenants.typed.emails import email as read_email
from webapp.edge.audiences import audience, auth_work
from webapp.edge.installation import installation
from webapp.edge.observed import note_knock
from webapp.forms.auth import LoginForm
from webapp.outside import openid
from webapp.outside.vouching import NotVouched
from webapp.views.auth.login import login_page, safe_target, start_session

blueprint = Blueprint("sso", __name__, url_prefix="/auth/sso")
NAME, SCOPE, _DOOR = "staff", "openid email profile", "sso"


@blueprint.get("")
@audience(Audience.PUBLIC)
def go() -> Response | tuple[str, int]:
    if installation().oidc is None:
        abort(404)
    session["sso_next"] = safe_target(request.args.get("next", ""))
    back = url_for("sso.back", _external=True)
    if not installation().is_development:
        back = installation().public_url + url_for("sso.back")
    wanted = {"acr_values": _wanted()} if _wanted() else {}
    try:
        return openid.send_to(NAME, back=back, **wanted)
    except NotVouched:
        return _refused()


def _wanted() -> str:
    """How the provider has to have asked who it is; empty where this installation does not say."""
    client = installation().oidc
    return client.acr if client is not None else ""


def _is_vouched_for(claims: Mapping[str, Any]) -> bool:
    return claims.get("email_verified") is True and _wanted() in ("", claims.get("acr"))


def _refused() -> tuple[str, int]:
    note_knock(_DOOR, "wrong")
    return login_page(LoginForm(), "sso", 422)


@blueprint.get("/back")
@audience(Audience.PUBLIC)
def back() -> Response | tuple[str, int]:
    """Who comes back with a verified e-mail of a member of staff is in; the provider did the second factor, and says so
    where this installation wants it said."""
    try:
        claims = openid.read_claims(NAME)
        email = read_email(str(claims.get("email", "")))
    except (NotVouched, Unreadable):
        return _refused()
    if not _is_vouched_for(claims):
        return _refused()
    with unit_of_work(Scope(Audience.AUTH, token=email)) as work:
        person = find_staff(work, email)
    if person is None:
        return _refused()
    with auth_work(person.id) as work:
        places = list_places(work, person.id)
    if not places:
        return _refused()
    target = session.pop("sso_next", "/auth/home")
    note_knock(_DOOR, "in")
    start_session(person, places[0], is_strong=True)
    return redirect(target)
