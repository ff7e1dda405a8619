"""An owner comes in by WeChat or 随申办: at once where it is linked, else she shows her phone first. Never required."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from tenants.database import Audience, Scope, unit_of_work
from tenants.login.sign_ins import find_linked
from webapp.edge.audiences import audience
from webapp.edge.observed import note_knock
from webapp.edge.people_here import OwnerHere, come_in_as_owner, current_owner
from webapp.forms.owner import PhoneForm
from webapp.outside.vouching import NotVouched
from webapp.signing_in.doors import has_door, opens_here
from webapp.signing_in.proving import Proved, prove, send_there
from webapp.signing_in.waiting import begin_waiting, find_waiting
from webapp.views.owner.phone_login import home_of
from webapp.views.owner.signing_in.linking import TOLD_APART, phone_page, refused

blueprint = Blueprint("sign_in", __name__, url_prefix="/me/sign-in/<any(wechat, suishenban):account>")


@blueprint.get("")
@audience(Audience.PUBLIC)
def go(account: str) -> Response | tuple[str, int]:
    if not has_door(account):
        abort(404)
    if not opens_here(account):
        return refused(account, "elsewhere")
    try:
        return send_there(account)
    except NotVouched as fault:
        return _stays_outside(account, fault)


@blueprint.get("/back")
@audience(Audience.PUBLIC)
def back(account: str) -> Response | tuple[str, int]:
    if not has_door(account):
        abort(404)
    if not request.args and find_waiting() is not None:  # the same page once more, in another language
        return redirect(url_for("linking.phone"))
    try:
        proved = prove(account)
    except NotVouched as fault:
        return _stays_outside(account, fault)
    with unit_of_work(Scope(Audience.AUTH, token=proved.digest)) as work:
        person_id = find_linked(work, proved.digest)
    if person_id is None:
        return _ask_for_phone(proved)
    here = current_owner()
    if here is not None and here.person_id != person_id:  # what she has begun here is never laid aside silently
        return refused(account, "somebody_here")
    come_in_as_owner(replace(here or OwnerHere(person_id), has_phone=True))
    note_knock(account, "in", proved.digest[:TOLD_APART])
    return redirect(url_for(home_of(person_id)))


def _ask_for_phone(proved: Proved) -> Response | tuple[str, int]:
    """A number that was told for her stands on this very answer, and is kept nowhere."""
    begin_waiting(proved)
    if not proved.phone:
        return redirect(url_for("linking.phone"))
    form = PhoneForm(formdata=None, data={"phone": proved.phone})
    return phone_page(form, 200, provider=proved.provider, is_told=True)


def _stays_outside(provider: str, fault: NotVouched) -> tuple[str, int]:
    note_knock(provider, "wrong")
    return refused(provider, fault.why)
