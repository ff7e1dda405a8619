"""The queue at a helper's station: opened and closed, numbers given by hand, called, and what became of them."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, NotFound
from tenants.stations import queue_rules as rules
from tenants.stations.queue import close_queue, find_queue, give_number, move_number, open_queue, read_line
from webapp.asking.venue_queue import LANGUAGES, SIZES, print_square, square
from webapp.edge.audiences import audience, staff_work, station_id
from webapp.edge.downloads import file_response
from webapp.edge.i18n import translate as _
from webapp.views.helper.gate import at_work, standing

blueprint = Blueprint("helper_queue", __name__, url_prefix="/helper/queue")
_Answer = Response | tuple[str, int]
_STEPS = {step for _state, step in rules.LIFE.moves}


@blueprint.get("")
@audience(Audience.HELPER, may="help")
@at_work
def show() -> _Answer:
    return _page()


def _page(*, given: int = 0, fault: str = "") -> tuple[str, int]:
    """`given`: the number that was given by hand just now; `fault`: why a step was not taken."""
    today = city_day(now())
    with staff_work() as work:
        queue, line = find_queue(work, station_id()), read_line(work, station_id(), today)
        page = render_template(
            "helper/queue.html",
            is_open=queue is not None and queue.open_on == today,
            square=square(queue.code) if queue is not None else "",
            papers=[(size, language) for size in SIZES for language in LANGUAGES],
            line=line,
            given=given,
            fault=fault,
        )
    return page, 409 if fault else 200


@blueprint.post("/open")
@audience(Audience.HELPER, may="help")
@at_work
def begin() -> _Answer:
    return _do(lambda work: open_queue(work, station_id(), city_day(now())))


@blueprint.post("/close")
@audience(Audience.HELPER, may="help")
@at_work
def close() -> _Answer:
    return _do(lambda work: close_queue(work, station_id()))


@blueprint.post("/<int:number>/<step>")
@audience(Audience.HELPER, may="help")
@at_work
def move(number: int, step: str) -> _Answer:
    """Of two helpers who call one number the slower is told so, and sees who is next."""
    if step not in _STEPS:
        raise NotFound
    at, told = now(), _("{number}刚有同事办了这一步，下面是现在的样子。", number=rules.spoken(number))
    return _do(lambda work: move_number(work, station_id(), number, step=step, today=city_day(at), now=at), told)


def _do(step: Callable[[Session], None], refused: str = "") -> _Answer:
    try:
        with staff_work() as work:
            step(work)
    except Conflict:
        return _page(fault=refused)
    return redirect(url_for("helper_queue.show"))


@blueprint.post("/give")
@audience(Audience.HELPER, may="help")
@at_work
def give() -> _Answer:
    """For whoever has no phone: to be said aloud."""
    at = now()
    try:
        with staff_work() as work:
            number = give_number(work, station_id(), today=city_day(at), now=at).number
    except Conflict as refusal:
        is_full = refusal.code == rules.FULL
        return _page(fault=_("今天的号都发完了。") if is_full else _("还没开始发号，先点“开始发号”。"))
    return _page(given=number)


@blueprint.get("/paper/<kit_size>/<kit_locale>.pdf")
@audience(Audience.HELPER, may="help")
@at_work
def paper(kit_size: str, kit_locale: str) -> Response:
    """The square to be hung up or put on a table."""
    with staff_work() as work:
        queue = find_queue(work, station_id())
    if queue is None:
        raise NotFound
    content = print_square(standing().station, queue.code, size=kit_size, locale=kit_locale)
    return file_response(content, "application/pdf", f"famai-queue-{kit_size}-{kit_locale}.pdf")
