"""The machines of connected parties: OAuth 2 client credentials at the edge."""

from contextlib import AbstractContextManager

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from flask import Flask, Response, abort
from sqlalchemy.orm import Session

from cloud.partners.clients import TOKEN_LIFE, is_right_secret, keep_token
from cloud.partners.models import ApiClient, ApiToken, Subscriber
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.typed.addresses import web_address
from webapp.edge.errors import problem
from webapp.edge.installation import installation
from webapp.edge.people_here import current_party

_METHODS = ("client_secret_basic", "client_secret_post")


class _Client(ClientMixin):
    """A party's credentials in the words of the library."""

    def __init__(self, row: ApiClient) -> None:
        self.row = row

    def get_client_id(self) -> str:
        return str(self.row.id)

    def get_allowed_scope(self, scope: str | None) -> str:
        """What was asked for as far as it is allowed; everything that is allowed when nothing was named."""
        allowed = self.row.scopes.split()
        return " ".join(one for one in allowed if not scope or one in scope.split())

    def check_client_secret(self, client_secret: str) -> bool:
        return is_right_secret(self.row, client_secret, now())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in _METHODS

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "client_credentials"


class _Grant(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = list(_METHODS)


def _query_client(client_id: str) -> _Client | None:
    if (known := _as_id(client_id)) is None:
        return None
    with unit_of_work(Scope(Audience.CLIENT, token=client_id)) as work:
        row = work.query(ApiClient).filter(ApiClient.id == known).one_or_none()
    return None if row is None else _Client(row)


def _as_id(text: str) -> str | None:
    plain = text.replace("-", "")
    return text if len(plain) == 32 and all(one in "0123456789abcdef" for one in plain) else None


def _save_token(token: dict[str, str], request: OAuth2Request) -> None:
    row: ApiClient = request.client.row
    with unit_of_work(Scope(Audience.CLIENT, token=str(row.id))) as work:
        keep_token(work, client=row, token=token["access_token"], scopes=token.get("scope", ""), now=now())


server = AuthorizationServer(query_client=_query_client, save_token=_save_token)


def init_app(app: Flask) -> None:
    app.config.update(OAUTH2_TOKEN_EXPIRES_IN={"client_credentials": int(TOKEN_LIFE.total_seconds())})
    server.init_app(app)
    server.register_grant(_Grant)


def refuse_client(scope: str | None) -> Response | None:
    """401 without a living token, 403 without its scope (RFC 6750)."""
    row = current_party()
    if row is None:
        return _refused(401, "invalid_token")
    if scope is not None and scope not in row.scopes.split():
        return _refused(403, "insufficient_scope")
    return None


def _refused(status: int, error: str) -> Response:
    answer = problem(status, error)
    answer.headers["WWW-Authenticate"] = f'Bearer realm="famai", error="{error}"'
    return answer


def client_token() -> ApiToken:
    return current_party() or abort(401)


def client_work() -> AbstractContextManager[Session]:
    """A unit of work in which the party sees its own rows and no others."""
    return unit_of_work(Scope(Audience.CLIENT, token=str(client_token().subscriber_id)))


def get_party(work: Session) -> Subscriber:
    return work.get_one(Subscriber, client_token().subscriber_id)


def read_address(raw: str) -> str:
    """An https address of some host; plain http only while developing. Raises: Unreadable."""
    return web_address(raw, may_be_plain=installation().is_development)
