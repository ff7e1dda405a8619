"""The lawyer's queue: filtered, in views of one's own; and what one has room for."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.desk import capacities, queue
from tenants.clock import now
from tenants.database import Audience
from webapp.edge.audiences import actor, audience, firm_id, staff, staff_work
from webapp.forms.lawyer import RoomForm, ViewForm
from webapp.views.lawyer import queue_page

blueprint = Blueprint("desk", __name__, url_prefix="/lawyer")


@blueprint.post("/views")
@audience(Audience.FIRM, may="review")
def save_view() -> Response | tuple[str, int]:
    form = ViewForm()
    with form.faults_of_domain():
        if form.validate():
            me, filters, name = staff().person_id, form.filters(), form.name.data
            with staff_work() as work:
                queue.save_view(work, firm_id=firm_id(), person_id=me, filters=filters, name=name)
            return redirect(f"{url_for('lawyer.queue')}?{filters.query()}")
    return queue_page.show(form)


@blueprint.post("/views/<uuid:view_id>/drop")
@audience(Audience.FIRM, may="review")
def drop_view(view_id: uuid.UUID) -> Response:
    with staff_work() as work:
        queue.drop_view(work, view_id=view_id, person_id=staff().person_id)
    return redirect(url_for("lawyer.queue"))


@blueprint.get("/find")
@audience(Audience.FIRM, may="queue")
def find() -> str:
    """A case by its number, its business, or a name told in it."""
    return queue_page.show_found()


@blueprint.route("/room", methods=["GET", "POST"])
@audience(Audience.FIRM, may="review")
def room() -> Response | tuple[str, int]:
    """How many cases a month, in which areas, languages and hours; away until when."""
    form = RoomForm().offer()
    if form.validate_on_submit():
        with staff_work() as work:
            capacities.set_capacity(work, firm_id=firm_id(), by=actor(), said=form.said(), now=now())
        return redirect(url_for("desk.room"))
    me = staff().person_id
    with staff_work() as work:
        held = capacities.find_capacity(work, firm_id=firm_id(), person_id=me)
        rooms = capacities.list_rooms(work, firm_id=firm_id(), now=now())
    if held and not form.is_submitted():
        lists = {"domains": tuple(held.domains.split()), "languages": tuple(held.languages.split())}
        form = RoomForm(obj=held, data=lists).offer()
    mine = next((one for one in rooms if one.person_id == me), None)
    return render_template("lawyer/room.html", form=form, mine=mine, rooms=rooms), form.status
