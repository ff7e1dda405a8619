"""Where the link of an invitation leads: the phone that it was sent to, a code, and in. A link alone opens nothing."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.delegates.accepting import find_invitation, list_waiting
from checkup.delegates.asking import invitation_digest
from checkup.delegates.models import Delegation
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.login.throttle import Locked, TooManySends, WrongCode
from tenants.phones import phone_digest
from webapp.edge.audiences import audience, delegate_work, public_work
from webapp.edge.devices import remember_device
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import check_code, come_in_as_asked, guard, send_code
from webapp.edge.people_here import current_owner
from webapp.edge.rates import door
from webapp.forms.owner import PhoneForm
from webapp.outside.sms import NotSent

blueprint = Blueprint("delegate_invitation", __name__, url_prefix="/for/invitation/<token>")
_DOOR = "delegate"
_Answer = Response | tuple[str, int]


def _find(token: str) -> Delegation | None:
    digest = invitation_digest(token)
    with public_work(token=digest) as work:
        return find_invitation(work, digest)


@blueprint.get("")
@audience(Audience.PUBLIC)
def show(token: str) -> _Answer:
    """Whoever has come in by the phone that was asked is asked at once; others show that phone first."""
    found = _find(token)
    if found is not None and _is_here(found):
        return redirect(url_for("delegate.asked", delegation_id=found.id))
    return _page(found, PhoneForm(formdata=None))


def _is_here(found: Delegation) -> bool:
    here = current_owner()
    if here is None or not here.has_phone:
        return False
    with delegate_work() as work:
        return any(one.id == found.id for one in list_waiting(work))


def _page(
    found: Delegation | None, form: PhoneForm, *, is_sent: bool = False, fault: str = "", status: int = 200
) -> _Answer:
    if found is None:
        return render_template("delegate/no_invitation.html"), 404
    page = render_template("delegate/invitation.html", asked=found, form=form, is_sent=is_sent, fault=fault)
    return page, max(status, form.status)


@blueprint.post("/send")
@audience(Audience.PUBLIC)
@door
def send(token: str) -> _Answer:
    """A code goes to the phone that was asked, to no other; wrong numbers are counted."""
    found, form = _find(token), PhoneForm()
    if found is None or not form.validate():
        return _page(found, form)
    try:
        _check_phone(found, token, form.phone.data)
        send_code(installation(), "phone", form.phone.data, "login_code")
    except WrongCode:
        said = _("邀请不是发到这个号码的。请用收到短信的那个号码；换了号码，请店主收回，再请一次。")
        return _page(found, form, fault=said, status=422)
    except (Locked, TooManySends):
        return _page(found, form, fault=_("发得太多或错得太多，请15分钟后再试。"), status=429)
    except NotSent:
        return _page(found, form, fault=_("短信没发出去，请过一会儿再试。"), status=503)
    return _page(found, form, is_sent=True)


def _check_phone(found: Delegation, token: str, phone: str) -> None:
    """Raises: WrongCode, Locked."""
    is_hers = phone_digest(phone, installation().pepper) == found.phone_digest
    guard(installation(), _DOOR, invitation_digest(token), lambda _work, _tried: is_hers)


@blueprint.post("/code")
@audience(Audience.PUBLIC)
@door
def check(token: str) -> _Answer:
    found, form = _find(token), PhoneForm()
    if found is None or not form.validate():
        return _page(found, form)
    try:
        _check_phone(found, token, form.phone.data)
        check_code(installation(), "phone", form.phone.data, form.code.data)
        come_in_as_asked(found.phone_digest)
    except WrongCode:
        return _page(found, form, is_sent=True, fault=_("验证码不对，或者过期了。"), status=422)
    except Locked:
        return _page(found, form, is_sent=True, fault=_("发得太多或错得太多，请15分钟后再试。"), status=429)
    except Conflict:
        said = _("这台手机上开着另一个人的体检。请先在“我的体检”里退出，再打开这个链接。")
        return _page(found, form, fault=said, status=409)
    remember_device(form.phone.data)
    return redirect(url_for("delegate.asked", delegation_id=found.id))
