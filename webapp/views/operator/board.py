"""The operator's desk: whether all runs, what could not be told, the backups. Never an answer."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from cloud.cubes.acts import list_unusual
from tenants import jobs
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.messages import list_stuck, send_again
from tenants.models import Firm
from webapp.edge.audiences import audience, staff_work
from webapp.edge.installation import installation
from webapp.edge.readiness import OK, check_readiness
from webapp.operating.isolation import Proof, prove_isolation
from webapp.operating.nightly import list_backups

blueprint = Blueprint("board", __name__, url_prefix="/operator/board")


@blueprint.get("")
@audience(Audience.OPERATOR, may="operate")
def show() -> str:
    return _board()


@blueprint.post("/isolation")
@audience(Audience.OPERATOR, may="operate")
def isolation() -> str:
    """Look now whether a firm reads another's rows; what was found stands on the desk."""
    return _board(prove_isolation())


def _board(proof: Proof | None = None) -> str:
    with staff_work() as work:
        return render_template(
            "operator/board.html",
            points={name: "" if said == OK else said for name, said in check_readiness(installation()).items()},
            firm_names={str(firm.id): firm.name for firm in work.scalars(select(Firm))},
            messages=list_stuck(work),
            queues=jobs.list_queues(work),
            parked=jobs.list_parked(work),
            backups=list_backups(work),
            proof=proof,
            unusual=list_unusual(work, today=city_day(now())),
        )


@blueprint.post("/messages/<uuid:firm_id>/<uuid:message_id>/again")
@audience(Audience.OPERATOR, may="operate")
def again(firm_id: uuid.UUID, message_id: uuid.UUID) -> Response:
    """A message that was given up, or that waits, is tried once more at once."""
    with staff_work() as work:
        send_again(work, firm_id=firm_id, message_id=message_id, now=now())
    return redirect(url_for("board.show"))


@blueprint.post("/jobs/<int:job>/again")
@audience(Audience.OPERATOR, may="operate")
def take_up(job: int) -> Response:
    """A job that was given up is tried anew; the worker sees it at its next look."""
    with staff_work() as work:
        jobs.take_up(work, job)
    return redirect(url_for("board.show", _anchor="jobs"))
