"""Without a line: our own page instead of the browser's, laid on the phone beforehand by a small service worker."""

from flask import Blueprint, Response, current_app, render_template, request

from tenants.database import Audience
from webapp.edge.audiences import audience

blueprint = Blueprint("offline", __name__)


@blueprint.get("/offline")
@audience(Audience.PUBLIC)
def show() -> str:
    """Says nothing of anybody: it lies on the phone for whoever has no line. `posted`: a form could not be sent."""
    return render_template("public/offline.html", is_posted="posted" in request.args)


@blueprint.get("/worker.js")
@audience(Audience.PUBLIC)
def worker() -> Response:
    """The service worker; beside its pages, because it may look after what lies below itself only."""
    return current_app.send_static_file("worker.js")
