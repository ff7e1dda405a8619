"""Certificates of relief by API: any Provider learns whether one is valid and what it gives, never why."""

from flask import Blueprint, Response, abort, jsonify

from billing.waivers.certificates import KIND, validity
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.verifications import find_verification
from webapp.edge.audiences import audience, public_work

blueprint = Blueprint("certificates", __name__, url_prefix="/api/v1/certificates")
_MOST = 64


@blueprint.get("/<number>")
@audience(Audience.PUBLIC)
def show(number: str) -> Response:
    """Validity today and terms; money in fen, dates in ISO 8601, both days of the range included."""
    with public_work(token=number[:_MOST]) as work:
        entry = find_verification(work, number)
    if entry is None or entry.kind != KIND:
        abort(404)
    facts, today = entry.facts, city_day(now())
    names = ("relief", "fee_kinds", "basis_points", "months", "instalments", "cap_minor", "currency")
    return jsonify(
        number=entry.number,
        state=validity(entry, today),
        checked_on=str(today),
        holder=facts["holder"] or None,
        issued_by=facts["issued_by"],
        issued_on=str(entry.signed_on),
        valid_from=facts["valid_from"],
        valid_until=facts["valid_until"],
        terms={name: facts[name] for name in names},
        content_sha256=entry.content_hash,
    )
