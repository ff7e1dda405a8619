"""A device becomes a kiosk by a venue code; its first page, on which the next visitor begins."""

from http import HTTPStatus

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from tenants.businesses import WEB
from tenants.campaigns.screens import FIRST
from tenants.clock import now
from tenants.database import Audience, enter_scope, unit_of_work
from tenants.login.throttle import Locked, WrongCode
from tenants.stations import kiosk_rules as rules
from tenants.stations.kiosks import Device, PairRefused, pair, venue_digest
from tenants.stations.visits import Visit, begin_visit, find_visit, hold_kiosk
from webapp.asking.guests import begin_for_guest
from webapp.campaigns.screens import note_screen
from webapp.edge.audiences import audience, public_work
from webapp.edge.i18n import COOKIE as LANGUAGE
from webapp.edge.i18n import LOCALES, lazy_gettext
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard
from webapp.edge.people_here import address, go_out
from webapp.edge.rates import door
from webapp.forms.helpers import KioskLocaleForm, KioskStartForm, PairForm
from webapp.views.kiosk.gate import device_scope, find_here, kiosk_page, pin

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk")
CHANNEL = DOOR = "kiosk"
_REFUSED = {
    rules.UNKNOWN: lazy_gettext("码不对。请再核对一遍。"),
    rules.USED: lazy_gettext("这个码已经用过了：一个码只开一台。请专员再给一个。"),
    rules.OVER: lazy_gettext("这个码过期了。请专员再给一个。"),
    rules.ENDED: lazy_gettext("这个码已经停用了。请专员再给一个。"),
    rules.RESTS: lazy_gettext("这个服务站暂停了，先不能用自助机。"),
}


@blueprint.get("/pair")
@audience(Audience.PUBLIC)
def ask_to_pair() -> tuple[str, int]:
    return _pair_page(PairForm(formdata=None))


def _pair_page(form: PairForm, *, fault: str = "", status: int = 200) -> tuple[str, int]:
    return kiosk_page("kiosk/pair.html", form=form, fault=fault), max(status, form.status)


@blueprint.post("/pair")
@audience(Audience.PUBLIC)
@door
def pair_device() -> Response | tuple[str, int]:
    """Whoever was logged in on this browser is out: a kiosk is nobody's."""
    form = PairForm()
    if not form.validate():
        return _pair_page(form)
    refused = rules.UNKNOWN
    digest = venue_digest(form.code.data, installation().pepper)

    def find() -> str | None:
        nonlocal refused
        with public_work(token=digest) as work:
            found = pair(work, digest=digest, now=now())
        if isinstance(found, PairRefused):
            refused = found.code
            return None
        return found

    try:
        token = guard(installation(), DOOR, address(), lambda _work, _tried: find())
    except WrongCode:
        return _pair_page(form, fault=str(_REFUSED[refused]), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Locked:
        return _pair_page(form, fault=_("错得太多，请15分钟后再试。"), status=HTTPStatus.TOO_MANY_REQUESTS)
    go_out()
    return pin(redirect(url_for("kiosk.start")), token)


@blueprint.get("")
@audience(Audience.PUBLIC)
def start() -> Response | tuple[str, int]:
    """What this is and a button; while somebody is in the middle, on with it."""
    here = find_here()
    if here is None:
        return redirect(url_for("kiosk.ask_to_pair"))
    if here.visit is not None:
        return redirect(url_for("kiosk_questions.go_on"))
    if not here.device.serves:
        return kiosk_page("kiosk/rests.html", device=here.device), HTTPStatus.FORBIDDEN
    return kiosk_page("kiosk/start.html", device=here.device), HTTPStatus.OK


@blueprint.post("")
@audience(Audience.PUBLIC)
def choose_language() -> Response:
    """The visitor's language, for this visit."""
    response = redirect(url_for("kiosk.first"))
    chosen = KioskLocaleForm().locale.data
    if chosen in LOCALES:
        is_safe = not installation().is_development
        response.set_cookie(LANGUAGE, chosen, samesite="Lax", httponly=True, secure=is_safe)
    return response


@blueprint.route("/first", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
def first() -> Response | tuple[str, int]:
    """The first question; with its answer the visit begins."""
    here, form = find_here(), KioskStartForm()
    if here is None or not here.device.serves or here.visit is not None:
        return redirect(url_for("kiosk.start"))
    if not form.validate_on_submit():
        note_screen(FIRST, channel=CHANNEL)
        return kiosk_page("kiosk/first.html", form=form), form.status
    _begin(here.device, form.trade.data)
    return redirect(url_for("kiosk_questions.go_on"))


def _begin(device: Device, trade: str) -> None:
    """A new person's new checkup at the city's reception, unless another tap was faster."""
    scope = device_scope()
    with unit_of_work(scope) as work:
        hold_kiosk(work, device.kiosk.id)
        if find_visit(work, device.kiosk.id, now(), touches=True) is not None:
            return
        row = begin_for_guest(work, trade=trade, channel=CHANNEL, said_by=WEB)
        enter_scope(work, scope)
        begin_visit(work, device.kiosk.id, Visit(row.owner_id, row.id), now())
