"""A bureau's indicators, its frozen editions and the reports written from them."""

import mimetypes
import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from bureau.reports.edition_rules import from_bytes, total_score
from bureau.reports.editions import find_before, freeze_edition, get_edition, list_editions
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
from webapp.forms.steering import IndicatorForm, PeriodForm
from webapp.report_editions import FILES, LAST_WRITTEN, draft, known_measures, report_path, topic_names

blueprint = Blueprint("reports", __name__, url_prefix="/bureau")


@blueprint.get("/reports")
@audience(Audience.BUREAU, may="supervise")
def index() -> tuple[str, int]:
    return _index(PeriodForm(data={"period": str(city_day(now()).year)}))


def _index(form: PeriodForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        editions = list_editions(work, bureau_id())
    page = render_template("bureau/reports.html", editions=editions, form=form, notice=notice)
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
def show(edition_id: uuid.UUID) -> str:
    language = "en" if locale() == "en" else "zh-Hans"
    with staff_work() as work:
        edition = get_edition(work, bureau_id=bureau_id(), edition_id=edition_id)
        before = find_before(work, edition)
    document = Writer(from_bytes(edition.content), before, language, topic_names()[language]).document()
    is_written = has_file(installation().files_url, report_path(edition, LAST_WRITTEN))
    return render_template(
        "bureau/report.html",
        edition=edition,
        body=Markup(render_fragment(document)),  # noqa: S704 - rendered by our own autoescaping templates
        files=FILES if is_written else (),
    )


@blueprint.get("/reports/<uuid:edition_id>/<name>")
@audience(Audience.BUREAU, may="supervise")
def file(edition_id: uuid.UUID, name: str) -> Response:
    if name not in FILES:
        abort(404)
    with staff_work() as work:
        edition = get_edition(work, bureau_id=bureau_id(), edition_id=edition_id)
    files_url, path = installation().files_url, report_path(edition, name)
    if not has_file(files_url, path):
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
