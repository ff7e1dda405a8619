"""The OpenAPI 3.1 description of the interface: what is public, and what connected parties may do."""

from cloud.partners.clients import SCOPES
from cloud.partners.ticket_forms import MOST, WISHES
from cloud.releases.editions import COLUMNS
from tenants.districts import DISTRICTS
from webapp.edge.limits import MOST_NUMBER
from webapp.openapi_bodies import BODIES, CALLS
from webapp.openapi_pieces import (
    DAY,
    ERROR,
    FLAG,
    INTEGER,
    MAYBE_TIME,
    REFUSED,
    SIGNED,
    TEXT,
    TIME,
    Schema,
    answer_of,
    body_of,
    call_of,
    object_of,
    page_of,
    party_door,
    problem_of,
    public_door,
)

_ADDRESS = {"type": "string", "maxLength": 500, "pattern": r"^https://[a-z0-9.-]+(:[0-9]{1,4})?(/[A-Za-z0-9._~/-]*)?$"}
_SUMMARY = object_of(
    ["number", "period", "made_at", "threshold", "manifest_sha256"],
    number=INTEGER,
    period={"type": "string", "pattern": r"^\d{4}(-Q[1-4])?$"},
    made_at=TIME,
    threshold={"type": "integer", "minimum": 5},
    manifest_sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
)
_CELL = object_of(
    list(COLUMNS),
    OBS_VALUE={"type": ["integer", "null"], "minimum": 0},
    CONF_STATUS={"enum": ["F", "C"], "description": "F free, C withheld"},
)
_SERVICE = object_of(
    ["slug", "firm", "district", "waiting_days", "url", "price_fen"],
    slug=TEXT,
    firm=TEXT,
    firm_en=TEXT,
    district=TEXT,
    languages={"type": "array", "items": TEXT},
    waiting_days={"type": ["integer", "null"], "minimum": 0},
    offers={"type": "array", "items": TEXT},
    price_fen={"type": "integer", "minimum": 0},
    url={"type": "string", "format": "uri"},
)
_SUBSCRIPTION = object_of(["name", "url", "is_active", "source"], name=TEXT, url=TEXT, is_active=FLAG, source=TEXT)
_DELIVERY = object_of(
    ["number", "state", "tries", "last_status"],
    number=INTEGER,
    state={"enum": ["waiting", "sent", "dead"]},
    tries=INTEGER,
    last_status={"type": ["integer", "null"]},
)
_TICKET = object_of(
    ["number", "state", "wish", "received_at", "due_on", "due_may_move", "is_hard", "ended_at"],
    number=TEXT,
    state={"enum": ["received", "routed", "in_hand", "answered", "declined"]},
    wish={"enum": list(WISHES)},
    received_at=TIME,
    due_on=DAY,
    due_may_move={**FLAG, "description": "a notice of holidays that is not out yet may still move the day"},
    is_hard=FLAG,
    ended_at=MAYBE_TIME,
)
_TICKET_FORM = {
    **object_of(
        ["reference", "wish", "district"],
        wish={"enum": list(WISHES)},
        district={"enum": list(DISTRICTS)},
        **{name: {"type": "string", "maxLength": most} for name, most in MOST.items()},
    ),
    "additionalProperties": False,
}
_TOKEN = object_of(["access_token", "token_type", "expires_in"], access_token=TEXT, token_type=TEXT, expires_in=INTEGER)
_TOKEN_FORM = object_of(["grant_type"], grant_type={"const": "client_credentials"}, scope=TEXT)


