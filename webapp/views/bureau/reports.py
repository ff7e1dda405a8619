"""A bureau's indicators, its frozen editions and the reports written from them."""

import mimetypes
import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from bureau.reports.edition_rules import from_bytes, is_withheld, total_score
from bureau.reports.editions import (
    find_before,
    freeze_edition,
    get_edition,
    list_editions,
    list_withdrawals,
    withdraw_edition,
)
from bureau.reports.files import render_fragment
from bureau.reports.indicators import define_indicator, list_indicators, retire_indicator
from bureau.reports.writing import Writer
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.files import has_file, read_file
from webapp.edge.audiences import actor, audience, bureau_id, staff, staff_work
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.forms.steering import IndicatorForm, PeriodForm, WithdrawForm
from webapp.report_editions import FILES, LAST_WRITTEN, draft, known_measures, report_path, topic_names

blueprint = Blueprint("reports", __name__, url_prefix="/bureau")


@blueprint.get("/reports")
@audience(Audience.BUREAU, may="supervise")
def index() -> tuple[str, int]:
    return _index(PeriodForm(data={"period": str(city_day(now()).year)}))


def _index(form: PeriodForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        editions, withdrawn = list_editions(work, bureau_id()), list_withdrawals(work, bureau_id())
    provisional = {one.id for one in editions if from_bytes(one.content).is_provisional}
    page = render_template(
        "bureau/reports.html",
        editions=editions,
        withdrawn=withdrawn,
        provisional=provisional,
        form=form,
        notice=notice,
    )
    return page, 409 if notice else form.status


@blueprint.post("/reports")
@audience(Audience.BUREAU, may="supervise")
def freeze() -> Response | tuple[str, int]:
    form = PeriodForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    frozen = draft(work, bureau_id=bureau_id(), period=form.period.data)
                    row = freeze_edition(work, bureau_id=bureau_id(), frozen=frozen, by=actor(), now=now())
                return redirect(url_for("reports.show", edition_id=row.id))
    except Conflict:
        return _index(form, _("和上一版的数字完全一样，不用再冻结。"))
    return _index(form)


@blueprint.get("/reports/<uuid:edition_id>")
@audience(Audience.BUREAU, may="supervise")
def show(edition_id: uuid.UUID) -> tuple[str, int]:
    return _page(edition_id, WithdrawForm())


def _page(edition_id: uuid.UUID, form: WithdrawForm) -> tuple[str, int]:
    language = "en" if locale() == "en" else "zh-Hans"
    with staff_work() as work:
        edition = get_edition(work, bureau_id=bureau_id(), edition_id=edition_id)
        before = find_before(work, edition)
        withdrawn = list_withdrawals(work, bureau_id()).get(edition.id)
    frozen = from_bytes(edition.content)
    document = Writer(frozen, before, language, topic_names()[language]).document()
    is_written = has_file(installation().files_url, report_path(edition, LAST_WRITTEN))
    page = render_template(
        "bureau/report.html",
        edition=edition,
        body=Markup(render_fragment(document)),  # noqa: S704 - rendered by our own autoescaping templates
        files=FILES if is_written else (),
        is_provisional=frozen.is_provisional,
        withdrawn=withdrawn,
        form=form,
    )
    return page, form.status


@blueprint.post("/reports/<uuid:edition_id>/withdraw")
@audience(Audience.BUREAU, may="supervise")
def withdraw(edition_id: uuid.UUID) -> Response | tuple[str, int]:
    form = WithdrawForm()
    if not form.validate():
        return _page(edition_id, form)
    try:
        with staff_work() as work:
            withdraw_edition(
                work, bureau_id=bureau_id(), edition_id=edition_id, why=form.why.data, by=actor(), now=now()
            )
    except Conflict:
        return _page(edition_id, WithdrawForm(formdata=None))[0], 409
    return redirect(url_for("reports.show", edition_id=edition_id))


@blueprint.get("/reports/<uuid:edition_id>/<name>")
@audience(Audience.BUREAU, may="supervise")
def file(edition_id: uuid.UUID, name: str) -> Response:
    if name not in FILES:
        abort(404)
    with staff_work() as work:
        edition = get_edition(work, bureau_id=bureau_id(), edition_id=edition_id)
        is_withdrawn = edition.id in list_withdrawals(work, bureau_id())
    files_url, path = installation().files_url, report_path(edition, name)
    if is_withdrawn or not has_file(files_url, path):
        abort(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    named = {"Content-Disposition": f'attachment; filename="{edition.period}-{edition.number}-{name}"'}
    return Response(read_file(files_url, path), mimetype=kind, headers=named)


@blueprint.get("/indicators")
@audience(Audience.BUREAU, may="supervise")
def indicators() -> tuple[str, int]:
    return _indicators(IndicatorForm(measures=known_measures()))


def _indicators(form: IndicatorForm) -> tuple[str, int]:
    with staff_work() as work:
        rows = list_indicators(work, bureau_id())
        frozen = draft(work, bureau_id=bureau_id(), period=str(city_day(now()).year))
    page = render_template(
        "bureau/indicators.html",
        rows=rows,
        rated={one.definition.key: one for one in frozen.rated},
        withheld={one.definition.key for one in frozen.rated if is_withheld(one, frozen.book)},
        total=total_score(frozen.rated),
        mine=bureau_id(),
        form=form,
    )
    return page, form.status


@blueprint.post("/indicators")
@audience(Audience.BUREAU, may="supervise")
def define() -> Response | tuple[str, int]:
    form = IndicatorForm(measures=known_measures())
    if not form.validate():
        return _indicators(form)
    with staff_work() as work:
        by = staff().person_id
        define_indicator(work, bureau_id=bureau_id(), definition=form.definition(), by=by, now=now())
    return redirect(url_for("reports.indicators"))


@blueprint.post("/indicators/<uuid:indicator_id>/retire")
@audience(Audience.BUREAU, may="supervise")
def retire(indicator_id: uuid.UUID) -> Response:
    with staff_work() as work:
        retire_indicator(work, bureau_id=bureau_id(), indicator_id=indicator_id)
    return redirect(url_for("reports.indicators"))
