"""Gatherings as anybody sees them: the calendar, a seat, the door. Nobody says who she is."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bureau.gatherings import reading, seats
from bureau.gatherings.door_rules import SHUTS_AFTER, is_door_open, is_fresh
from bureau.gatherings.models import Gathering, Handout
from bureau.gatherings.states import ANNOUNCED, OFF, OVER
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, NotFound
from tenants.files import read_file
from tenants.rows import get_by_key
from webapp.edge.audiences import audience, public_work
from webapp.edge.i18n import locale
from webapp.edge.installation import installation
from webapp.edge.rates import door as guarded_door
from webapp.edge.uploads import send_paper
from webapp.forms.outreach.gatherings import DoorForm, PlaceForm, SeatForm
from webapp.gatherings.calendar import send_calendar
from webapp.gatherings.door import door_key, forget_seat, held_token, remember_seat
from webapp.wording.outreach.gathering_words import find_lesson

blueprint = Blueprint("gatherings", __name__, url_prefix="/events")
_Answer = Response | tuple[str, int]
_GONE, _NOT_NOW, _UNKNOWN = 410, 409, 404


@blueprint.get("")
@audience(Audience.PUBLIC)
def index() -> str:
    form = PlaceForm(request.args)
    with public_work() as work:
        rows = reading.list_to_come(work, now=now(), district=form.district.data)
    return render_template("public/gatherings.html", rows=rows, form=form)


@blueprint.get("/calendar.ics")
@audience(Audience.PUBLIC)
def every_calendar() -> Response:
    """All that is to come, for a calendar that looks again by itself."""
    with public_work() as work:
        rows = reading.list_to_come(work, now=now())
    return send_calendar(rows, page=_page_address(), name="famai-events", made_at=now())


def _page_address() -> str:
    return installation().public_url + url_for("gatherings.index")


@blueprint.get("/<number>")
@audience(Audience.PUBLIC)
def show(number: str) -> _Answer:
    return _show(number, SeatForm(formdata=None))


def _show(number: str, form: SeatForm) -> tuple[str, int]:
    token = held_token(number)
    with public_work(token=token or None) as work:
        row = reading.get_by_number(work, number)
        room = seats.room_of(work, row.id)
        seat = seats.find_seat(work, row.id) if token else None
        page = render_template(
            "public/gathering.html",
            row=row,
            room=room,
            why=reading.find_why_off(work, row.id),
            seat=seat if seat is not None and seat.state != "left" else None,
            host=reading.find_host(work, row),
            partner=reading.find_partner(work, row),
            speakers=reading.list_speakers(work, row.id),
            lesson=find_lesson(row.lesson),
            handout=work.get(Handout, row.id),
            is_near=row.state == ANNOUNCED and is_door_open(row.begins_at, row.ends_at, now()),
            form=form,
        )
    return page, _GONE if room in (OVER, OFF) and not form.errors else form.status


@blueprint.post("/<number>")
@audience(Audience.PUBLIC)
@guarded_door
def take(number: str) -> _Answer:
    """A seat, or a place in the line; whoever has one already is shown hers."""
    form = SeatForm()
    if not form.validate():
        return _show(number, form)
    held = held_token(number)
    if held and _has_seat(number, held):
        return redirect(url_for(".seat", number=number, token=held))
    settings, token = installation(), seats.new_token()
    said = {"phone": form.phone.data, "master": settings.master_key, "locale": locale()}
    try:
        with public_work(token=token) as work:
            row = reading.get_by_number(work, number)
            seats.take_seat(work, row, token=token, **said, now=now())
    except Conflict:  # over or called off: its page says which
        return _show(number, form)
    remember_seat(number, token)
    return redirect(url_for(".seat", number=number, token=token))


def _has_seat(number: str, token: str) -> bool:
    with public_work(token=token) as work:
        found = seats.find_seat(work, reading.get_by_number(work, number).id)
        return found is not None and found.state != "left"


@blueprint.get("/<number>.ics")
@audience(Audience.PUBLIC)
def calendar(number: str) -> Response:
    with public_work() as work:
        row = reading.get_by_number(work, number)
    return send_calendar([row], page=_page_address(), name=row.number, made_at=now())


@blueprint.get("/<number>/handout")
@audience(Audience.PUBLIC)
def handout(number: str) -> Response:
    with public_work() as work:
        held = get_by_key(work, Handout, reading.get_by_number(work, number).id)
    return send_paper(read_file(installation().files_url, held.path), held.media_type)


@blueprint.get("/<number>/seats/<token>")
@audience(Audience.PUBLIC)
def seat(number: str, token: str) -> str:
    """Her seat, by the link that she alone has."""
    with public_work(token=token) as work:
        row = reading.get_by_number(work, number)
        held = seats.find_seat(work, row.id)
        if held is None:
            raise NotFound
        partner = reading.find_partner(work, row)
        told = {"partner": partner, "why": reading.find_why_off(work, row.id), "is_over": row.ends_at <= now()}
    return render_template("public/gathering_seat.html", row=row, seat=held, **told)


@blueprint.post("/<number>/seats/<token>/leave")
@audience(Audience.PUBLIC)
@guarded_door
def leave(number: str, token: str) -> Response:
    """Given back; twice changes nothing."""
    with public_work(token=token) as work:
        row = reading.get_by_number(work, number)
        held = seats.find_seat(work, row.id, lock=True)
        if held is None:
            raise NotFound
        if held.state in ("held", "waiting"):
            seats.leave(work, held)
    forget_seat(number)
    return redirect(url_for(".seat", number=number, token=token))


@blueprint.get("/<number>/door")
@audience(Audience.PUBLIC)
def ask(number: str) -> Response | str:
    """Whoever cannot scan types the code."""
    form = DoorForm(request.args)
    if form.code.data:
        return redirect(url_for(".door", number=number, code=form.code.data))
    with public_work() as work:
        row = reading.get_by_number(work, number)
    return render_template("public/gathering_code.html", row=row, form=form)


@blueprint.get("/<number>/door/<code>")
@audience(Audience.PUBLIC)
def door(number: str, code: str) -> _Answer:
    """One button; what only looks at links signs nobody in."""
    return _door(number, code, "ready")


def _door(number: str, code: str, wanted: str) -> _Answer:
    with public_work() as work:
        row = reading.get_by_number(work, number)
        standing, other = _judge(row, code), None
        if standing == "stale" and (other := reading.find_whose_code(work, code, key=door_key(), now=now())):
            standing = "other"
    status = {"ready": 200, "shut": _NOT_NOW, "other": _NOT_NOW, "over": _GONE, "stale": _GONE}[standing]
    shown = wanted if standing == "ready" else standing
    return render_template("public/gathering_door.html", row=row, code=code, standing=shown, other=other), status


def _judge(row: Gathering, code: str) -> str:
    """`ready`, or why this code lets nobody in: the door is `shut`, it is `over`, the code is `stale`."""
    if row.state != ANNOUNCED or now() >= row.ends_at + SHUTS_AFTER:
        return "over"
    if not is_door_open(row.begins_at, row.ends_at, now()):
        return "shut"
    return "ready" if is_fresh(code, door_key(), row.id, now()) else "stale"


@blueprint.post("/<number>/door/<code>")
@audience(Audience.PUBLIC)
@guarded_door
def sign_in(number: str, code: str) -> _Answer:
    token = held_token(number) or seats.new_token()
    with public_work(token=token) as work:
        row = reading.get_by_number(work, number)
        is_in = _judge(row, code) == "ready"
        was_in = is_in and seats.come(work, row, token=token, locale=locale(), now=now())[1]
    if not is_in:
        return _door(number, code, "")
    remember_seat(number, token)
    return redirect(url_for(".seat", number=number, token=token, again="yes" if was_in else None))
