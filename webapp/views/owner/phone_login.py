"""Owners with a phone: a code by text message, then every checkup of theirs at every firm."""

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from checkup.cases.models import Checkup
from checkup.cases.own_list import list_own
from checkup.delegates.accepting import count_asked
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.login.owner_sessions import end_devices, list_devices
from tenants.login.sign_ins import list_links
from tenants.login.throttle import Locked, TooManySends, WrongCode
from tenants.phones import phone_digest
from webapp.edge.audiences import audience, auth_work, owner, owner_scope
from webapp.edge.devices import remember_device
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import check_code, come_in_by_phone, send_code
from webapp.edge.people_here import go_out, go_to_checkup
from webapp.edge.rates import door
from webapp.forms.owner import PhoneForm
from webapp.outside.sms import NotSent

blueprint = Blueprint("me", __name__, url_prefix="/me")
Page = Callable[..., tuple[str, int]]  # of a phone and its code: form, status, and what else there is to say


def _everywhere() -> Scope:
    """The owner at every firm: what is hers, wherever it lies."""
    return Scope(Audience.SELF, person_id=owner_scope().person_id)


@blueprint.get("")
@audience(Audience.OWNER)
def show() -> str:
    with unit_of_work(_everywhere()) as work:
        entries, devices = list_own(work), list_devices(work, now())
    with auth_work(owner().person_id) as work:
        links = list_links(work, owner().person_id)
    asked = _count_asked(owner().person_id) if owner().has_phone else 0
    return render_template("owner/me.html", entries=entries, asked=asked, me=owner(), devices=devices, links=links)


@blueprint.post("/leave")
@audience(Audience.OWNER)
def leave() -> Response:
    """From now on this phone opens nothing of hers; her code or her number leads back."""
    go_out()
    return redirect("/")


@blueprint.post("/devices/<uuid:session_id>/end")
@audience(Audience.OWNER)
def end_device(session_id: uuid.UUID) -> Response:
    """That phone opens nothing of hers any more."""
    with unit_of_work(_everywhere()) as work:
        end_devices(work, only=session_id)
    return redirect(url_for("me.show", _anchor="devices"))


@blueprint.post("/devices/end-others")
@audience(Audience.OWNER)
def end_other_devices() -> Response:
    with unit_of_work(_everywhere()) as work:
        end_devices(work, but=owner().session_id)
    return redirect(url_for("me.show", _anchor="devices"))


@blueprint.get("/checkups/<uuid:checkup_id>")
@audience(Audience.OWNER)
def go_to(checkup_id: uuid.UUID) -> Response:
    """Open one of one's own checkups, at whichever firm it is."""
    with unit_of_work(_everywhere()) as work:
        firm_id = work.scalars(select(Checkup.firm_id).where(Checkup.id == checkup_id)).one_or_none() or abort(404)
    go_to_checkup(firm_id, checkup_id)
    return redirect(url_for("owner.go_on", checkup_id=checkup_id))


@blueprint.get("/phone")
@audience(Audience.PUBLIC)
def phone() -> tuple[str, int]:
    return phone_page(PhoneForm(), 200)


def phone_page(form: PhoneForm, status: int, *, is_sent: bool = False, fault: str | None = None) -> tuple[str, int]:
    return render_template("owner/phone.html", form=form, is_sent=is_sent, fault=fault), status


@blueprint.post("/phone")
@audience(Audience.PUBLIC)
@door
def send() -> tuple[str, int]:
    return send_to(PhoneForm(), phone_page)


def send_to(form: PhoneForm, page: Page) -> tuple[str, int]:
    """Send the code and show the page again; sent again within its life it is the same code."""
    if not form.validate():
        return page(form, form.status)
    try:
        send_code(installation(), "phone", form.phone.data, "login_code")
    except (Locked, TooManySends):
        said = _("发得太多或错得太多，请15分钟后再试；也可以用续答码接着做。")
        return page(form, 429, is_sent=True, fault=said)
    except NotSent:
        return page(form, 503, fault=_("短信没发出去，请过一会儿再试；也可以用续答码接着做。"))
    return page(form, 200, is_sent=True)


@blueprint.post("/code")
@audience(Audience.PUBLIC)
@door
def check() -> Response | tuple[str, int]:
    person_id = let_in(PhoneForm(), phone_page)
    return redirect(url_for(home_of(person_id))) if isinstance(person_id, uuid.UUID) else person_id


def let_in(form: PhoneForm, page: Page) -> uuid.UUID | tuple[str, int]:
    """With the right code: keep the phone for the owner who is here, or come in as the one who has it. Returns who
    is in now, or the page with what to mend."""
    if not form.validate():
        return page(form, form.status)
    try:
        check_code(installation(), "phone", form.phone.data, form.code.data)
        person_id = come_in_by_phone(phone_digest(form.phone.data, installation().pepper))
    except WrongCode:
        return page(form, 422, is_sent=True, fault=_("验证码不对，或者过期了。"))
    except Locked:
        said = _("发得太多或错得太多，请15分钟后再试；也可以用续答码接着做。")
        return page(form, 429, is_sent=True, fault=said)
    except Conflict:
        said = _("这个手机号已经在用。请先退出这次体检，用手机号进来再开始；这次的可以用续答码接着做。")
        return page(form, 409, fault=said)
    remember_device(form.phone.data)
    return person_id


def home_of(person_id: uuid.UUID) -> str:
    """Whoever has no checkup of her own, and helps others with theirs, comes to them at once."""
    with unit_of_work(Scope(Audience.SELF, person_id=person_id)) as work:
        if list_own(work):
            return "me.show"
    return "delegate.home" if _count_asked(person_id) else "me.show"


def _count_asked(person_id: uuid.UUID) -> int:
    """How many owners ask this person for help, or have her help already."""
    with unit_of_work(Scope(Audience.DELEGATE, person_id=person_id)) as work:
        return count_asked(work)
