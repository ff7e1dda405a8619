"""What questions and a firm must know of her business, and which firm shall read: her choice, or the fastest, which
says why. Until then nobody reads anything."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases import checkups
from checkup.cases.asking import due_before_a_firm
from checkup.cases.checkups import OpenCheckup
from checkup.cases.onward import PAGES, SHOP
from checkup.owner.choosing import choose_firm
from checkup.owner.details import tell_more
from checkup.owner.erasure import find_receipt
from checkup.owner.open_firms import has_room, list_open_firms
from checkup.owner.transfer import MOVABLE
from tenants.audit import Actor
from tenants.campaigns.links import find_campaign_of, list_readers
from tenants.campaigns.models import Campaign
from tenants.campaigns.screens import CHOICE
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import NotFound
from tenants.firms.directory import list_fastest
from tenants.firms.reception import is_reception
from tenants.models import Firm
from webapp.campaigns.screens import note_screen
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.edge.people_here import current_owner, go_to_checkup
from webapp.edge.targets import onward
from webapp.forms.about import AboutForm, ChooseFirmForm, with_unsaid
from webapp.wording.chosen_firms import fastest_words

blueprint = Blueprint("choosing", __name__, url_prefix="/checkup/<uuid:checkup_id>")
FASTEST = "fastest"
NEEDS_DETAILS = ("relief", "relief_status")
AT_A_FIRM = frozenset(
    {
        "talk",
        "letter",
        "fees",
        "relief",
        "relief_status",
        "owner_hours",
        "help",
        "complaints",
        "rating",
        "work_wish",
        "calls",
    }
)


@dataclass(frozen=True)
class _Offer:
    """The firms that a case could go to; `first` of them have room for the campaign that she came by."""

    firms: Sequence[Firm]
    campaign: Campaign | None = None
    first: frozenset[uuid.UUID] = frozenset()

    def before(self, firm: Firm) -> bool:
        return firm.id in self.first


@dataclass(frozen=True)
class _Choice:
    """The firm that was chosen, and how it was found."""

    firm: Firm
    why: str


@blueprint.before_app_request
def choose_first() -> Response | None:
    """What a firm or a bureau would have to answer has nobody to reach while the case lies at the reception."""
    checkup_id = (request.view_args or {}).get("checkup_id")
    if request.blueprint not in AT_A_FIRM or checkup_id is None or current_owner() is None:
        return None
    waits = is_reception(owner_scope().firm_id) or (request.blueprint in NEEDS_DETAILS and _lacks(checkup_id))
    return redirect(url_for("choosing.show", checkup_id=checkup_id)) if waits else None


def _lacks(checkup_id: uuid.UUID) -> bool:
    """Whether the business is not yet told as far as its size and its place."""
    with owner_work() as work:
        told = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys()).told
    return bool(due_before_a_firm(told))


@blueprint.get("/firm")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> Response | str:
    opened, offer = _opened(checkup_id)
    if opened.row.state not in MOVABLE:
        return redirect(url_for("owner.go_on", checkup_id=checkup_id))
    note_screen(CHOICE, channel=opened.row.channel, link_id=opened.row.link_id)
    return _page(opened, offer, _form(opened))


def _opened(checkup_id: uuid.UUID) -> tuple[OpenCheckup, _Offer]:
    """The case, and the firms it could go to: its own, if it has one, first; then those of her campaign."""
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        firms, link_id = list_open_firms(work), opened.row.link_id
        first = frozenset[uuid.UUID]() if link_id is None else frozenset(list_readers(work, link_id))
        campaign = find_campaign_of(work, link_id) if first else None
    firms = sorted(firms, key=lambda firm: (firm.id != opened.row.firm_id, firm.id not in first, firm.name))
    return opened, _Offer(firms, campaign, first)


def _form(opened: OpenCheckup) -> ChooseFirmForm:
    form = ChooseFirmForm()
    form.needs(due_before_a_firm(opened.told), opened.told.trade)
    return form


def _page(opened: OpenCheckup, offer: _Offer, form: ChooseFirmForm) -> str:
    asked = due_before_a_firm(opened.told)
    near = opened.told.district
    listed = sorted(offer.firms, key=lambda firm: (not offer.before(firm), bool(near) and firm.district != near))
    return render_template(
        "owner/choose_firm.html",
        checkup=opened.row,
        form=form,
        fields=[form[name] for name in asked],
        firms=listed,
        campaign=offer.campaign,
        first=offer.first,
        is_waiting=is_reception(opened.row.firm_id),
        fastest=FASTEST,
    )


@blueprint.post("/firm")
@audience(Audience.OWNER)
def choose(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """Twice is once: what has moved already is found among her own."""
    with owner_work() as work:
        known = find_receipt(work, checkup_id)
    if known is not None and known.asked_by == "moved":
        return redirect(url_for("me.show"))
    scope = owner_scope()
    opened, offer = _opened(checkup_id)
    form = _form(opened)
    if not form.validate():
        return _page(opened, offer, form), form.status
    told = with_unsaid(form, opened.told)
    chosen = _chosen(opened, form, offer, str(told.get("district") or opened.told.district)) or abort(404)
    with owner_work() as work:
        row = choose_firm(
            work,
            scope=scope,
            checkup_id=checkup_id,
            to_firm=chosen.firm.id,
            why=chosen.why,
            told=told,
            consents=form.consents(),
            by=Actor(scope.person_id, _("店主本人")),
            keys=case_keys(),
            now=now(),
        )
    go_to_checkup(row.firm_id, row.id)
    if request.args.get("then") == "call":
        return redirect(url_for("calls.show", checkup_id=row.id))
    if not row.review_wanted:
        return redirect(url_for("owner.go_on", checkup_id=row.id))
    return redirect(url_for("names.show", checkup_id=row.id))


def _chosen(opened: OpenCheckup, form: ChooseFirmForm, offer: _Offer, district: str) -> _Choice | None:
    """By name; or of those with room the one that has time soonest, of her campaign's if any has, and not the one where
    the case lies already."""
    if form.firm.data != FASTEST:
        named = next((firm for firm in offer.firms if firm.slug == form.firm.data), None)
        return None if named is None or _has_no_room(named, opened) else _Choice(named, _("您自己选的"))
    others = [firm for firm in offer.firms if firm.id != opened.row.firm_id]
    for among in (list(filter(offer.before, others)), others):
        drawn = list_fastest(among, district=district, language=locale())
        found = next((one for one in drawn if has_room(one.firm)), None)
        if found is not None:
            return _Choice(found.firm, fastest_words(found, offer.campaign if offer.before(found.firm) else None))
    return None


def _has_no_room(firm: Firm, opened: OpenCheckup) -> bool:
    return firm.id != opened.row.firm_id and not has_room(firm)


@blueprint.route("/about/<what>", methods=["GET", "POST"])
@audience(Audience.OWNER)
def ask(checkup_id: uuid.UUID, what: str) -> Response | tuple[str, int]:
    """`what`: `shop` for form and people, `revenue` or `assets`."""
    if what not in PAGES:
        raise NotFound
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
    form = AboutForm()
    form.ask(PAGES[what], opened.told.trade)
    if not form.validate_on_submit():
        return _about(opened, form, what), form.status
    told = with_unsaid(form, opened.told)
    with owner_work() as work:
        by = Actor(owner_scope().person_id, _("店主本人"))
        tell_more(work, checkup_id=checkup_id, told=told, by=by, keys=case_keys(), now=now())
    return onward(url_for("owner.go_on", checkup_id=checkup_id))


def _about(opened: OpenCheckup, form: AboutForm, what: str) -> str:
    fields = [form[name] for name in PAGES[what]]
    return render_template(
        "owner/about.html", checkup=opened.row, form=form, fields=fields, is_money=what != SHOP, told=opened.told
    )
