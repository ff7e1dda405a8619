"""For machines that watch: whether this installation can serve, and its numbers. No content, no names."""

import hmac
import os

from flask import Blueprint, Response, abort, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from tenants.database import Audience
from webapp.edge.audiences import audience
from webapp.edge.installation import installation
from webapp.edge.queue_metrics import QueueCollector
from webapp.edge.readiness import check_readiness, is_ready

blueprint = Blueprint("watch", __name__)


@blueprint.get("/readyz")
@audience(Audience.PUBLIC)
def ready() -> tuple[Response, int]:
    """503 while the web cannot serve; each point says what is wrong."""
    points = check_readiness(installation())
    return jsonify(points), 200 if is_ready(points) else 503


@blueprint.get("/metrics")
@audience(Audience.PUBLIC)
def metrics() -> Response:
    """Prometheus text, for whoever holds the token of the settings; without a token there is no such page."""
    token = installation().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        abort(404)
    registry = CollectorRegistry()
    registry.register(QueueCollector())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library is half typed
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    return Response(generate_latest(REGISTRY) + generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
