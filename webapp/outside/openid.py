"""The door to providers of OpenID Connect: a code with PKCE, and an ID token of which everything is checked.

What is asked for is kept in the browser's session, by authlib, until it comes back.
"""

import logging
from collections.abc import Mapping
from typing import Any

from authlib.integrations.base_client.errors import MismatchingStateError, OAuthError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, current_app, request, session
from requests import PreparedRequest
from requests import Response as Answer
from werkzeug.wrappers import Response

from tenants.deadlines import end_in_time, read_at_most
from webapp.outside.vouching import NotVouched
from webapp.settings import OidcClient

SECONDS = 10.0  # of a call to the provider, its answer included: somebody waits for it at the door
MOST_BYTES = 262_144
LEEWAY = 60  # seconds between its clock and ours
_WELL_KNOWN = "/.well-known/openid-configuration"
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]  # by keys of its own
_log = logging.getLogger("famai.doors")


class _Session(OAuth2Session):
    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, default_timeout=SECONDS, **given)
        end_in_time(self, SECONDS)

    def send(self, request: PreparedRequest, **given: Any) -> Answer:
        """Nowhere but where it was sent, and no more of the answer than a provider has to say."""
        answer: Answer = super().send(request, **given | {"stream": True, "allow_redirects": False})
        answer._content = read_at_most(answer, MOST_BYTES)
        return answer


class _Provider(FlaskOAuth2App):
    client_cls = _Session
    server_metadata: dict[str, Any]

    def load_server_metadata(self) -> dict[str, Any]:
        """Its description of itself, read when the first person comes. No more is taken of it than its addresses: the
        rest would set up our side of the line."""
        if not self.server_metadata:
            with self._get_session() as line:
                answer = line.request("GET", self._server_metadata_url, withhold_token=True)
                answer.raise_for_status()
                self.server_metadata = _checked(answer.json(), self._server_metadata_url.removesuffix(_WELL_KNOWN))
        return self.server_metadata

    def forget_keys(self) -> None:
        """They are asked for anew: what did not hold may have been signed by newer ones."""
        self.server_metadata.pop("jwks", None)


def _checked(told: Mapping[str, Any], issuer: str) -> dict[str, Any]:
    """Raises: ValueError for the description of somebody else, or one without a safe address."""
    scheme = f"{issuer.partition('://')[0]}://"
    if told["issuer"] != issuer or not all(str(told[name]).startswith(("https://", scheme)) for name in _ADDRESSES):
        raise ValueError
    described = {name: told[name] for name in ("issuer", *_ADDRESSES)}
    return described | {"id_token_signing_alg_values_supported": _SIGNED_BY}


def init_app(app: Flask, providers: Mapping[str, tuple[OidcClient | None, str]]) -> None:
    """Name → how we are known there, and the scope that is asked for; None where this installation has none."""
    oauth = OAuth(app)
    for name, (client, scope) in providers.items():
        if client is not None:
            oauth.register(
                name=name,
                client_cls=_Provider,
                client_id=client.client_id,
                client_secret=client.client_secret,
                server_metadata_url=f"{client.issuer}{_WELL_KNOWN}",
                client_kwargs={"scope": scope, "code_challenge_method": "S256"},
            )
    app.extensions["famai_oauth"] = oauth


def _provider(name: str) -> _Provider:
    """Raises: NotVouched where this installation has none."""
    found: _Provider | None = current_app.extensions["famai_oauth"].create_client(name)
    if found is None:
        raise NotVouched("away")
    return found


def send_to(name: str, *, back: str, **asked: str) -> Response:
    """To the provider, which sends whoever it vouches for `back`; what was asked for before in this browser is void.

    Raises: NotVouched.
    """
    for key in [one for one in session if one.startswith(f"_state_{name}_")]:  # authlib's
        session.pop(key)
    try:
        there: Response = _provider(name).authorize_redirect(back, **asked)
    except Exception as error:  # a stranger's description of itself breaks its reader in more ways than can be listed
        raise _told(name, error) from None
    return there


def read_claims(name: str) -> Mapping[str, Any]:
    """Of the ID token of whoever comes back, once: its signature, issuer, audience, nonce and time hold.

    Raises: NotVouched.
    """
    provider = _provider(name)
    issuer = provider._server_metadata_url.removesuffix(_WELL_KNOWN)
    wanted = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
    }
    if request.args.get("error") == "access_denied":
        raise NotVouched("refused")
    try:
        claims: Mapping[str, Any] = provider.authorize_access_token(claims_options=wanted, leeway=LEEWAY)["userinfo"]
    except Exception as error:  # and so does what it says of somebody
        provider.forget_keys()
        raise _told(name, error) from None
    return claims


def _told(name: str, error: Exception) -> NotVouched:
    if isinstance(error, NotVouched):
        return error
    if isinstance(error, MismatchingStateError):
        return NotVouched("lost")
    if isinstance(error, OAuthError) and error.error == "invalid_grant":  # a code that is over
        return NotVouched("lost")
    _log.warning("%s does not vouch: %s", name, type(error).__name__)
    return NotVouched("away")