_GONE = {"404": problem_of("There is no such release")}
_COUNT = {"type": "integer", "minimum": 0, "maximum": MOST_NUMBER}
_NUMBER = {"name": "number", "in": "path", "required": True, "schema": {**_COUNT, "minimum": 1}}
_AFTER = {"name": "after", "in": "query", "schema": _COUNT}
_BAD_AFTER = {"400": problem_of("The parameter is no number")}
_CERTIFICATE = {
    "type": "object",
    "required": ["number", "state", "checked_on", "valid_from", "valid_until", "terms", "content_sha256"],
    "properties": {
        "number": {"type": "string"},
        "state": {"enum": ["valid", "not_yet", "expired", "revoked", "erased"]},
        "checked_on": {"type": "string", "format": "date"},
        "holder": {"type": ["string", "null"]},
        "issued_by": {"type": "string"},
        "issued_on": {"type": "string", "format": "date"},
        "valid_from": {"type": "string", "format": "date"},
        "valid_until": {"type": "string", "format": "date"},
        "terms": {
            "type": "object",
            "required": ["relief", "fee_kinds", "cap_minor", "currency"],
            "properties": {
                "relief": {"enum": ["waive", "reduce", "defer", "instalments"]},
                "fee_kinds": {"type": "array", "items": {"type": "string"}},
                "basis_points": {"type": "integer", "description": "3000 is 30 % off"},
                "months": {"type": "integer"},
                "instalments": {"type": "integer"},
                "cap_minor": {"type": "integer", "description": "fen, over all fees together"},
                "currency": {"const": "CNY"},
            },
        },
        "content_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
}
_CERTIFICATE_NUMBER = {"name": "number", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
_RELEASES = {
    "/api/v1/certificates/{number}": {
        "get": public_door(
            "Whether a certificate of relief is valid today, and what it gives; never why",
            answer_of("The certificate", _CERTIFICATE),
            [_CERTIFICATE_NUMBER],
            **{"404": problem_of("There is no such certificate")},
        )
    },
    "/api/v1/services": {
        "get": public_door(
            "Which firm offers a free checkup, how long one waits, where one begins",
            answer_of("The listing", object_of(["services"], services={"type": "array", "items": _SERVICE})),
            [],
        )
    },
    "/api/v1/releases": {
        "get": public_door(
            "Releases, oldest first", answer_of("A page", page_of("releases", _SUMMARY)), [_AFTER], **_BAD_AFTER
        )
    },
    "/api/v1/releases/{number}": {
        "get": public_door(
            "The manifest of a release", answer_of("The manifest", {"type": "object"}), [_NUMBER], **_GONE
        )
    },
    "/api/v1/releases/{number}/cells.json": {
        "get": public_door(
            "The cells as JSON",
            answer_of("Cells", object_of(["cells"], cells={"type": "array", "items": _CELL})),
            [_NUMBER],
            **_GONE,
        )
    },
    "/api/v1/releases/{number}/cells.csv": {
        "get": public_door(
            "The cells as SDMX-CSV 2.0", answer_of("Cells", TEXT, "application/vnd.sdmx.data+csv"), [_NUMBER], **_GONE
        )
    },
}
_PARTIES = {
    "/api/v1/token": {
        "post": {
            "summary": "A token for an hour (OAuth 2 client credentials, by Basic authentication)",
            "requestBody": body_of(_TOKEN_FORM, "application/x-www-form-urlencoded"),
            "responses": {
                "200": answer_of("A bearer token", _TOKEN),
                "400": answer_of("Not a request for a token", ERROR),
                "401": answer_of("Not these credentials", ERROR),
                **REFUSED,
            },
        }
    },
    "/api/v1/subscription": {
        "get": party_door("subscription", "One's own subscription", {"200": answer_of("It", _SUBSCRIPTION)}),
        "patch": party_door(
            "subscription",
            "Another address for the signed calls",
            {"200": answer_of("It", _SUBSCRIPTION), "422": problem_of("No https address")},
            requestBody=body_of(object_of(["url"], url=_ADDRESS)),
        ),
    },
    "/api/v1/subscription/secret": {
        "post": party_door(
            "subscription",
            "A new secret; for a day calls carry both signatures",
            {"201": answer_of("Shown this once", object_of(["secret"], secret=TEXT))},
        )
    },
    "/api/v1/subscription/replay": {
        "post": party_door(
            "subscription",
            "Dead letters back into the queue",
            {"200": answer_of("How many", object_of(["replayed"], replayed=INTEGER))},
        )
    },
    "/api/v1/deliveries": {
        "get": party_door(
            "deliveries",
            "What was delivered to oneself",
            {"200": answer_of("A page", page_of("deliveries", _DELIVERY)), **_BAD_AFTER},
            parameters=[_AFTER],
        )
    },
    "/api/v1/tickets": {
        "post": party_door(
            "tickets",
            "A signed ticket; the same reference again answers with the same ticket",
            {
                "200": answer_of("Known already", _TICKET),
                "201": answer_of("Taken", _TICKET),
                "409": problem_of("This message id was used for another body"),
                "422": problem_of("What is wrong, field by field"),
            },
            parameters=SIGNED,
            requestBody=body_of(_TICKET_FORM),
        )
    },
    "/api/v1/tickets/{ticket_number}": {
        "get": party_door(
            "tickets",
            "Where a ticket is and by when it will be settled",
            {"200": answer_of("The ticket", _TICKET), "404": problem_of("Not one of yours")},
            parameters=[{"name": "ticket_number", "in": "path", "required": True, "schema": {"type": "string"}}],
        )
    },
}
DESCRIPTION: Schema = {
    "openapi": "3.1.0",
    "info": {"title": "Famai", "version": "1", "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}},
    "paths": {**_RELEASES, **_PARTIES, **BODIES},
    "components": {
        "securitySchemes": {
            "party": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "/api/v1/token", "scopes": SCOPES}},
            }
        }
    },
    "webhooks": {
        "release.published": call_of("A release is out; fetch it at data.url"),
        "ticket.changed": call_of("A ticket has moved: data holds number, reference, state, due_on, is_hard"),
        **CALLS,
    },
}
