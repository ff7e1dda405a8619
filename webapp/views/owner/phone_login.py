"""Owners with a phone: a code by text message, then every checkup of theirs at every firm."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from checkup.cases.models import Checkup
from checkup.cases.own_list import list_own
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid
from tenants.login.throttle import Locked, TooManySends, WrongCode
from tenants.phones import find_by_phone, keep_phone, normal_phone, phone_digest
from webapp.edge.audiences import audience, owner_scope, owner_work, public_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import check_code, send_code
from webapp.outside.sms import NotSent

blueprint = Blueprint("me", __name__, url_prefix="/me")


def _everywhere() -> Scope:
    """The owner at every firm: what is hers, wherever it lies."""
    return Scope(Audience.SELF, person_id=owner_scope().person_id)


@blueprint.get("")
@audience(Audience.OWNER)
def show() -> str:
    with unit_of_work(_everywhere()) as work:
        return render_template("owner/me.html", entries=list_own(work), has_phone="phone" in session["owner"])


@blueprint.get("/checkups/<uuid:checkup_id>")
@audience(Audience.OWNER)
def go_to(checkup_id: uuid.UUID) -> Response:
    """Open one of one's own checkups, at whichever firm it is."""
    with unit_of_work(_everywhere()) as work:
        firm_id = work.scalars(select(Checkup.firm_id).where(Checkup.id == checkup_id)).one_or_none() or abort(404)
    session["owner"] = {**session["owner"], "firm": str(firm_id), "checkup": str(checkup_id)}
    return redirect(url_for("owner.go_on", checkup_id=checkup_id))


@blueprint.get("/phone")
@audience(Audience.PUBLIC)
def phone() -> str:
    return render_template("owner/phone.html", phone="", is_sent=False, fault=None)


def _page(number: str, status: int, *, is_sent: bool, fault: str | None = None) -> tuple[str, int]:
    return render_template("owner/phone.html", phone=number, is_sent=is_sent, fault=fault), status


@blueprint.post("/phone")
@audience(Audience.PUBLIC)
def send() -> tuple[str, int]:
    """Send the code; sent again within its life it is the same code."""
    try:
        number = normal_phone(request.form.get("phone", ""))
    except Invalid as invalid:
        return _page(request.form.get("phone", "")[:40], 422, is_sent=False, fault=fault_text(invalid.faults[0]))
    try:
        send_code(installation(), "phone", number, "login_code")
    except (Locked, TooManySends):
        return _page(number, 429, is_sent=True, fault=_("发得太多或错得太多，请15分钟后再试；也可以用续答码接着做。"))
    except NotSent:
        return _page(number, 503, is_sent=False, fault=_("短信没发出去，请过一会儿再试；也可以用续答码接着做。"))
    return _page(number, 200, is_sent=True)


@blueprint.post("/code")
@audience(Audience.PUBLIC)
def check() -> Response | tuple[str, int]:
    """With the right code: keep the phone for the owner who is here, or come in as the one who has it."""
    try:
        number = normal_phone(request.form.get("phone", ""))
        check_code(installation(), "phone", number, request.form.get("code", "")[:20])
        _come_in(phone_digest(number, installation().pepper))
    except Invalid as invalid:
        return _page("", 422, is_sent=False, fault=fault_text(invalid.faults[0]))
    except WrongCode:
        return _page(number, 422, is_sent=True, fault=_("验证码不对，或者过期了。"))
    except Locked:
        return _page(number, 429, is_sent=True, fault=_("发得太多或错得太多，请15分钟后再试；也可以用续答码接着做。"))
    except Conflict:
        said = _("这个手机号已经在用。请先退出这次体检，用手机号进来再开始；这次的可以用续答码接着做。")
        return _page(number, 409, is_sent=False, fault=said)
    return redirect(url_for("me.show"))


def _come_in(digest: str) -> None:
    """Raises: Conflict `phone_taken`; Invalid when nobody has this phone and nobody is here to keep it."""
    with public_work(token=digest) as work:
        held_by = find_by_phone(work, digest)
    here = owner_scope().person_id if "owner" in session else None
    if here is None and held_by is None:
        raise WrongCode
    if here is not None:
        with owner_work() as work:
            keep_phone(work, person_id=here, digest=digest, held_by=held_by)
    held = session.get("owner") or {"person": str(held_by), "firm": None, "checkup": None}
    session.permanent = True
    session["owner"] = {**held, "phone": True}
