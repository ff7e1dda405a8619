"""For the machines of connected parties: a token, their subscription, deliveries, and the door for tickets."""

from flask import Blueprint, Response, jsonify, request, url_for

from checkup.packs.catalogue import PACK, get_pack
from cloud.partners import feed, tickets
from cloud.partners.models import Subscriber, Ticket
from cloud.partners.ticket_forms import parse_ticket
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, FieldFault, Invalid, Unreadable
from tenants.typed.json_text import from_json
from webapp.edge.audiences import audience
from webapp.edge.errors import problem
from webapp.edge.installation import installation
from webapp.edge.partner_clients import client_work, get_party, read_address, server
from webapp.edge.rates import door
from webapp.views.public.api import PAGE, number_after

blueprint = Blueprint("machine", __name__, url_prefix="/api/v1")


@blueprint.post("/token")
@audience(Audience.PUBLIC)
@door
def token() -> Response:
    """OAuth 2 client credentials (RFC 6749, 4.4)."""
    answer: Response = server.create_token_response()
    return answer


@blueprint.get("/subscription")
@audience(Audience.CLIENT, may="subscription")
def subscription() -> Response:
    with client_work() as work:
        return jsonify(_subscription(get_party(work)))


def _subscription(party: Subscriber) -> dict[str, object]:
    return {"name": party.name, "url": party.url, "is_active": party.is_active, "source": party.source}


@blueprint.patch("/subscription")
@audience(Audience.CLIENT, may="subscription")
def change_subscription() -> Response:
    """A new address for the signed calls."""
    sent = from_json(request.get_data())
    url = sent.get("url") if isinstance(sent, dict) else None
    try:
        address = read_address(url if isinstance(url, str) else "")
    except Unreadable:
        return problem(422, faults=[FieldFault("url", "not_an_address")])
    with client_work() as work:
        party = get_party(work)
        party.url = address
        return jsonify(_subscription(party))


@blueprint.post("/subscription/secret")
@audience(Audience.CLIENT, may="subscription")
def rotate_secret() -> tuple[Response, int]:
    """A new secret for the signed calls; for a day they carry both signatures."""
    with client_work() as work:
        name, master = get_party(work).name, installation().master_key
        return jsonify(secret=feed.rotate_secret(work, name=name, master=master, now=now())), 201


@blueprint.post("/subscription/replay")
@audience(Audience.CLIENT, may="subscription")
def replay() -> Response:
    """Dead letters of releases back into the queue."""
    with client_work() as work:
        return jsonify(replayed=feed.replay_releases(work, get_party(work), now()))


@blueprint.get("/deliveries")
@audience(Audience.CLIENT, may="deliveries")
def deliveries() -> Response:
    """Oldest release first; `after` is the last number one has."""
    after = number_after()
    with client_work() as work:
        rows = feed.list_own(work, after=after, most=PAGE)
    shown = [{"number": r.number, "state": r.state, "tries": r.tries, "last_status": r.last_status} for r in rows]
    following = url_for("machine.deliveries", after=rows[-1].number) if len(rows) == PAGE else None
    return jsonify(deliveries=shown, next=following)


@blueprint.post("/tickets")
@audience(Audience.CLIENT, may="tickets")
def receive() -> Response | tuple[Response, int]:
    """Signed as Standard Webhooks signs; the same call, or the same reference, again changes nothing."""
    body, master = request.get_data(), installation().master_key
    sent = {name.lower(): value for name, value in request.headers}
    try:
        with client_work() as work:
            party = get_party(work)
            if not party.source:
                return problem(403, "no_source")
            message_id = feed.check_signature(party, sent, body, master, now())
            form = parse_ticket(from_json(body), frozenset(domain.id for domain in get_pack(PACK).domains))
            tickets.remember_message(work, party=party, message_id=message_id, body=body, now=now())
            row, is_new = tickets.receive_ticket(work, party=party, form=form, master=master, now=now())
            return jsonify(_ticket(row)), 201 if is_new else 200
    except feed.WrongSignature:
        return problem(401, "wrong_signature")
    except Conflict as conflict:
        return problem(409, conflict.code)
    except Invalid as invalid:
        return problem(422, faults=invalid.faults)


def _ticket(row: Ticket) -> dict[str, object]:
    return {
        "number": row.number,
        "state": row.state,
        "wish": row.wish,
        "received_at": row.received_at.isoformat(timespec="seconds"),
        "due_on": row.due_on.isoformat(),
        "due_may_move": row.due_may_move,
        "is_hard": row.is_hard,
        "ended_at": row.ended_at.isoformat(timespec="seconds") if row.ended_at else None,
    }


@blueprint.get("/tickets/<ticket_number>")
@audience(Audience.CLIENT, may="tickets")
def ticket(ticket_number: str) -> Response:
    """Where the ticket is and by when it will be settled."""
    with client_work() as work:
        return jsonify(_ticket(tickets.get_by_number(work, ticket_number)))
