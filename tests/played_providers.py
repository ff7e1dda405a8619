"""Plays on loopback, as a process of its own, who says who is at the door: WeChat's web sign-in (`/wechat`), an
OpenID provider that holds us to PKCE (`/openid`), and both as somebody who errs or lies (`/<how>`).

    python -m tests.played_providers --port 9000
"""

import argparse
import base64
import functools
import hashlib
import json
import secrets
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import requests
from flask import Flask, Response, redirect, request
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import make_server

from tests.patience import PATIENCE, until
from tests.ports import free_port

APP_ID, SECRET = "wx-of-the-test", "a-secret-of-the-test"
PERSON = "person"  # the cookie of whoever holds the phone: her name there
HUGE = "x" * 4_000_000
_codes = {}
app = Flask(__name__)


@functools.cache
def _key(whose):
    return RSAKey.generate_key(2048, {"kid": "one"})


def _new_code(**told):
    code = secrets.token_hex(8)
    _codes[code] = told
    return code


def _wechat_says(**told):
    """As WeChat does: JSON under the name of plain text, its errors with status 200."""
    return Response(json.dumps(told), mimetype="text/plain")


@app.get("/<how>/connect/oauth2/authorize")
def ask_wechat(how):
    asked = request.args
    if asked["appid"] != APP_ID or asked["response_type"] != "code" or asked["scope"] != "snsapi_base":
        return "redirect_uri 参数错误", 400
    code = _new_code(openid=request.cookies.get(PERSON, "oNobody123"))
    return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")


WECHAT_SAYS = {
    "busy": {"errcode": -1, "errmsg": "system error"},
    "wrong_secret": {"errcode": 40125, "errmsg": "invalid appsecret"},
    "nobody": {"access_token": "x", "expires_in": 7200},
    "a_number": {"openid": 12345678},
    "too_long": {"openid": "o" * 65},
    "markup": {"openid": "<script>1</script>"},
    "just_looking": {"openid": "oJustLooking1", "is_snapshotuser": 1},
    "huge": {"openid": "oHuge12345", "more": HUGE},
}


@app.get("/<how>/sns/oauth2/access_token")
def tell_openid(how):
    told = _codes.pop(request.args["code"], None)
    if how in WECHAT_SAYS:
        return _wechat_says(**WECHAT_SAYS[how])
    if how in CROOKED_ANSWERS:
        return CROOKED_ANSWERS[how]()
    if (request.args["appid"], request.args["secret"]) != (APP_ID, SECRET):
        return _wechat_says(errcode=40125, errmsg="invalid appsecret")
    if told is None:
        return _wechat_says(errcode=40163, errmsg="code been used")
    return _wechat_says(access_token="x", expires_in=7200, refresh_token="y", scope="snsapi_base", **told)


CROOKED_ANSWERS = {
    "junk": lambda: Response("<html>系统繁忙</html>", mimetype="text/html"),
    "a_list": lambda: Response("[1]", mimetype="application/json"),
    "deep": lambda: Response("[" * 15_000, mimetype="application/json"),
    "broken": lambda: ("", 500),
    "elsewhere": lambda: redirect("/wechat/sns/oauth2/access_token?" + request.query_string.decode()),
}


@app.get("/<how>/.well-known/openid-configuration")
def describe(how):
    here = f"{request.host_url}{how}"
    told = {
        "issuer": here,
        "authorization_endpoint": f"{here}/authorize",
        "token_endpoint": f"{here}/token",
        "jwks_uri": f"{here}/keys",
        "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        "verify": False,
    }
    match how:
        case "of_somebody_else":
            told["issuer"] = "https://elsewhere.example"
        case "half":
            del told["jwks_uri"]
        case "unsafe":
            told["token_endpoint"] = "file:///etc/passwd"
        case "no_description":
            return "<html>"
        case "huge_description":
            told["more"] = HUGE
    return told


@app.get("/<how>/keys")
def tell_keys(how):
    return {"keys": [_key("ours").as_dict(private=False)]}


@app.get("/<how>/authorize")
def ask_openid(how):
    asked = request.args
    if how == "out_of_order":
        return redirect(f"{asked['redirect_uri']}?{urlencode({'error': 'server_error', 'state': asked['state']})}")
    told = {name: asked[name] for name in ("nonce", "code_challenge", "client_id", "redirect_uri")}
    code = _new_code(sub=request.cookies.get(PERSON, "nobody"), **told)
    return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")


@app.post("/<how>/token")
def tell_token(how):
    told = _codes.pop(request.form["code"], None)
    if told is None or told["redirect_uri"] != request.form["redirect_uri"] or not _is_verified(told):
        return {"error": "invalid_grant"}, 400
    if how in CROOKED_ANSWERS:
        return CROOKED_ANSWERS[how]()
    token = {"access_token": "x", "token_type": "Bearer"}
    if how == "huge":
        token["more"] = HUGE
    if how != "no_id_token":
        token["id_token"] = _id_token(how, told, f"{request.host_url}{how}")
    return token


def _is_verified(told):
    """PKCE (RFC 7636, 4.6)."""
    digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == told["code_challenge"]


GOOD = {"iat": 1_700_000_000, "exp": 4_000_000_000}  # at any hour of a test
LIES = {
    "other_issuer": {"iss": "https://elsewhere.example"},
    "other_audience": {"aud": "somebody-else"},
    "other_audience_ours_besides": {"aud": "somebody-else", "azp": APP_ID},
    "other_nonce": {"nonce": "another"},
    "no_nonce": {"nonce": None},
    "expired": {"exp": 1_700_000_600},
    "no_end": {"exp": None},
    "no_subject": {"sub": None},
    "empty_subject": {"sub": ""},
    "a_number_for_a_subject": {"sub": 5},
    "endless_subject": {"sub": "s" * 5_000},
}
FORGED = ("other_key", "unsigned", "signed_by_our_secret")


def _id_token(how, told, issuer):
    claims = {"iss": issuer, "aud": told["client_id"], "sub": told["sub"], "nonce": told["nonce"], **GOOD}
    claims |= LIES.get(how, {})
    claims = {name: value for name, value in claims.items() if value is not None}
    if how == "unsigned":
        parts = ({"alg": "none"}, claims)
        return ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts) + "."
    if how == "signed_by_our_secret":
        return jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(SECRET))
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, _key("others" if how == "other_key" else "ours"))


@contextmanager
def _process(command, path):
    """Yields the address of a fresh process that answers at this path."""
    port = free_port()
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"

    def answers():
        assert process.poll() is None, "the provider stopped"
        with suppress(requests.ConnectionError):
            return requests.get(f"{url}{path}", timeout=PATIENCE).ok

    try:
        until(answers)
        yield url
    finally:
        process.kill()
        process.wait()


def played_providers():
    return _process([sys.executable, "-m", "tests.played_providers"], "/openid/keys")


def openid_provider(*users):
    """A whole OpenID provider, which asks these users (their claims)."""
    known = [part for user in users for part in ("--user-claims", json.dumps(user))]
    return _process([Path(sys.executable).parent / "oidc-provider-mock", *known], "/.well-known/openid-configuration")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    make_server("127.0.0.1", parser.parse_args().port, app, threaded=True).serve_forever()
