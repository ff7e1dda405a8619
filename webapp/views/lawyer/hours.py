"""我的公益工时: a lawyer's own hours, from the trace to the proof."""

import uuid
from collections.abc import Callable, Sequence

from flask import Blueprint, abort, jsonify, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.hours import entries, states
from bureau.hours.activity_trace import note_beat
from bureau.hours.models import HourEntry
from bureau.hours.moves import Lawyer
from bureau.hours.rule_book import book_of_firm
from bureau.hours.suggestions import refresh_suggestions
from bureau.hours.time_spans import parse_spans, show_spans
from bureau.quality.anomalies import reply_to_anomaly
from bureau.recognition.lawyer_page import Desk, list_claimable, load_desk, load_entry, load_trace
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import audience, staff, staff_work, year_asked
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.forms.base import Form
from webapp.forms.lawyer_hours import AmendForm, ClinicForm, ReplyForm
from webapp.forms.staff import one_each
from webapp.wording.hour_words import CONFLICTS

blueprint = Blueprint("hours", __name__, url_prefix="/lawyer")


def me() -> Lawyer:
    held = staff()
    return Lawyer(held.firm_id or abort(404), held.person_id, held.name)


@blueprint.post("/checkups/<uuid:checkup_id>/beat")
@audience(Audience.FIRM, may="review")
def beat(checkup_id: uuid.UUID) -> Response:
    """The page is in use this minute: the moment is the server's, and nothing else is told."""
    with staff_work() as work:
        minutes = note_beat(work, checkup_id=checkup_id, lawyer_id=me().id, now=now())
    return jsonify(minutes=minutes)


@blueprint.get("/hours")
@audience(Audience.FIRM, may="review")
def show() -> tuple[str, int]:
    return _page()


def _page(sent: Form | None = None, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        desk = load_desk(work, lawyer=me(), year=year_asked())
    page = render_template(
        "lawyer/hours/desk.html",
        desk=desk,
        notice=notice,
        amends=_amends(desk.entries, sent),
        replies=_replies(desk, sent),
        sent=sent,
    )
    return page, 409 if notice else sent.status if sent else 200


def _amends(rows: Sequence[HourEntry], sent: Form | None) -> dict[object, AmendForm]:
    forms = one_each(AmendForm, [one.id for one in rows], sent)
    for one in rows:
        forms[one.id].times.fill(show_spans(one.spans))
    return forms


def _replies(desk: Desk, sent: Form | None) -> dict[object, ReplyForm]:
    ids = [one.id for one in desk.entries] + [one.id for one in desk.anomalies]
    forms = one_each(ReplyForm, ids, sent)
    for one in desk.anomalies:
        forms[one.id].reply.fill(one.reply)
    return forms


def _step(do: Callable[[Session], object], form: Form | None = None) -> Response | tuple[str, int]:
    """One step on one entry; what is refused comes back with everything that was typed."""
    form = form or Form()
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    do(work)
                return redirect(url_for("hours.show"))
    except Conflict as conflict:
        return _page(form, _(CONFLICTS[conflict.code]))
    return _page(form)


@blueprint.post("/hours/suggest")
@audience(Audience.FIRM, may="review")
def suggest() -> Response | tuple[str, int]:
    """Suggestions from all of the trace, also of cases that are not signed yet."""
    return _step(lambda work: refresh_suggestions(work, lawyer=me(), today=city_day(now()), now=now()))


@blueprint.post("/hours/<uuid:entry_id>/submit")
@audience(Audience.FIRM, may="review")
def submit(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    return _step(lambda work: entries.submit(work, lawyer=me(), entry_id=entry_id, now=now()))


@blueprint.post("/hours/<uuid:entry_id>/drop")
@audience(Audience.FIRM, may="review")
def drop(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    return _step(lambda work: entries.drop(work, lawyer=me(), entry_id=entry_id, now=now()))


@blueprint.post("/hours/<uuid:entry_id>/correct")
@audience(Audience.FIRM, may="review")
def correct(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    """Other times, with a note: a new entry that names this one."""
    form = AmendForm(at=str(entry_id))

    def do(work: Session) -> None:
        day = entries.get_mine(work, lawyer=me(), entry_id=entry_id).day
        spans, note = parse_spans(form.times.data, day), form.note.data
        entries.correct(work, lawyer=me(), entry_id=entry_id, spans=spans, note=note, keys=case_keys(), now=now())

    return _step(do, form)


@blueprint.post("/hours/<uuid:entry_id>/reply")
@audience(Audience.FIRM, may="review")
def reply(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    form = ReplyForm(at=str(entry_id))
    return _step(
        lambda work: entries.reply(work, lawyer=me(), entry_id=entry_id, words=form.reply.data, now=now()), form
    )


@blueprint.post("/hours/anomalies/<uuid:anomaly_id>/reply")
@audience(Audience.FIRM, may="review")
def explain(anomaly_id: uuid.UUID) -> Response | tuple[str, int]:
    form, lawyer_id = ReplyForm(at=str(anomaly_id)), me().id

    def do(work: Session) -> None:
        reply_to_anomaly(work, anomaly_id=anomaly_id, lawyer_id=lawyer_id, words=form.reply.data, now=now())

    return _step(do, form)


@blueprint.get("/hours/<uuid:entry_id>")
@audience(Audience.FIRM, may="review")
def entry(entry_id: uuid.UUID) -> str:
    with staff_work() as work:
        found, events = load_entry(work, lawyer=me(), entry_id=entry_id)
        if found is None:
            abort(404)
        note = entries.open_note(work, entry=found, keys=case_keys())
        names = book_of_firm(work, me().firm_id).names()
    may_correct = states.LIFE.may(found.state, "replace") and found.firm_id == me().firm_id
    return render_template(
        "lawyer/hours/entry.html",
        entry=found,
        events=events,
        note=note,
        names=names,
        may_correct=may_correct,
        form=_amends([found], None)[found.id],
    )


@blueprint.get("/hours/trace")
@audience(Audience.FIRM, may="review")
def trace() -> str:
    with staff_work() as work:
        days = load_trace(work, lawyer=me(), today=city_day(now()))
    return render_template("lawyer/hours/trace.html", days=days)


@blueprint.route("/hours/clinic", methods=["GET", "POST"])
@audience(Audience.FIRM, may="review")
def clinic() -> Response | tuple[str, int]:
    """Time off the platform, by form."""
    today = city_day(now())
    with staff_work() as work:
        form = ClinicForm().offer(list_claimable(book_of_firm(work, me().firm_id), today))
    with form.faults_of_domain():
        if form.validate_on_submit():
            with staff_work() as work:
                entries.add_clinic(work, lawyer=me(), clinic=form.clinic(), now=now())
            return redirect(url_for("hours.show"))
    return render_template("lawyer/hours/clinic.html", form=form, today=today), form.status
