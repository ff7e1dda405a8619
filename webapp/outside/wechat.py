"""WeChat's web sign-in of an official account (公众号网页授权), without her profile (`snsapi_base`).

Source: WeChat, "网页授权". It knows no PKCE: the code is told with our secret alone.
"""

import json
import logging
import re
from typing import Any
from urllib.parse import urlencode

import requests

from tenants.deadlines import in_time, read_at_most
from webapp.outside.vouching import NotVouched
from webapp.settings import WeChatClient

SECONDS = 6.0  # of the call, its answer included: somebody waits for it at the door
MOST_BYTES = 16_384
# Of a code that is wrong, was used before or has run out: she asks again. Anything else is between WeChat and us.
_CODE_IS_OVER = (40029, 40163, 41008, 42003)
_OPENID = re.compile(r"[A-Za-z0-9_-]{6,64}")
_log = logging.getLogger("famai.doors")


def ask_url(client: WeChatClient, *, back: str, state: str) -> str:
    """Where her WeChat is asked, and comes `back` from with a code. The order of the parts is WeChat's."""
    asked = {
        "appid": client.app_id,
        "redirect_uri": back,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": state,
    }
    return f"{client.page_url}/connect/oauth2/authorize?{urlencode(asked)}#wechat_redirect"


def get_openid(client: WeChatClient, code: str) -> str:
    """Her name at WeChat for this account, for a code that is good once. Raises: NotVouched."""
    told = _ask(client, code)
    if (fault := told.get("errcode")) in _CODE_IS_OVER:
        raise NotVouched("lost")
    if told.get("is_snapshotuser") == 1:  # a made-up account, for somebody who only looks at the page
        raise NotVouched("visitor")
    openid = told.get("openid")
    if fault or not isinstance(openid, str) or not _OPENID.fullmatch(openid):
        _log.warning("wechat told no openid: errcode %s", fault if isinstance(fault, int) else "none")
        raise NotVouched("away")
    return openid


def _ask(client: WeChatClient, code: str) -> dict[str, Any]:
    """Never says what was asked: the secret is in it. Raises: NotVouched."""
    asked = {"appid": client.app_id, "secret": client.secret, "code": code, "grant_type": "authorization_code"}
    url = f"{client.api_url}/sns/oauth2/access_token"
    try:
        with in_time(SECONDS) as session:
            answer = session.get(url, params=asked, timeout=SECONDS, allow_redirects=False, stream=True)
            told = json.loads(read_at_most(answer, MOST_BYTES))
    except (requests.RequestException, OSError, ValueError, RecursionError) as error:
        _log.warning("wechat did not answer: %s", type(error).__name__)
        raise NotVouched("away") from None
    if not isinstance(told, dict):
        raise NotVouched("away")
    return told
