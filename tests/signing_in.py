"""An owner signs in by WeChat or 随申办: what she taps, what her phone there says, what she types."""

from dataclasses import replace

import requests

from tests.compiled_once import keep_templates
from tests.owners import DETAILS, codes
from tests.patience import PATIENCE
from tests.played_providers import APP_ID, PERSON, SECRET
from tests.reading import Browser
from webapp.app import create_app
from webapp.settings import OidcClient, WeChatClient

IN_WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile MicroMessenger/8.0.49"
NUMBERS = iter(range(13700000000, 13700009999))


def city_with(settings, wechat="", issuer="", *, csrf=False):
    """The city, known at a WeChat and at an issuer."""
    known = replace(
        settings,
        wechat=WeChatClient(APP_ID, SECRET, wechat, wechat) if wechat else None,
        suishenban=OidcClient(issuer, APP_ID, SECRET) if issuer else None,
    )
    made = keep_templates(create_app(known))
    made.config.update(WTF_CSRF_ENABLED=csrf)
    made.test_client_class = Browser
    return made


def phone_of(app):
    """A browser inside WeChat, where both doors open."""
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = IN_WECHAT
    return client


def return_path(client, provider, person):
    """Where the provider sends her back to, after it knew her as `person`."""
    there = client.get(f"/me/sign-in/{provider}").location
    answer = requests.get(there, cookies={PERSON: person}, allow_redirects=False, timeout=PATIENCE)
    return answer.headers["Location"].partition("localhost")[2]


def sign_in(client, provider, person):
    return client.get(return_path(client, provider, person))


def type_code(client, settings, number, at="/me/link"):
    """Ask for the code where a phone is asked for, and type it."""
    sent = "/me/phone" if at == "/me" else f"{at}/phone"
    assert client.post(sent, data={"phone": number}).status_code == 200
    return client.post(f"{at}/code", data={"phone": number, "code": codes(settings, number)[-1]})


def keep_checkup(app, settings, name="王姐面馆"):
    """Somebody's checkup, kept under a phone number of her own."""
    client, number = app.test_client(), str(next(NUMBERS))
    client.post("/f/hubin/start", data={**DETAILS, "name": name})
    assert type_code(client, settings, number, at="/me").status_code == 302
    return number


def link(client, settings, provider, person, number):
    """The first time: her phone shown by its code, and her yes."""
    sign_in(client, provider, person)
    assert type_code(client, settings, number).location == "/me/link"
    return client.post("/me/link", data={"answer": "yes"})
