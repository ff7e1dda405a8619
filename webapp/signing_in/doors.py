"""The doors beside the phone: which ones this installation has, which open in this browser, and their words."""

from collections.abc import Sequence

from flask import Flask, request

from tenants.login.models import SIGN_IN_PROVIDERS, SUISHENBAN, WECHAT
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.installation import installation

NAMES = {WECHAT: _("微信"), SUISHENBAN: _("随申办")}
# What we send there and no more (`webapp.signing_in.proving`).
LEARNS = {
    WECHAT: _("微信只知道您用它进过法脉，不知道您的手机号、店名，看不到您的回答。"),
    SUISHENBAN: _("随申办只知道您用它进过法脉，不知道您的店名，看不到您的回答。"),
}
_WECHATS_BROWSER = "MicroMessenger"


def has_door(provider: str) -> bool:
    """Whether this installation is known there."""
    known = {WECHAT: installation().wechat, SUISHENBAN: installation().suishenban}
    return known[provider] is not None


def opens_here(provider: str) -> bool:
    """Whether it can be gone through in this browser: WeChat's in WeChat alone."""
    return has_door(provider) and (provider != WECHAT or _WECHATS_BROWSER in request.user_agent.string)


def list_doors() -> Sequence[str]:
    """Those that open here."""
    return [provider for provider in SIGN_IN_PROVIDERS if opens_here(provider)]


def door_name(provider: str) -> str:
    return str(NAMES[provider])


def init_app(app: Flask) -> None:
    app.jinja_env.globals["sign_in_doors"] = list_doors
    app.jinja_env.filters.update(door_name=door_name, door_learns=lambda provider: str(LEARNS[provider]))
