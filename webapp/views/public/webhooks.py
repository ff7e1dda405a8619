"""Where Stripe calls: the signature is checked, the event kept once, the rest is the worker's."""

from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, abort, current_app, request
from werkzeug.wrappers import Response

from billing.stripe.notices import store_notice
from billing.stripe.signatures import BadSignature, verify
from billing.stripe.values import read_event
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.typed.json_text import from_json
from webapp.edge.audiences import audience
from webapp.edge.installation import installation

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks")


@blueprint.post("/stripe")
@audience(Audience.PUBLIC)
def stripe() -> Response:
    """200 once the event is stored; 400 for a call that Stripe did not sign, or signed too long ago."""
    secret = installation().stripe_webhook_secret or abort(404)
    body = request.get_data(cache=False)
    try:
        verify(body, request.headers.get("Stripe-Signature", ""), secret, int(now().timestamp()))
        event = read_event(cast("Mapping[str, Any]", from_json(body)))
    except (BadSignature, KeyError, TypeError, ValueError) as refused:
        current_app.logger.warning("webhook refused: %s", type(refused).__name__)
        abort(400)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        store_notice(session, event=event, now=now())
    return Response("stored\n", mimetype="text/plain")
