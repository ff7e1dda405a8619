"""An owner takes over the record that was begun for her: by its number and her code, each wrong one counted."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.assisting.claiming import ClaimTarget, claim, claim_digest, find_claim, plain_number
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import NotFound
from tenants.login.throttle import Locked, WrongCode
from tenants.typed.text import for_machines
from webapp.edge.audiences import audience, public_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard
from webapp.edge.people_here import OwnerHere, come_in_as_owner
from webapp.edge.rates import door
from webapp.forms.helpers import ClaimForm

blueprint = Blueprint("claiming", __name__, url_prefix="/claim")
DOOR = "claim"


@blueprint.get("")
@audience(Audience.PUBLIC)
def show() -> tuple[str, int]:
    number = for_machines(request.args.get("number", ""))[:60]
    return _page(ClaimForm(formdata=None, data={"number": number}))


def _page(form: ClaimForm, *, fault: str = "", status: int = 200) -> tuple[str, int]:
    return render_template("public/claim.html", form=form, fault=fault), max(status, form.status)


@blueprint.post("")
@audience(Audience.PUBLIC)
@door
def take_over() -> Response | tuple[str, int]:
    """A wrong number and a wrong code look the same; five wrong ones lock the number for a quarter of an hour."""
    form = ClaimForm()
    if not form.validate():
        return _page(form)
    number = plain_number(form.number.data)
    digest = claim_digest(number, form.code.data, installation().pepper)
    try:
        target = guard(installation(), DOOR, number, lambda _work, _tried: _claimed(digest))
    except WrongCode:
        return _page(
            form, fault=_("体检号或认领码不对、用过了、或者过期了。请再核对，或者请专员再发一个。"), status=422
        )
    except Locked:
        return _page(form, fault=_("错得太多，请15分钟后再试。"), status=429)
    come_in_as_owner(OwnerHere(target.owner_id, target.firm_id, target.checkup_id))
    return redirect(url_for("owner_helpers.show", checkup_id=target.checkup_id, claimed=1))


def _claimed(digest: str) -> ClaimTarget | None:
    with public_work(token=digest) as work:
        target = find_claim(work, digest, now())
    if target is None:
        return None
    try:
        with unit_of_work(Scope(Audience.OWNER, target.firm_id, target.owner_id)) as work:
            claim(work, target=target, digest=digest, by=Actor(target.owner_id, _("店主本人")), now=now())
    except NotFound:
        return None
    return target
