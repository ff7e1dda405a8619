"""Development only: what the delivery channel would have sent."""

from flask import Blueprint, abort, render_template

from tenants.database import Audience
from tenants.messages import list_outbox
from webapp.edge.audiences import audience
from webapp.edge.installation import installation

blueprint = Blueprint("dev", __name__, url_prefix="/dev")


@blueprint.get("/outbox")
@audience(Audience.PUBLIC)
def outbox() -> str:
    settings = installation()
    if not settings.is_development:
        abort(404)
    return render_template("public/outbox.html", messages=list_outbox(settings.outbox_dir))
