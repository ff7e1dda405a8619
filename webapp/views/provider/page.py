"""A body's own page: what owners read of it, and who works with referrals there."""

import datetime as dt
import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.fees.asked import sum_up_body
from checkup.referrals.numbers import read_years
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.login import bodies
from tenants.models import Provider
from tenants.providers.admission import get_provider
from tenants.providers.directory import list_people
from tenants.providers.own import add_person, rest_person, set_words
from webapp.edge.audiences import actor, audience, provider_id, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.record_links import invite_officer
from webapp.forms.providers import InviteOfficerForm, ProviderPersonForm, WordsForm

blueprint = Blueprint("provider_page", __name__, url_prefix="/provider")
_Answer = Response | tuple[str, int]


@blueprint.get("/page")
@audience(Audience.PROVIDER, may="handle")
def show() -> _Answer:
    with staff_work() as work:
        row = get_provider(work, provider_id())
    return _page(row, WordsForm(formdata=None, data=WordsForm.of(row)).offer(row.kind))


def _page(row: Provider, form: WordsForm) -> tuple[str, int]:
    may_change = "run_body" in staff().permissions
    return render_template("provider/page.html", row=row, form=form, may_change=may_change), form.status


@blueprint.post("/page")
@audience(Audience.PROVIDER, may="run_body")
def save() -> _Answer:
    form = WordsForm()
    with staff_work() as work:
        row = get_provider(work, provider_id(), lock=True)
        with form.faults_of_domain():
            if form.offer(row.kind).validate():
                set_words(work, row, form.words())
                return redirect(url_for("provider_page.show"))
    return _page(row, form)


@blueprint.get("/numbers")
@audience(Audience.PROVIDER, may="handle")
def numbers() -> str:
    with staff_work() as work:
        years = read_years(work, provider_id(), city_day(now()))
        money = {year: sum_up_body(work, *_days_of(year)) for year, _work, _told in years}
    return render_template("provider/numbers.html", years=years, money=money)


def _days_of(year: int) -> tuple[dt.date, dt.date]:
    """Its first day, and the first of the next."""
    return dt.date(year, 1, 1), dt.date(year + 1, 1, 1)


@blueprint.get("/people")
@audience(Audience.PROVIDER, may="handle")
def people() -> _Answer:
    return _people(InviteOfficerForm(formdata=None), ProviderPersonForm(formdata=None))


def _people(inviting: InviteOfficerForm, adding: ProviderPersonForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        row = get_provider(work, provider_id())
        page = render_template(
            "provider/people.html",
            row=row,
            people=list_people(work, row.id),
            officers=bodies.list_officers(work, row),
            invitations=bodies.list_open(work, row, now()) if "run_body" in staff().permissions else (),
            may_change="run_body" in staff().permissions,
            inviting=inviting,
            adding=adding.offer(row.kind),
            notice=notice,
        )
    return page, 409 if notice else max(inviting.status, adding.status)


@blueprint.post("/people")
@audience(Audience.PROVIDER, may="run_body")
def add() -> _Answer:
    """A mediator, notary or expert whom owners may be given."""
    form = ProviderPersonForm()
    with staff_work() as work:
        row = get_provider(work, provider_id())
        with form.faults_of_domain():
            if form.offer(row.kind).validate():
                said = {name: form.data[name] for name in ("name", "calling", "services", "languages", "disclosure")}
                add_person(work, row, **said)
                return redirect(url_for("provider_page.people"))
    return _people(InviteOfficerForm(formdata=None), form)


@blueprint.post("/people/<uuid:person_id>/rest")
@audience(Audience.PROVIDER, may="run_body")
def rest(person_id: uuid.UUID) -> Response:
    """She is shown to owners no more."""
    with staff_work() as work:
        rest_person(work, provider_id=provider_id(), person_id=person_id, is_active=False)
    return redirect(url_for("provider_page.people"))


@blueprint.post("/people/invite")
@audience(Audience.PROVIDER, may="run_body")
def invite() -> _Answer:
    form = InviteOfficerForm()
    with form.faults_of_domain():
        if form.validate():
            with staff_work() as work:
                row = get_provider(work, provider_id())
                invite_officer(work, installation(), row, email=form.email.data, role=form.role.data)
            return redirect(url_for("provider_page.people"))
    return _people(form, ProviderPersonForm(formdata=None))


@blueprint.post("/people/invitations/<uuid:invitation_id>/cancel")
@audience(Audience.PROVIDER, may="run_body")
def cancel(invitation_id: uuid.UUID) -> Response:
    with staff_work() as work:
        bodies.cancel(work, get_provider(work, provider_id()), invitation_id=invitation_id, now=now())
    return redirect(url_for("provider_page.people"))


@blueprint.post("/people/<uuid:person_id>/end")
@audience(Audience.PROVIDER, may="run_body")
def end(person_id: uuid.UUID) -> _Answer:
    """An officer is out from the next request on."""
    try:
        with staff_work() as work:
            row = get_provider(work, provider_id())
            bodies.end_post(work, row, person_id=person_id, by=actor(), now=now())
    except Conflict:
        again = (InviteOfficerForm(formdata=None), ProviderPersonForm(formdata=None))
        return _people(*again, notice=_("最后一位负责人不能离开：请先请另一位来管。"))
    return redirect(url_for("provider_page.people"))
