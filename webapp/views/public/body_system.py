"""For the system of a body: what was handed to it, each packet, and the steps it takes, in the body's own role."""

import uuid

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from billing.waivers.certificates import validity
from checkup.referrals import moving, reading
from checkup.referrals.models import Referral
from checkup.referrals.reading import OpenReferral
from cloud.partners import feed, tickets
from cloud.partners.models import Subscriber
from cloud.partners.step_forms import parse_step
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, enter_scope
from tenants.errors import Conflict, Invalid
from tenants.providers.admission import get_provider
from tenants.typed.json_text import from_json
from tenants.verifications import find_verification
from webapp.edge.audiences import audience
from webapp.edge.errors import problem
from webapp.edge.installation import case_keys, installation
from webapp.edge.partner_clients import client_work, get_party
from webapp.edge.uploads import send_paper

blueprint = Blueprint("body_system", __name__, url_prefix="/api/v1/referrals")


def _enter(work: Session, party: Subscriber) -> None:
    """From here on in the role of the party's body. Raises: Conflict `no_body` for who has none, or whose has left."""
    provider_id = party.provider_id
    if provider_id is None:
        raise Conflict("no_body")
    enter_scope(work, Scope(Audience.PROVIDER, provider_id=provider_id))
    if get_provider(work, provider_id).state == "left":
        raise Conflict("no_body")


@blueprint.get("")
@audience(Audience.CLIENT, may="referrals")
def index() -> Response:
    """What runs, the nearest day first, then what has ended."""
    with client_work() as work:
        _enter(work, get_party(work))
        return jsonify(referrals=[_process(row) for row in reading.list_of_body(work)])


@blueprint.get("/<referral_number>")
@audience(Audience.CLIENT, may="referrals")
def one(referral_number: str) -> Response:
    with client_work() as work:
        _enter(work, get_party(work))
        return jsonify(_whole(work, moving.get_by_number(work, referral_number)))


@blueprint.get("/<referral_number>/files/<uuid:file_id>")
@audience(Audience.CLIENT, may="referrals")
def file(referral_number: str, file_id: uuid.UUID) -> AnyResponse:
    with client_work() as work:
        _enter(work, get_party(work))
        media_type, content = reading.open_file(
            work,
            row=moving.get_by_number(work, referral_number),
            file_id=file_id,
            keys=case_keys(),
            files_url=installation().files_url,
        )
    return send_paper(content, media_type)


@blueprint.post("/<referral_number>/steps")
@audience(Audience.CLIENT, may="referrals")
def step(referral_number: str) -> Response:
    """Signed as Standard Webhooks signs; the same call again changes nothing and answers with where the matter is."""
    body, master = request.get_data(), installation().master_key
    sent = {name.lower(): value for name, value in request.headers}
    try:
        with client_work() as work:
            party = get_party(work)
            name = party.name
            message_id = feed.check_signature(party, sent, body, master, now())
            form = parse_step(from_json(body))
            is_new = tickets.remember_message(work, party=party, message_id=message_id, body=body, now=now())
            _enter(work, party)
            row = moving.get_by_number(work, referral_number)
            if is_new:
                moving.provider_step(
                    work,
                    referral_id=row.id,
                    step=form.step,
                    words=form.words,
                    reason=form.reason,
                    actor=name,
                    keys=case_keys(),
                    now=now(),
                )
            return jsonify(_process(row))
    except feed.WrongSignature:
        return problem(401, "wrong_signature")
    except Invalid as invalid:
        return problem(422, faults=invalid.faults)


def _process(row: Referral) -> dict[str, object]:
    return {
        "number": row.number,
        "kind": row.kind,
        "service": row.service,
        "state": row.state,
        "level": row.level,
        "offered_at": row.offered_at.isoformat(timespec="seconds") if row.offered_at else None,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "is_late": row.late_at is not None,
        "ended_at": row.ended_at.isoformat(timespec="seconds") if row.ended_at else None,
        "outcome": row.outcome,
    }


def _whole(work: Session, row: Referral) -> dict[str, object]:
    """With the packet, as long as it opens: while the matter is in hand and for a month after it was closed."""
    opened = reading.open_referral(work, row, case_keys())
    held = find_verification(work, row.certificate) if row.certificate else None
    return {
        **_process(row),
        "packet": _packet(opened),
        "certificate_state": validity(held, city_day(now())) if held else None,
        "steps": [
            {
                "at": one.event.at.isoformat(timespec="seconds"),
                "side": one.event.side,
                "step": one.event.step,
                "reason": one.event.reason,
                "words": one.words,
            }
            for one in opened.steps
        ],
        "files": [{"id": str(file_id), "name": name} for file_id, name in opened.files.items()],
    }


def _packet(opened: OpenReferral) -> dict[str, object] | None:
    """None once it opens no more; texts by language, what its owner did not let go empty."""
    told = opened.packet
    if told is None:
        return None
    return {
        "title": dict(told.title),
        "until": told.until or None,
        "words": told.words,
        "district": told.district,
        "trade": told.trade,
        "languages": list(told.languages),
        "certificate": told.certificate,
        "name": told.name,
        "person": told.person,
        "phone": told.phone,
    }
