"""Single sign-on of staff by OpenID Connect: the organisation vouches for the e-mail, memberships stay ours."""

from collections.abc import Mapping
from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Blueprint, Flask, abort, current_app, redirect, request, session, url_for
from requests import RequestException
from werkzeug.wrappers import Response

from tenants.database import Audience, Scope, unit_of_work
from tenants.deadlines import end_in_time
from tenants.errors import Unreadable
from tenants.login.memberships import list_places
from tenants.people import find_staff
from tenants.typed.emails import email as read_email
from webapp.edge.audiences import audience, auth_work
from webapp.edge.installation import installation
from webapp.edge.observed import note_knock
from webapp.forms.auth import LoginForm
from webapp.settings import OidcClient
from webapp.views.auth.login import login_page, safe_target, start_session

blueprint = Blueprint("sso", __name__, url_prefix="/auth/sso")
_NAME, _DOOR = "staff", "sso"
SECONDS = 10.0  # of a call to the provider, its answer included: somebody waits for it at the door


class _Session(OAuth2Session):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, default_timeout=SECONDS, **given)
        end_in_time(self, SECONDS)


class _Provider(FlaskOAuth2App):
    client_cls = _Session


def init_app(app: Flask, client: OidcClient | None) -> None:
    """Register the provider; its addresses are read from its own description when the first person comes."""
    oauth = OAuth(app)
    if client is not None:
        oauth.register(
            name=_NAME,
            client_cls=_Provider,
            client_id=client.client_id,
            client_secret=client.client_secret,
            server_metadata_url=f"{client.issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
        )
    app.extensions["famai_oauth"] = oauth


def _provider() -> FlaskOAuth2App:
    return current_app.extensions["famai_oauth"].create_client(_NAME) or abort(404)


@blueprint.get("")
@audience(Audience.PUBLIC)
def go() -> Response | tuple[str, int]:
    provider = _provider()
    session["sso_next"] = safe_target(request.args.get("next", ""))
    back = url_for("sso.back", _external=True)
    if not installation().is_development:
        back = installation().public_url + url_for("sso.back")
    try:
        asked: Response = provider.authorize_redirect(back, acr_values=_wanted() or None)
    except RequestException:
        return _refused()
    return asked


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
        claims = _provider().authorize_access_token()["userinfo"]
        email = read_email(str(claims.get("email", "")))
    except (OAuthError, RequestException, Unreadable, KeyError):
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
