"""The queue of a station: who is there takes a number, sees how many are before her, and says nothing of herself."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.stations import queue_rules as rules
from tenants.stations.queue import find_held, get_venue, read_line, take_number
from tenants.stations.states import SERVING
from tenants.typed.codes import MINTED
from tenants.typed.codes import code as read_code
from webapp.asking.venue_queue import holder_here
from webapp.edge.audiences import audience, public_work
from webapp.edge.rates import door

blueprint = Blueprint("venue", __name__, url_prefix="/queue")
_Answer = Response | tuple[str, int]
_STATUS = {"": 200, rules.RESTS: 403, rules.CLOSED: 409, rules.FULL: 409, rules.ENOUGH: 429}


@blueprint.get("/<code>")
@audience(Audience.PUBLIC)
def show(code: str) -> _Answer:
    """Her number and how it stands, or the button for one; it renews itself."""
    return _page(code)


def _page(code: str, why: str = "") -> tuple[str, int]:
    """`why`: the number that was asked for just now is not given."""
    today = city_day(now())
    with public_work(token=read_code(code, MINTED)) as work:
        station, queue = get_venue(work)
        held = find_held(work, station.id, today=today, holder=holder_here(station.id, today))
        if station.state != SERVING:
            why, held = rules.RESTS, None
        elif not why and held is None and queue.open_on != today:
            why = rules.CLOSED
        line = read_line(work, station.id, today)
        page = render_template(
            "public/venue.html", station=station, is_open=queue.open_on == today, held=held, line=line, why=why
        )
    return page, _STATUS[why]


@blueprint.post("/<code>")
@audience(Audience.PUBLIC)
@door
def take(code: str) -> _Answer:
    """A number; whoever has one is shown hers."""
    today = city_day(now())
    try:
        with public_work(token=read_code(code, MINTED)) as work:
            venue = get_venue(work)
            take_number(work, venue, holder=holder_here(venue.station.id, today), today=today, now=now())
    except Conflict as refusal:
        return _page(code, refusal.code)
    return redirect(url_for(".show", code=code))
