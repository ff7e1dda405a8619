"""Another account is linked to an owner's: her phone shown by its code, once, and her yes; and ended by her."""

import uuid
from functools import partial

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.login import sign_ins
from webapp.edge.audiences import audience, auth_work, owner
from webapp.edge.i18n import lazy_gettext as _
from webapp.edge.i18n import translate
from webapp.edge.observed import note_knock
from webapp.edge.people_here import current_owner
from webapp.edge.rates import door
from webapp.forms.owner import PhoneForm, SignInLinkForm
from webapp.signing_in.doors import door_name
from webapp.signing_in.waiting import Waiting, end_waiting, find_waiting, note_phone_shown
from webapp.views.owner import phone_login

blueprint = Blueprint("linking", __name__, url_prefix="/me/link")
TOLD_APART = 16  # digits of a digest in the log
# Why she is not in, or nothing is linked, and what to do: a way that is always open is her phone.
_REFUSALS = {
    "refused": (422, _("您没有点同意，所以没有进来。用手机号一样能进。")),
    "lost": (400, _("这一步放得太久了，或者不是在这台手机上点的。请再点一次，或者用手机号。")),
    "away": (503, _("{door}现在没有回应，或者回答不对。用手机号现在就能进。")),
    "visitor": (422, _("{door}现在只让您看看，没有登录。请点页面下面的“使用完整服务”再来，或者用手机号。")),
    "elsewhere": (422, _("用{door}登录，要在{door}里打开这一页。这里请用手机号。")),
    "somebody_here": (409, _("这个{door}连着另一个账号。请先退出这次体检，再用{door}进来；这次的可以用续答码接着做。")),
    "leads_elsewhere": (409, _("这个{door}连着另一个手机号的账号。要换过来，先用那个手机号进去解除。")),
    "another_linked": (409, _("您的账号已经连着另一个{door}。要换，先在“我的体检”里解除，再连这个。")),
}


def refused(provider: str, why: str) -> tuple[str, int]:
    """The phone's page, with why it was not the other way."""
    status, words = _said(provider, why)
    return phone_login.phone_page(PhoneForm(formdata=None), status, fault=words)


def _said(provider: str, why: str) -> tuple[int, str]:
    status, words = _REFUSALS[why]
    return status, translate(str(words), door=door_name(provider))


def phone_page(
    form: PhoneForm,
    status: int,
    *,
    provider: str,
    is_sent: bool = False,
    fault: str | None = None,
    is_told: bool = False,
) -> tuple[str, int]:
    """Asks for the phone of whom an account is not linked to yet. `is_told`: its number was told by that account."""
    page = render_template(
        "owner/link_phone.html", form=form, provider=provider, is_sent=is_sent, fault=fault, is_told=is_told
    )
    return page, status


@blueprint.get("/phone")
@audience(Audience.PUBLIC)
def phone() -> tuple[str, int]:
    waiting = find_waiting()
    return _lost() if waiting is None else phone_page(PhoneForm(), 200, provider=waiting.provider)


@blueprint.post("/phone")
@audience(Audience.PUBLIC)
@door
def send() -> tuple[str, int]:
    waiting = find_waiting()
    if waiting is None:
        return _lost()
    return phone_login.send_to(PhoneForm(), partial(phone_page, provider=waiting.provider))


@blueprint.post("/code")
@audience(Audience.PUBLIC)
@door
def check() -> Response | tuple[str, int]:
    """With the right code she is in; whether the account is linked to hers, she is asked next."""
    waiting = find_waiting()
    if waiting is None:
        return _lost()
    person_id = phone_login.let_in(PhoneForm(), partial(phone_page, provider=waiting.provider))
    if not isinstance(person_id, uuid.UUID):
        return person_id
    note_phone_shown(person_id)
    return redirect(url_for("linking.ask"))


@blueprint.get("")
@audience(Audience.PUBLIC)
def ask() -> str | tuple[str, int]:
    waiting = _waiting_for_her()
    if waiting is None:
        return _lost()
    return render_template("owner/link.html", provider=waiting.provider, fault=None)


@blueprint.post("")
@audience(Audience.PUBLIC)
def answer() -> Response | tuple[str, int]:
    """Her yes links it, her no forgets it; either way she is in."""
    waiting = _waiting_for_her()
    if waiting is None or waiting.person_id is None:
        return _lost()
    end_waiting()
    if not SignInLinkForm().is_wished:
        return redirect(url_for(phone_login.home_of(waiting.person_id)))
    try:
        with unit_of_work(Scope(Audience.AUTH, person_id=waiting.person_id, token=waiting.digest)) as work:
            sign_ins.link(
                work, person_id=waiting.person_id, provider=waiting.provider, digest=waiting.digest, now=now()
            )
    except Conflict as conflict:
        status, words = _said(waiting.provider, conflict.code)
        return render_template("owner/link.html", provider=waiting.provider, fault=words), status
    note_knock(waiting.provider, "linked", waiting.digest[:TOLD_APART])
    return redirect(url_for("me.show", _anchor="sign-in"))


@blueprint.post("/<any(wechat, suishenban):account>/end")
@audience(Audience.OWNER)
def end(account: str) -> Response:
    """From now on that account leads to hers no more; sessions that it began go on, and are ended beside it."""
    with auth_work(owner().person_id) as work:
        sign_ins.unlink(work, person_id=owner().person_id, only=account)
    note_knock(account, "unlinked")
    return redirect(url_for("me.show", _anchor="sign-in"))


def _waiting_for_her() -> Waiting | None:
    """What waits for the yes of whoever is here, after she has shown her phone for it and not somebody else hers."""
    waiting, here = find_waiting(), current_owner()
    if waiting is None or here is None or waiting.person_id != here.person_id:
        return None
    return waiting


def _lost() -> tuple[str, int]:
    end_waiting()
    status, words = _REFUSALS["lost"]
    return phone_login.phone_page(PhoneForm(formdata=None), status, fault=str(words))
