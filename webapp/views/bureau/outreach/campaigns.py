"""A bureau's campaigns: made, filled with partners, firms and codes, begun and ended."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.campaigns import links, making
from tenants.campaigns.models import Campaign
from tenants.campaigns.states import LIFE
from tenants.campaigns.told import read_funnels
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.firms.admission import list_supervised
from tenants.firms.states import SERVING as SERVING_FIRMS
from tenants.models import Firm, Partner
from tenants.parks.admission import list_known
from tenants.parks.states import SERVING
from webapp.campaigns.desk import screens_page
from webapp.campaigns.files import send_kit, send_report
from webapp.campaigns.papers import read_kit
from webapp.campaigns.report import Told, names_by_id
from webapp.edge.audiences import actor, audience, bureau_id, staff_work
from webapp.edge.i18n import translate as _
from webapp.forms.base import Form
from webapp.forms.outreach.campaigns import CampaignStepForm, FirmsForm, LinkForm, PartnersForm, PlanForm

blueprint = Blueprint("campaigns", __name__, url_prefix="/bureau/campaigns")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def index() -> str:
    with staff_work() as work:
        return render_template("bureau/campaigns.html", rows=making.list_campaigns(work))


@blueprint.get("/screens")
@audience(Audience.BUREAU, may="supervise")
def screens() -> str:
    return screens_page("campaigns.index", _("专项"))


@blueprint.get("/new")
@audience(Audience.BUREAU, may="supervise")
def new() -> _Answer:
    return _new(PlanForm(formdata=None))


def _new(form: PlanForm) -> tuple[str, int]:
    return render_template("bureau/campaign_new.html", form=form), form.status


@blueprint.post("/new")
@audience(Audience.BUREAU, may="supervise")
def make() -> _Answer:
    form = PlanForm()
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                row = making.make_campaign(work, form.plan(), bureau_id=bureau_id(), by=actor(), now=now())
            return redirect(url_for("campaigns.one", campaign_id=row.id))
    return _new(form)


@blueprint.get("/<uuid:campaign_id>")
@audience(Audience.BUREAU, may="supervise")
def one(campaign_id: uuid.UUID) -> _Answer:
    return _one(campaign_id)


def _one(campaign_id: uuid.UUID, **sent: Any) -> tuple[str, int]:
    """`sent`: the form that was refused, by its name on the page."""
    with staff_work() as work:
        row = making.get_campaign(work, campaign_id)
        taking_part, serving = _partners(work, row)
        firms, held = _firms(work), making.list_firms(work, row.id)
        quotas = {firm.reader_id: firm.quota for firm in held}
        told = {"firms": tuple(map(str, quotas)), "quota": next(iter(quotas.values()), None)}
        forms: dict[str, Form] = {
            "plan": PlanForm(formdata=None, data=PlanForm.of(row)),
            "partners": PartnersForm(formdata=None, data={"partners": tuple(str(one.id) for one in taking_part)}),
            "readers": FirmsForm(formdata=None, data=told),
            "link": LinkForm(formdata=None),
            "step": CampaignStepForm(formdata=None),
            **sent,
        }
        page = render_template(
            "bureau/campaign.html",
            row=row,
            taking_part={one.id: one for one in taking_part},
            firms=[(firm, quotas[firm.id]) for firm in firms if firm.id in quotas],
            links=links.list_links(work, row.id),
            funnels=read_funnels(work, row.id),
            names=names_by_id({one.id: one for one in taking_part}),
            steps=LIFE.moves_from(row.state),
            events=making.list_events(work, row.id),
            **_offered(forms, taking_part, serving, firms),
        )
    return page, max(form.status for form in forms.values())


def _offered(
    forms: dict[str, Form], taking_part: Sequence[Partner], serving: Sequence[Partner], firms: Sequence[Firm]
) -> dict[str, Form]:
    for form in forms.values():
        match form:
            case PartnersForm():
                form.offer([*taking_part, *(one for one in serving if one not in taking_part)])
            case FirmsForm():
                form.offer(firms)
            case LinkForm():
                form.offer(taking_part)
    return forms


def _partners(work: Session, row: Campaign) -> tuple[list[Partner], list[Partner]]:
    """Those that take part, and those that could."""
    known, ids = list_known(work), set(making.list_partner_ids(work, row.id))
    return [one for one in known if one.id in ids], [one for one in known if one.state == SERVING]


def _firms(work: Session) -> list[Firm]:
    return [firm for firm in list_supervised(work) if firm.state in SERVING_FIRMS]


def _change(campaign_id: uuid.UUID, name: str, form: Form, change: Callable[[Session, Campaign], object]) -> _Answer:
    """One form of the page, done in a unit of its own; refused, the page again with what was typed."""
    with form.faults_of_domain(), staff_work() as work:
        row = making.get_campaign(work, campaign_id, lock=True)
        _offered({name: form}, *_partners(work, row), _firms(work))
        if form.validate():
            change(work, row)
            return redirect(url_for("campaigns.one", campaign_id=campaign_id))
    return _one(campaign_id, **{name: form})


@blueprint.post("/<uuid:campaign_id>/plan")
@audience(Audience.BUREAU, may="supervise")
def plan(campaign_id: uuid.UUID) -> _Answer:
    form = PlanForm()
    return _change(
        campaign_id, "plan", form, lambda work, row: making.change_plan(work, row, form.plan(), today=city_day(now()))
    )


@blueprint.post("/<uuid:campaign_id>/partners")
@audience(Audience.BUREAU, may="supervise")
def partners(campaign_id: uuid.UUID) -> _Answer:
    form = PartnersForm()
    return _change(campaign_id, "partners", form, lambda work, row: making.set_partners(work, row, form.wanted()))


@blueprint.post("/<uuid:campaign_id>/firms")
@audience(Audience.BUREAU, may="supervise")
def readers(campaign_id: uuid.UUID) -> _Answer:
    form = FirmsForm()
    return _change(campaign_id, "readers", form, lambda work, row: making.set_firms(work, row, form.quotas()))


@blueprint.post("/<uuid:campaign_id>/links")
@audience(Audience.BUREAU, may="supervise")
def add_link(campaign_id: uuid.UUID) -> _Answer:
    """One more code, for one place of one partner."""
    form = LinkForm()

    def add(work: Session, row: Campaign) -> None:
        said = {"partner_id": uuid.UUID(form.partner.data), "place": form.place.data, "cap": form.cap.data or 0}
        links.add_link(work, row, **said, now=now())

    return _change(campaign_id, "link", form, add)


@blueprint.post("/<uuid:campaign_id>/links/<uuid:link_id>/stop")
@audience(Audience.BUREAU, may="supervise")
def stop_link(campaign_id: uuid.UUID, link_id: uuid.UUID) -> Response:
    with staff_work() as work:
        links.stop_link(work, campaign_id=campaign_id, link_id=link_id, now=now())
    return redirect(url_for("campaigns.one", campaign_id=campaign_id))


@blueprint.post("/<uuid:campaign_id>/<any(open, drop, end):campaign_step>")
@audience(Audience.BUREAU, may="supervise")
def move(campaign_id: uuid.UUID, campaign_step: str) -> _Answer:
    form = CampaignStepForm()
    said = {"why": form.why.data, "by": actor(), "now": now()}
    return _change(campaign_id, "step", form, lambda work, row: making.move(work, row, campaign_step, **said))


@blueprint.get("/<uuid:campaign_id>/links/<uuid:link_id>")
@audience(Audience.BUREAU, may="supervise")
def kit(campaign_id: uuid.UUID, link_id: uuid.UUID) -> str:
    """What hangs at this place, to look at and to print."""
    with staff_work() as work:
        held = read_kit(work, campaign_id=campaign_id, link_id=link_id)
    return render_template("shared/kit.html", row=held.campaign, link=held.link, pages="campaigns")


@blueprint.get("/<uuid:campaign_id>/links/<uuid:link_id>/<kit_size>/<kit_locale>.<file_kind>")
@audience(Audience.BUREAU, may="supervise")
def kit_file(campaign_id: uuid.UUID, link_id: uuid.UUID, kit_size: str, kit_locale: str, file_kind: str) -> Response:
    with staff_work() as work:
        held = read_kit(work, campaign_id=campaign_id, link_id=link_id)
    return send_kit(held, kit_size, kit_locale, file_kind)


@blueprint.get("/<uuid:campaign_id>/report.<file_kind>")
@audience(Audience.BUREAU, may="supervise")
def report(campaign_id: uuid.UUID, file_kind: str) -> Response:
    """The numbers of the page, and no other."""
    with staff_work() as work:
        row = making.get_campaign(work, campaign_id)
        partners, _serving = _partners(work, row)
        told = Told(row, read_funnels(work, row.id), names_by_id({one.id: one for one in partners}))
    return send_report(told, file_kind)
