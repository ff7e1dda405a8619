"""The desk of campaigns, one for a bureau and for a firm: list, making, one page with its steps, kits, the report.

Each view runs in the scope of whoever is here; row security says what is hers, and `_is_ours` what she may change. Of a
firm's campaign its bureau reads everything and may end it.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.campaigns import links, making
from tenants.campaigns.models import Campaign
from tenants.campaigns.states import LIFE
from tenants.campaigns.told import read_funnels
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import NotFound
from tenants.firms.admission import list_supervised
from tenants.firms.states import SERVING as SERVING_FIRMS
from tenants.models import Firm, Partner
from tenants.parks.admission import list_known
from tenants.parks.states import SERVING
from webapp.campaigns.files import send_kit, send_report
from webapp.campaigns.papers import read_kit
from webapp.campaigns.report import Told, names_by_id
from webapp.campaigns.shown_screens import screens_page
from webapp.edge.audiences import Desk, actor, staff, staff_work
from webapp.edge.i18n import Named
from webapp.edge.i18n import translate as _
from webapp.forms.base import Form
from webapp.forms.outreach.campaigns import CampaignStepForm, FirmsForm, LinkForm, PartnersForm, PlaceForm, PlanForm

_Answer = Response | str | tuple[str, int]
_BUREAUS = (Audience.BUREAU,)
_STOP = "end"
_desk = Desk(Audience.BUREAU, Audience.FIRM)
_at, open_desk = _desk.at, _desk.open


@dataclass(frozen=True)
class _Beside:
    """Who takes part and who could, of a bureau's campaign; a firm's has itself alone."""

    taking_part: Sequence[Partner] = ()
    serving: Sequence[Partner] = ()
    firms: Sequence[Firm] = ()


@_at("")
def index() -> str:
    with staff_work() as work:
        rows = making.list_campaigns(work)
        found = work.scalars(select(Firm).where(Firm.id.in_({row.by_firm for row in rows})))
        makers = {one.id: one for one in found}
        return render_template("shared/campaigns.html", rows=rows, makers=makers, is_firms=_is_firms())


def _is_firms() -> bool:
    """Whether this is the desk of a firm."""
    return staff().firm_id is not None


def _is_ours(row: Campaign) -> bool:
    """A firm's are its own to change, all others their bureau's."""
    return row.by_firm == staff().firm_id


@_at("/screens", whose=_BUREAUS)
def screens() -> str:
    return screens_page("campaigns.index", _("专项"))


@_at("/new")
def new() -> _Answer:
    return _new(PlanForm(formdata=None))


def _new(form: PlanForm) -> tuple[str, int]:
    return render_template("shared/campaign_new.html", form=form, is_firms=_is_firms()), form.status


@_at("/new", "POST")
def make() -> _Answer:
    form, firm_id = PlanForm(), staff().firm_id
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                bureau_id = staff().bureau_id if firm_id is None else work.get_one(Firm, firm_id).bureau_id
                row = making.make_campaign(
                    work, form.plan(), bureau_id=bureau_id or abort(404), by_firm=firm_id, by=actor(), now=now()
                )
            return redirect(url_for(".one", campaign_id=row.id))
    return _new(form)


@_at("/<uuid:campaign_id>")
def one(campaign_id: uuid.UUID) -> _Answer:
    return _one(campaign_id)


def _one(campaign_id: uuid.UUID, **sent: Form) -> tuple[str, int]:
    """`sent`: the form that was refused, by its name on the page."""
    with staff_work() as work:
        row = making.get_campaign(work, campaign_id)
        beside = _read_beside(work, row)
        quotas = {firm.reader_id: firm.quota for firm in making.list_firms(work, row.id)}
        forms = _forms(row, beside, quotas) | sent
        _offer(forms, beside)
        page = render_template(
            "shared/campaign.html",
            row=row,
            is_ours=_is_ours(row),
            maker=work.get(Firm, row.by_firm) if row.by_firm else None,
            taking_part={one.id: one for one in beside.taking_part},
            firms=[(firm, quotas[firm.id]) for firm in beside.firms if firm.id in quotas],
            links=links.list_links(work, row.id),
            funnels=read_funnels(work, row.id),
            names=_names(work, row, beside),
            steps=[step for step in LIFE.moves_from(row.state) if _is_ours(row) or step == _STOP],
            events=making.list_events(work, row.id),
            **forms,
        )
    return page, max(form.status for form in forms.values())


def _forms(row: Campaign, beside: _Beside, quotas: Mapping[uuid.UUID, int]) -> dict[str, Form]:
    """Before anybody typed."""
    read_by = {"firms": tuple(map(str, quotas)), "quota": next(iter(quotas.values()), None)}
    partners = {"partners": tuple(str(one.id) for one in beside.taking_part)}
    return {
        "plan": PlanForm(formdata=None, data=PlanForm.of(row)),
        "partners": PartnersForm(formdata=None, data=partners),
        "readers": FirmsForm(formdata=None, data=read_by),
        "link": LinkForm(formdata=None) if row.by_firm is None else PlaceForm(formdata=None),
        "step": CampaignStepForm(formdata=None),
    }


def _offer(forms: Mapping[str, Form], beside: _Beside) -> None:
    for form in forms.values():
        match form:
            case PartnersForm():
                known = beside.taking_part
                form.offer([*known, *(one for one in beside.serving if one not in known)])
            case FirmsForm():
                form.offer(beside.firms)
            case LinkForm():
                form.offer(beside.taking_part)


def _read_beside(work: Session, row: Campaign) -> _Beside:
    if row.by_firm is not None:
        return _Beside()
    known, ids = list_known(work), set(making.list_partner_ids(work, row.id))
    return _Beside(
        [one for one in known if one.id in ids],
        [one for one in known if one.state == SERVING],
        [firm for firm in list_supervised(work) if firm.state in SERVING_FIRMS],
    )


def _names(work: Session, row: Campaign, beside: _Beside) -> dict[str, Named]:
    """Of those by whom its numbers are parted."""
    if row.by_firm is not None:
        return names_by_id({row.by_firm: work.get_one(Firm, row.by_firm)})
    return names_by_id({one.id: one for one in beside.taking_part})


def _change(
    campaign_id: uuid.UUID,
    name: str,
    form: Form,
    change: Callable[[Session, Campaign], object],
    *,
    may: Callable[[Campaign], bool] = _is_ours,
) -> _Answer:
    """One form of the page, done in a unit of its own; refused, the page again with what was typed.

    Raises: NotFound where it is not hers to change.
    """
    with form.faults_of_domain(), staff_work() as work:
        row = making.get_campaign(work, campaign_id, lock=True)
        if not may(row):
            raise NotFound
        _offer({name: form}, _read_beside(work, row))
        if form.validate():
            change(work, row)
            return redirect(url_for(".one", campaign_id=campaign_id))
    return _one(campaign_id, **{name: form})


@_at("/<uuid:campaign_id>/plan", "POST")
def plan(campaign_id: uuid.UUID) -> _Answer:
    form = PlanForm()
    return _change(
        campaign_id, "plan", form, lambda work, row: making.change_plan(work, row, form.plan(), today=city_day(now()))
    )


@_at("/<uuid:campaign_id>/partners", "POST", _BUREAUS)
def partners(campaign_id: uuid.UUID) -> _Answer:
    form = PartnersForm()
    return _change(campaign_id, "partners", form, lambda work, row: making.set_partners(work, row, form.wanted()))


@_at("/<uuid:campaign_id>/firms", "POST", _BUREAUS)
def readers(campaign_id: uuid.UUID) -> _Answer:
    form = FirmsForm()
    return _change(campaign_id, "readers", form, lambda work, row: making.set_firms(work, row, form.quotas()))


@_at("/<uuid:campaign_id>/links", "POST")
def add_link(campaign_id: uuid.UUID) -> _Answer:
    """One more code, for one place: of one partner, or of the firm."""
    form = LinkForm() if staff().firm_id is None else PlaceForm()

    def add(work: Session, row: Campaign) -> None:
        partner_id, cap = (uuid.UUID(form.partner.data), form.cap.data) if isinstance(form, LinkForm) else (None, 0)
        links.add_link(work, row, partner_id=partner_id, place=form.place.data, cap=cap or 0, now=now())

    return _change(campaign_id, "link", form, add)


@_at("/<uuid:campaign_id>/links/<uuid:link_id>/stop", "POST")
def stop_link(campaign_id: uuid.UUID, link_id: uuid.UUID) -> Response:
    with staff_work() as work:
        if not _is_ours(making.get_campaign(work, campaign_id)):
            raise NotFound
        links.stop_link(work, campaign_id=campaign_id, link_id=link_id, now=now())
    return redirect(url_for(".one", campaign_id=campaign_id))


@_at("/<uuid:campaign_id>/<any(open, drop, end):campaign_step>", "POST")
def move(campaign_id: uuid.UUID, campaign_step: str) -> _Answer:
    """By its maker; a bureau stops a firm's too, and says why."""
    form = CampaignStepForm()
    said = {"why": form.why.data, "by": actor(), "now": now()}
    return _change(
        campaign_id,
        "step",
        form,
        lambda work, row: making.move(work, row, campaign_step, **said),
        may=lambda row: _is_ours(row) or campaign_step == _STOP,
    )


@_at("/<uuid:campaign_id>/links/<uuid:link_id>")
def kit(campaign_id: uuid.UUID, link_id: uuid.UUID) -> str:
    """What hangs at this place, to look at and to print."""
    with staff_work() as work:
        held = read_kit(work, campaign_id=campaign_id, link_id=link_id)
    return render_template("shared/kit.html", row=held.campaign, link=held.link, pages=request.blueprint)


@_at("/<uuid:campaign_id>/links/<uuid:link_id>/<kit_size>/<kit_locale>.<file_kind>")
def kit_file(campaign_id: uuid.UUID, link_id: uuid.UUID, kit_size: str, kit_locale: str, file_kind: str) -> Response:
    with staff_work() as work:
        held = read_kit(work, campaign_id=campaign_id, link_id=link_id)
    return send_kit(held, kit_size, kit_locale, file_kind)


@_at("/<uuid:campaign_id>/report.<file_kind>")
def report(campaign_id: uuid.UUID, file_kind: str) -> Response:
    """The numbers of the page, and no other."""
    with staff_work() as work:
        row = making.get_campaign(work, campaign_id)
        told = Told(row, read_funnels(work, row.id), _names(work, row, _read_beside(work, row)))
    return send_report(told, file_kind)
