"""The lawyer's queue: filtered, in views of one's own; and what one has room for."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.desk import capacities, queue
from checkup.desk.filters import parse_filters
from checkup.desk.models import Capacity
from checkup.packs.catalogue import get_pack
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Invalid
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.errors import fault_text
from webapp.views.lawyer import queue_page
from webapp.wording.codes import PACK

blueprint = Blueprint("desk", __name__, url_prefix="/lawyer")
_FIELDS = ("a_month", "from_hour", "to_hour", "away_until")


@blueprint.post("/views")
@audience(Audience.FIRM, may="review")
def save_view() -> Response | tuple[str, int]:
    filters = parse_filters(request.form)
    try:
        with staff_work() as work:
            given = {"firm_id": queue_page.firm_id(), "person_id": staff().person_id, "filters": filters}
            queue.save_view(work, **given, name=request.form.get("name", ""))
    except Invalid as invalid:
        return queue_page.show(fault_text(invalid.faults[0])), 422
    return redirect(f"{url_for('lawyer.queue')}?{filters.query()}")


@blueprint.post("/views/<uuid:view_id>/drop")
@audience(Audience.FIRM, may="review")
def drop_view(view_id: uuid.UUID) -> Response:
    with staff_work() as work:
        queue.drop_view(work, view_id=view_id, person_id=staff().person_id)
    return redirect(url_for("lawyer.queue"))


@blueprint.route("/room", methods=["GET", "POST"])
@audience(Audience.FIRM, may="review")
def room() -> Response | str | tuple[str, int]:
    """How many cases a month, in which areas, languages and hours; away until when."""
    if request.method == "GET":
        return _room_page({})
    given = {"domains": request.form.getlist("domains"), "languages": request.form.getlist("languages")}
    try:
        with staff_work() as work:
            capacities.set_capacity(
                work, firm_id=queue_page.firm_id(), by=actor(), raw=request.form, **given, now=now()
            )
    except Invalid as invalid:
        return _room_page({fault.field: fault_text(fault) for fault in invalid.faults}), 422
    return redirect(url_for("desk.room"))


def _room_page(faults: dict[str, str]) -> str:
    me = staff().person_id
    with staff_work() as work:
        held = capacities.find_capacity(work, firm_id=queue_page.firm_id(), person_id=me)
        rooms = capacities.list_rooms(work, firm_id=queue_page.firm_id(), now=now())
    return render_template(
        "lawyer/room.html",
        form=_typed() if faults else _held(held),
        mine=next((one for one in rooms if one.person_id == me), None),
        rooms=rooms,
        domains=get_pack(PACK).domains,
        faults=faults,
    )


def _typed() -> dict[str, object]:
    """What was sent, as it was sent."""
    lists = {name: request.form.getlist(name) for name in ("domains", "languages")}
    return {name: request.form.get(name, "") for name in _FIELDS} | lists


def _held(held: Capacity | None) -> dict[str, object]:
    if held is None:
        return dict.fromkeys(_FIELDS, "") | {"a_month": "2", "domains": [], "languages": ["zh"]}
    lists = {"domains": held.domains.split(), "languages": held.languages.split()}
    return {name: "" if getattr(held, name) is None else str(getattr(held, name)) for name in _FIELDS} | lists
