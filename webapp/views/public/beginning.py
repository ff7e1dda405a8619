"""First tap, first question: a checkup begins before a firm is chosen, at the city's reception."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import find_started, start_checkup
from checkup.cases.models import Checkup
from checkup.owner.open_firms import has_room, is_open
from checkup.packs.catalogue import PACK
from cloud.cubes.act_rules import BEGUN
from cloud.cubes.cells import CHANNELS
from tenants.base import RECEPTION_ID
from tenants.business_details import BusinessDetails, describe
from tenants.businesses import CONSENT_PURPOSES
from tenants.campaign_steps import OPEN
from tenants.campaigns import links
from tenants.campaigns.screens import FIRST
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import Conflict
from tenants.firms import directory
from tenants.firms.reception import has_reception
from tenants.models import Firm
from tenants.people import start_guest
from webapp.campaigns.codes import REFUSED, asked_code, find_way
from webapp.campaigns.screens import note_screen
from webapp.edge.audiences import audience, public_work
from webapp.edge.devices import note_checkup
from webapp.edge.i18n import locale
from webapp.edge.installation import installation
from webapp.edge.people_here import (
    OwnerHere,
    come_in_as_owner,
    current_owner,
    go_to_checkup,
    own_act,
    remember_browser,
)
from webapp.edge.targets import onward
from webapp.forms.public import BeginForm, StartForm
from webapp.views.public.own_entries import own_entries

blueprint = Blueprint("beginning", __name__)
_BY_LINK = ("web", "cloud")


@blueprint.get("/start")
@audience(Audience.PUBLIC)
def first() -> Response | tuple[str, int]:
    """The first question, without a firm. Until the city has its reception she chooses one first."""
    with public_work() as work:
        if not has_reception(work):
            return redirect(url_for("public.home", _anchor="firms"))
    way = find_way(asked_code())
    if way is not None and way.standing != OPEN:
        return redirect(url_for("campaign.land", code=way.link.code))
    note_screen(FIRST, channel=_channel(), link_id=way.link.id if way else None)
    return _first_page(BeginForm(), way=way)


@blueprint.get("/f/<slug>/first")
@audience(Audience.PUBLIC)
def first_at(slug: str) -> Response | tuple[str, int]:
    """The first question, at a firm that she has chosen."""
    found, is_here = _find(slug)
    if not is_here:
        return redirect(url_for("public.firm", slug=slug))
    return _first_page(BeginForm(), found)


def _find(slug: str) -> tuple[Firm, bool]:
    """The firm, and whether an owner may begin there."""
    with public_work() as work:
        found = directory.find_firm(work, slug) or abort(404)
        return found, is_open(work, found.id)


def _first_page(form: BeginForm, firm: Firm | None = None, way: links.WayIn | None = None) -> tuple[str, int]:
    remember_browser()
    page = render_template("public/first.html", form=form, firm=firm, own=own_entries(), way=way)
    return page, form.status


@blueprint.post("/start")
@audience(Audience.PUBLIC)
def begin() -> Response | tuple[str, int]:
    """By a link of a campaign, if the address names one that still leads in; else its page says why not."""
    form, code = BeginForm(), asked_code()
    if not form.validate():
        return _first_page(form, way=find_way(code))
    try:
        return _begun(RECEPTION_ID, form, describe(trade=form.trade.data), {}, code)
    except Conflict as refused:
        if not code or refused.code not in REFUSED:
            raise
        return redirect(url_for("campaign.land", code=code))


@blueprint.post("/f/<slug>/first")
@audience(Audience.PUBLIC)
def begin_at(slug: str) -> Response | tuple[str, int]:
    found, is_here = _find(slug)
    if not is_here or not has_room(found):
        abort(409)
    form = BeginForm()
    if not form.validate():
        return _first_page(form, found)
    return _begun(found.id, form, describe(trade=form.trade.data), {})


@blueprint.get("/f/<slug>/start")
@audience(Audience.PUBLIC)
def all_at_once(slug: str) -> Response | tuple[str, int]:
    """Everything about the business on one page, for whoever fills it in at a desk."""
    found, is_here = _find(slug)
    if not is_here:
        return redirect(url_for("public.firm", slug=slug))
    return _whole_page(found, StartForm())


def _whole_page(found: Firm, form: StartForm) -> tuple[str, int]:
    remember_browser()
    return render_template("public/start.html", firm=found, form=form, own=own_entries()), form.status


@blueprint.post("/f/<slug>/start")
@audience(Audience.PUBLIC)
def begin_with_all(slug: str) -> Response | tuple[str, int]:
    found, is_here = _find(slug)
    if not is_here or not has_room(found):
        abort(409)
    form = StartForm()
    if not form.validate():
        return _whole_page(found, form)
    return _begun(found.id, form, form.details(), form.consents())


def _begun(
    firm_id: uuid.UUID, form: BeginForm | StartForm, details: BusinessDetails, consents: dict[str, bool], code: str = ""
) -> Response:
    """`code`: of a campaign's link. Raises: Conflict where that leads in no more."""
    here = None if form.apart.data else current_owner()
    told = {purpose: consents.get(purpose, False) for purpose in CONSENT_PURPOSES}
    checkup = _started(firm_id, form.told(), details, told, here, code)
    if here is None:
        come_in_as_owner(OwnerHere(checkup.owner_id, firm_id, checkup.id))
    else:
        go_to_checkup(firm_id, checkup.id)
    return onward(url_for("owner.go_on", checkup_id=checkup.id))


def _started(
    firm_id: uuid.UUID,
    told: str,
    details: BusinessDetails,
    consents: dict[str, bool],
    here: OwnerHere | None,
    code: str,
) -> Checkup:
    """A new checkup, of a new person where nobody is here; sent twice by one browser, it is the same."""
    once, guest = own_act(f"checkup {told}"), own_act(f"person {told}")
    with public_work(firm_id=firm_id) as work:
        if once is not None:
            enter_scope(work, Scope(Audience.OWNER, firm_id, guest if here is None else here.person_id))
            if (started := find_started(work, once)) is not None:
                return started
        if here is None:
            enter_scope(work, Scope(Audience.PUBLIC, firm_id))
        owner_id = start_guest(work, now(), guest).id if here is None else here.person_id
        enter_scope(work, Scope(Audience.OWNER, firm_id, owner_id, token=code or None))
        came_by = links.take(work, code) if code else None
        note_checkup(work, firm_id=firm_id, owner_id=owner_id, act=BEGUN)
        return start_checkup(
            work,
            firm_id=firm_id,
            owner_id=owner_id,
            details=details,
            consents=consents,
            pack_id=PACK,
            locale=locale(),
            keys=installation().keyring(),
            now=now(),
            channel=_channel(),
            once=once,
            came_by=came_by,
        )


def _channel() -> str:
    """The door she came through, as the link says; a helper's and the hotline's are theirs alone to name."""
    named = request.args.get("via", "")
    return named if named in _BY_LINK else CHANNELS[0]
