"""The bureau's hours: by firm and lawyer, one entry's history, anomalies, categories, the shortlist."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bureau.hours.rule_book import list_categories, load_book, set_category
from bureau.hours.totals import (
    get_entry_of,
    list_entries,
    list_firm_totals,
    list_history,
    list_lawyer_totals,
    with_target,
)
from bureau.quality.anomalies import list_anomalies, settle_anomaly
from bureau.quality.results import STEPS, decide_as_bureau
from bureau.recognition.award_evidence import collect, write_workbook
from bureau.recognition.certificates import make_shortlist
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.firms.admission import get_supervised, list_supervised
from webapp.edge.audiences import actor, audience, bureau_id, staff, staff_scope, staff_work, year_asked
from webapp.edge.i18n import translate as _
from webapp.forms.bureau import AnomalyForm, EntryForm
from webapp.forms.staff import one_each
from webapp.forms.steering import CategoryForm
from webapp.wording.hour_words import CONFLICTS

blueprint = Blueprint("bureau_hours", __name__, url_prefix="/bureau/hours")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def show() -> str:
    year = year_asked()
    with staff_work() as work:
        book = load_book(work, bureau_id())
        lawyers = [with_target(one.totals, year=year, book=book) for one in list_lawyer_totals(work, year=year)]
        return render_template(
            "bureau/hours/firms.html",
            year=year,
            firms=list_firm_totals(work, year=year),
            reached=sum(one.is_reached for one in lawyers),
            lawyers=len(lawyers),
            waiting=list_entries(work, year=year, states=("replied",)),
            names=book.names(),
        )


@blueprint.get("/firms/<uuid:firm_id>")
@audience(Audience.BUREAU, may="supervise")
def firm(firm_id: uuid.UUID) -> str:
    year = year_asked()
    with staff_work() as work:
        found = get_supervised(work, firm_id)
        book = load_book(work, found.bureau_id)
        totals = list_lawyer_totals(work, year=year, firm_id=firm_id)
        entries = [e for e in list_entries(work, year=year, firm_id=firm_id) if e.state not in ("suggested", "dropped")]
    return render_template(
        "bureau/hours/firm.html",
        year=year,
        firm=found,
        lawyers=[(one, with_target(one.totals, year=year, book=book)) for one in totals],
        entries=entries,
        names=book.names(),
    )


@blueprint.get("/<uuid:entry_id>")
@audience(Audience.BUREAU, may="supervise")
def entry(entry_id: uuid.UUID) -> tuple[str, int]:
    return _entry_page(entry_id, EntryForm())


def _entry_page(entry_id: uuid.UUID, form: EntryForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        found = get_entry_of(work, entry_id)
        events = list_history(work, entry_id=entry_id)
        names = load_book(work, bureau_id()).names()
    steps = () if found.state == "submitted" and found.checkup_id else STEPS.get(found.state, ())
    page = render_template(
        "bureau/hours/entry.html", entry=found, events=events, names=names, steps=steps, notice=notice, form=form
    )
    return page, 409 if notice else form.status


@blueprint.post("/<uuid:entry_id>")
@audience(Audience.BUREAU, may="supervise")
def decide(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    form, scope = EntryForm(), staff_scope()
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    decide_as_bureau(
                        work,
                        scope=scope,
                        entry_id=entry_id,
                        step=form.step.data,
                        why=form.why.data,
                        by=actor(),
                        now=now(),
                    )
                return redirect(url_for("bureau_hours.entry", entry_id=entry_id))
    except Conflict as conflict:
        return _entry_page(entry_id, form, _(CONFLICTS[conflict.code]))
    return _entry_page(entry_id, form)


@blueprint.get("/anomalies")
@audience(Audience.BUREAU, may="supervise")
def anomalies() -> tuple[str, int]:
    return _anomalies_page()


def _anomalies_page(sent: AnomalyForm | None = None, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        found = list_anomalies(work)
        firms = {one.id: one.name for one in list_supervised(work)}
    forms = one_each(AnomalyForm, [one.id for one in found], sent)
    page = render_template("bureau/hours/anomalies.html", found=found, firms=firms, notice=notice, forms=forms)
    return page, 409 if notice else sent.status if sent else 200


@blueprint.post("/anomalies/<uuid:anomaly_id>")
@audience(Audience.BUREAU, may="supervise")
def settle(anomaly_id: uuid.UUID) -> Response | tuple[str, int]:
    form = AnomalyForm(at=str(anomaly_id))
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    settle_anomaly(work, anomaly_id=anomaly_id, why=form.why.data, now=now())
                return redirect(url_for("bureau_hours.anomalies"))
    except Conflict as conflict:
        return _anomalies_page(form, _(CONFLICTS[conflict.code]))
    return _anomalies_page(form)


@blueprint.route("/categories", methods=["GET", "POST"])
@audience(Audience.BUREAU, may="supervise")
def categories() -> Response | tuple[str, int]:
    """What counts and how much, from a future day on; what was claimed before keeps its rule."""
    form = CategoryForm()
    if form.validate_on_submit():
        with staff_work() as work:
            set_category(
                work,
                bureau_id=bureau_id(),
                code=form.code.data,
                name=form.name.data,
                name_en=form.name_en.data or form.name.data,
                weight=form.weight.data,
                from_on=form.from_on.data,
                by=staff().person_id,
                now=now(),
            )
        return redirect(url_for("bureau_hours.categories"))
    with staff_work() as work:
        book, rows = load_book(work, bureau_id()), list_categories(work, bureau_id())
    held = book.categories(city_day(now()))
    return render_template("bureau/hours/categories.html", now_held=held, rows=rows, form=form), form.status


@blueprint.get("/shortlist")
@audience(Audience.BUREAU, may="supervise")
def shortlist() -> str:
    with staff_work() as work:
        made = make_shortlist(work, bureau_id=bureau_id(), year=year_asked())
        firms = {one.id: one.name for one in list_supervised(work)}
    return render_template("bureau/hours/shortlist.html", made=made, firms=firms, year=made.year)


@blueprint.get("/shortlist.xlsx")
@audience(Audience.BUREAU, may="supervise")
def evidence() -> Response:
    """The bundle of proof; that it was taken is in every firm's log."""
    with staff_work() as work:
        made = make_shortlist(work, bureau_id=bureau_id(), year=year_asked())
        sheets = collect(work, made, now=now())
        for firm_id in {one.firm_id for one in made.lawyers}:
            audit.note(work, firm_id=firm_id, act="hours.exported", by=actor(), why=str(made.year))
    headers = {"Content-Disposition": f'attachment; filename="famai-shortlist-{made.year}.xlsx"'}
    return Response(write_workbook(sheets), mimetype=_XLSX, headers=headers)
