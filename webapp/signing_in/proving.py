"""Who she is at WeChat or 随申办: she is sent there, and what she brings back is good once, in the same browser."""

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.errors import Unreadable
from tenants.login.models import SUISHENBAN, WECHAT
from tenants.login.sign_ins import subject_digest
from tenants.typed import phones
from webapp.edge.installation import installation
from webapp.outside import openid, wechat
from webapp.outside.vouching import NotVouched
from webapp.settings import OidcClient, WeChatClient

SUISHENBAN_SCOPE = "openid phone"  # who she is, and a number that she need not type
GOOD_FOR = dt.timedelta(minutes=10)
_ASKED = "wechat_asked"
_LONGEST = 512  # of a code, and of a name
_DENIED = ("", "authdeny")


@dataclass(frozen=True)
class Proved:
    """Who came back from there: `digest` stands for her name; `phone` is told by it, to be kept by nobody, or empty."""

    provider: str
    digest: str
    phone: str = ""


def send_there(provider: str) -> Response:
    """Nothing goes along but who asks and where to come back to. Raises: NotVouched."""
    back = url_for("sign_in.back", account=provider, _external=True)
    if not installation().is_development:
        back = installation().public_url + url_for("sign_in.back", account=provider)
    if provider == SUISHENBAN:
        return openid.send_to(SUISHENBAN, back=back)
    state = secrets.token_hex(16)
    session[_ASKED] = {"state": state, "at": now().isoformat()}
    return redirect(wechat.ask_url(_wechat(), back=back, state=state))


def prove(provider: str) -> Proved:
    """Raises: NotVouched."""
    return _by_suishenban() if provider == SUISHENBAN else _by_wechat()


def _by_wechat() -> Proved:
    asked, state = session.pop(_ASKED, None), request.args.get("state", "")
    if asked is None or not hmac.compare_digest(asked["state"].encode(), state.encode()):
        raise NotVouched("lost")
    code = request.args.get("code", "")
    if code in _DENIED:
        raise NotVouched("refused")
    if len(code) > _LONGEST or dt.datetime.fromisoformat(asked["at"]) + GOOD_FOR < now():
        raise NotVouched("lost")
    client = _wechat()
    return Proved(WECHAT, subject_digest(WECHAT, client.app_id, wechat.get_openid(client, code), _pepper()))


def _by_suishenban() -> Proved:
    claims = openid.read_claims(SUISHENBAN)
    subject, client = claims["sub"], _suishenban()
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST:
        raise NotVouched("away")
    digest = subject_digest(SUISHENBAN, f"{client.issuer} {client.client_id}", subject, _pepper())
    phone = claims.get("phone_number") if claims.get("phone_number_verified") is True else ""
    return Proved(SUISHENBAN, digest, _mobile(phone))


def _mobile(told: object) -> str:
    """The number as she would type it; empty for what is no mobile of ours."""
    try:
        return phones.mobile(told) if isinstance(told, str) else ""
    except Unreadable:
        return ""


def _pepper() -> bytes:
    return installation().pepper


def _wechat() -> WeChatClient:
    """Raises: NotVouched where this installation is not known there."""
    if (client := installation().wechat) is None:
        raise NotVouched("away")
    return client


def _suishenban() -> OidcClient:
    """Raises: NotVouched where this installation is not known there."""
    if (client := installation().suishenban) is None:
        raise NotVouched("away")
    return client
