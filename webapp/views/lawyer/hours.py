"""我的公益工时: a lawyer's own hours, from the trace to the proof."""

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.hours import entries, states
from bureau.hours.activity_trace import note_beat
from bureau.hours.clinics import parse_clinic
from bureau.hours.moves import Lawyer
from bureau.hours.rule_book import book_of_firm
from bureau.hours.suggestions import refresh_suggestions
from bureau.hours.time_spans import parse_spans
from bureau.quality.anomalies import reply_to_anomaly
from bureau.recognition.lawyer_page import list_claimable, load_desk, load_entry, load_trace
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from webapp.edge.audiences import audience, staff, staff_work, year_asked
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
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
def show() -> str:
    return _page()


def _page(notice: str | None = None, at: uuid.UUID | None = None) -> str:
    with staff_work() as work:
        desk = load_desk(work, lawyer=me(), year=year_asked())
    typed = {key: value[:500] for key, value in request.form.items()}
    return render_template("lawyer/hours/desk.html", desk=desk, notice=notice, at=at, typed=typed)


def _step(do: Callable[[Session], object], at: uuid.UUID | None = None) -> Response | tuple[str, int]:
    """One step on one entry; what is refused comes back with everything that was typed."""
    try:
        with staff_work() as work:
            do(work)
    except Conflict as conflict:
        return _page(_(CONFLICTS[conflict.code]), at), 409
    except Invalid as invalid:
        return _page(" ".join(fault_text(fault) for fault in invalid.faults), at), 422
    return redirect(url_for("hours.show"))


@blueprint.post("/hours/suggest")
@audience(Audience.FIRM, may="review")
def suggest() -> Response | tuple[str, int]:
    """Suggestions from all of the trace, also of cases that are not signed yet."""
    return _step(lambda work: refresh_suggestions(work, lawyer=me(), today=city_day(now()), now=now()))


@blueprint.post("/hours/<uuid:entry_id>/submit")
@audience(Audience.FIRM, may="review")
def submit(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    return _step(lambda work: entries.submit(work, lawyer=me(), entry_id=entry_id, now=now()), entry_id)


@blueprint.post("/hours/<uuid:entry_id>/drop")
@audience(Audience.FIRM, may="review")
def drop(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    return _step(lambda work: entries.drop(work, lawyer=me(), entry_id=entry_id, now=now()), entry_id)


@blueprint.post("/hours/<uuid:entry_id>/correct")
@audience(Audience.FIRM, may="review")
def correct(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    """Other times, with a note: a new entry that names this one."""
    times, note = request.form.get("times", ""), request.form.get("note", "")

    def do(work: Session) -> None:
        day = entries.get_mine(work, lawyer=me(), entry_id=entry_id).day
        spans = parse_spans(times, day)
        entries.correct(work, lawyer=me(), entry_id=entry_id, spans=spans, note=note, keys=case_keys(), now=now())

    return _step(do, entry_id)


@blueprint.post("/hours/<uuid:entry_id>/reply")
@audience(Audience.FIRM, may="review")
def reply(entry_id: uuid.UUID) -> Response | tuple[str, int]:
    words = request.form.get("reply", "")
    return _step(lambda work: entries.reply(work, lawyer=me(), entry_id=entry_id, words=words, now=now()), entry_id)


@blueprint.post("/hours/anomalies/<uuid:anomaly_id>/reply")
@audience(Audience.FIRM, may="review")
def explain(anomaly_id: uuid.UUID) -> Response | tuple[str, int]:
    words = request.form.get("reply", "")
    return _step(
        lambda work: reply_to_anomaly(work, anomaly_id=anomaly_id, lawyer_id=me().id, words=words, now=now()),
        anomaly_id,
    )


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
        "lawyer/hours/entry.html", entry=found, events=events, note=note, names=names, may_correct=may_correct
    )


@blueprint.get("/hours/trace")
@audience(Audience.FIRM, may="review")
def trace() -> str:
    with staff_work() as work:
        days = load_trace(work, lawyer=me(), today=city_day(now()))
    return render_template("lawyer/hours/trace.html", days=days)


@blueprint.route("/hours/clinic", methods=["GET", "POST"])
@audience(Audience.FIRM, may="review")
def clinic() -> Response | str | tuple[str, int]:
    """Time off the platform, by form."""
    today, faults = city_day(now()), dict[str, str]()
    with staff_work() as work:
        categories = list_claimable(book_of_firm(work, me().firm_id), today)
        if request.method == "POST":
            try:
                form = parse_clinic(request.form, categories=[one.code for one in categories], today=today)
                entries.add_clinic(work, lawyer=me(), clinic=form, now=now())
                return redirect(url_for("hours.show"))
            except Invalid as invalid:
                faults = {fault.field: fault_text(fault) for fault in invalid.faults}
    page = render_template(
        "lawyer/hours/clinic.html", categories=categories, typed=request.form, faults=faults, today=today
    )
    return (page, 422) if faults else page
