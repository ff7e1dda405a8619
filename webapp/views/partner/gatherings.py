"""Gatherings at a partner's place: what is on, and the code at the door."""

import uuid

from flask import Blueprint, render_template, url_for

from bureau.gatherings import reading
from tenants.clock import now
from tenants.database import Audience
from webapp.edge.audiences import audience, staff_work
from webapp.gatherings.door import show_door

blueprint = Blueprint("partner_gatherings", __name__, url_prefix="/partner/events")


@blueprint.get("")
@audience(Audience.PARTNER, may="promote")
def index() -> str:
    with staff_work() as work:
        rows = [(row, reading.read_told(work, row.id), show_door(row)) for row in reading.list_of_host(work)]
    return render_template("partner/gatherings.html", rows=rows)


@blueprint.get("/<uuid:gathering_id>/door")
@audience(Audience.PARTNER, may="promote")
def door(gathering_id: uuid.UUID) -> str:
    """What is held out at the door; it renews itself."""
    with staff_work() as work:
        row = reading.get_gathering(work, gathering_id)
    return render_template(
        "shared/gathering_door.html", row=row, door=show_door(row), now=now(), back=url_for(".index")
    )
