"""A caller: found by the number and the code that she reads out, or by her phone with her consent; never by a name.

Whoever is not the owner, is no adult, or says a wrong code gets nothing, and the try is counted.
"""

import datetime as dt
import uuid

from flask import Blueprint, abort, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from checkup.assisting.agreeing import Agreed, agree
from checkup.assisting.assist_rules import CALL, PHONE
from checkup.assisting.claiming import ClaimTarget
from checkup.cases.own_list import list_own
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import NotFound
from tenants.login.throttle import Locked, TooManySends, WrongCode
from tenants.phones import find_by_phone, phone_digest
from webapp.asking.callers import open_by_code
from webapp.edge.audiences import actor, audience, public_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import check_code, guard, send_code
from webapp.forms.helpers import CallerCodeForm, CallerPhoneForm, SentCodeForm
from webapp.outside.sms import NotSent
from webapp.views.helper.gate import at_work, standing

blueprint = Blueprint("hotline", __name__, url_prefix="/helper/hotline")
_Answer = Response | tuple[str, int]
BY_PHONE = "hotline-phone"
# How long a caller who has shown that the phone is hers may choose which of her cases she calls about.
_ON_THE_LINE = dt.timedelta(minutes=10)


@blueprint.get("")
@audience(Audience.HELPER, may="help")
@at_work
def show() -> _Answer:
    return _page()


def _page(
    by_code: CallerCodeForm | None = None,
    by_phone: CallerPhoneForm | None = None,
    *,
    fault: str = "",
    status: int = 200,
) -> tuple[str, int]:
    forms = by_code or CallerCodeForm(formdata=None), by_phone or CallerPhoneForm(formdata=None, at="phone")
    page = render_template("helper/hotline.html", by_code=forms[0], by_phone=forms[1], fault=fault)
    return page, max(status, *(one.status for one in forms))


def _refused(error: Exception) -> tuple[str, int]:
    """What the helper says to the caller, and its status."""
    if isinstance(error, Locked):
        return _("错得太多，这个编号15分钟内打不开。请她过一会儿再打，或者打12348问别的事。"), 429
    return _("对不上。什么都不能告诉她：请她核对编号和码，是老板本人再打来。这一次已经记下。"), 422


@blueprint.post("/number")
@audience(Audience.HELPER, may="help")
@at_work
def by_number() -> _Answer:
    form = CallerCodeForm()
    if not form.validate():
        return _page(by_code=form)
    try:
        target = open_by_code(form.number.data, form.code.data, is_owner=form.is_owner)
    except (WrongCode, Locked) as error:
        said, status = _refused(error)
        return _page(by_code=form, fault=said, status=status)
    return _open(target)


def _open(target: ClaimTarget) -> Response:
    """For as long as a call: she has said yes by reading her code out."""
    agreed = Agreed(standing().station, actor(), CALL, PHONE)
    with unit_of_work(Scope(Audience.OWNER, target.firm_id, target.owner_id)) as work:
        made = agree(work, checkup_id=target.checkup_id, agreed=agreed, now=now())
    return redirect(url_for("calls_taken.show", help_id=made.id))


@blueprint.post("/phone")
@audience(Audience.HELPER, may="help")
@at_work
def by_phone() -> _Answer:
    """Whose phone it is proves the code that goes there; asked as another it is counted like a wrong one."""
    form = CallerPhoneForm(at="phone")
    if not form.validate():
        return _page(by_phone=form)
    phone = form.phone.data
    try:
        if not form.is_owner:
            guard(installation(), BY_PHONE, phone, lambda _work, _tried: None)
        send_code(installation(), BY_PHONE, phone, "caller_code")
    except (WrongCode, Locked, TooManySends) as error:
        said, status = _refused(Locked() if isinstance(error, TooManySends) else error)
        return _page(by_phone=form, fault=said, status=status)
    except NotSent:
        return _page(by_phone=form, fault=_("短信没发出去。请她报编号和码。"), status=503)
    return _code_page(SentCodeForm(formdata=None, data={"phone": phone}))


def _code_page(form: SentCodeForm, *, fault: str = "", status: int = 200) -> tuple[str, int]:
    return render_template("helper/caller_code.html", form=form, fault=fault), max(status, form.status)


@blueprint.post("/code")
@audience(Audience.HELPER, may="help")
@at_work
def check() -> _Answer:
    form = SentCodeForm()
    if not form.validate():
        return _code_page(form)
    try:
        check_code(installation(), BY_PHONE, form.phone.data, form.code.data)
    except (WrongCode, Locked) as error:
        said, status = _refused(error)
        return _code_page(form, fault=said, status=status)
    digest = phone_digest(form.phone.data, installation().pepper)
    with public_work(token=digest) as work:
        owner_id = find_by_phone(work, digest)
    if owner_id is None:
        return _page(fault=_("这个手机号下没有体检。请她报编号和码。"), status=404)
    session["on_the_line"] = {"owner": str(owner_id), "at": now().isoformat()}
    return redirect(url_for("hotline.cases"))


def _on_the_line() -> uuid.UUID:
    """Who has just shown that the phone is hers."""
    held = session.get("on_the_line") or abort(404)
    if abs(now() - dt.datetime.fromisoformat(held["at"])) > _ON_THE_LINE:
        abort(404)
    return uuid.UUID(held["owner"])


@blueprint.get("/cases")
@audience(Audience.HELPER, may="help")
@at_work
def cases() -> str:
    """Which of hers she calls about."""
    with unit_of_work(Scope(Audience.SELF, person_id=_on_the_line())) as work:
        entries = list_own(work)
    return render_template("helper/caller_cases.html", entries=entries)


@blueprint.post("/cases/<uuid:checkup_id>")
@audience(Audience.HELPER, may="help")
@at_work
def open_case(checkup_id: uuid.UUID) -> Response:
    owner_id = _on_the_line()
    with unit_of_work(Scope(Audience.SELF, person_id=owner_id)) as work:
        found = next((one.checkup for one in list_own(work) if one.checkup.id == checkup_id), None)
    if found is None:
        raise NotFound
    session.pop("on_the_line")
    return _open(ClaimTarget(found.firm_id, found.id, owner_id))
