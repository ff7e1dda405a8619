"""The OpenAPI 3.1 description of the interface: what is public, and what connected parties may do."""

from typing import Any

from cloud.partners.clients import SCOPES
from cloud.partners.ticket_forms import MOST, WISHES
from cloud.releases.editions import COLUMNS
from tenants.districts import DISTRICTS
from webapp.edge.errors import PROBLEM
from webapp.edge.limits import MOST_NUMBER

Schema = dict[str, Any]


def _object(required: list[str], **properties: Schema) -> Schema:
    return {"type": "object", "required": required, "properties": properties}


_TEXT, _INTEGER, _FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
_TIME, _DAY = {"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}
_ADDRESS = {"type": "string", "maxLength": 500, "pattern": r"^https://[a-z0-9.-]+(:[0-9]{1,4})?(/[A-Za-z0-9._~/-]*)?$"}
_MAYBE_TIME = {"type": ["string", "null"], "format": "date-time"}
_ERROR = _object(["error"], error=_TEXT)  # of RFC 6749
_FAULTS = {"type": "array", "items": _object(["field", "code"], field=_TEXT, code=_TEXT)}
_PROBLEM = _object(["title", "status"], title=_TEXT, status=_INTEGER, code=_TEXT, faults=_FAULTS)
_SUMMARY = _object(
    ["number", "period", "made_at", "threshold", "manifest_sha256"],
    number=_INTEGER,
    period={"type": "string", "pattern": r"^\d{4}(-Q[1-4])?$"},
    made_at=_TIME,
    threshold={"type": "integer", "minimum": 5},
    manifest_sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
)
_CELL = _object(
    list(COLUMNS),
    OBS_VALUE={"type": ["integer", "null"], "minimum": 0},
    CONF_STATUS={"enum": ["F", "C"], "description": "F free, C withheld"},
)
_SERVICE = _object(
    ["slug", "firm", "district", "waiting_days", "url", "price_fen"],
    slug=_TEXT,
    firm=_TEXT,
    firm_en=_TEXT,
    district=_TEXT,
    languages={"type": "array", "items": _TEXT},
    waiting_days={"type": ["integer", "null"], "minimum": 0},
    offers={"type": "array", "items": _TEXT},
    price_fen={"type": "integer", "minimum": 0},
    url={"type": "string", "format": "uri"},
)
_SUBSCRIPTION = _object(["name", "url", "is_active", "source"], name=_TEXT, url=_TEXT, is_active=_FLAG, source=_TEXT)
_DELIVERY = _object(
    ["number", "state", "tries", "last_status"],
    number=_INTEGER,
    state={"enum": ["waiting", "sent", "dead"]},
    tries=_INTEGER,
    last_status={"type": ["integer", "null"]},
)
_TICKET = _object(
    ["number", "state", "wish", "received_at", "due_on", "due_may_move", "is_hard", "ended_at"],
    number=_TEXT,
    state={"enum": ["received", "routed", "in_hand", "answered", "declined"]},
    wish={"enum": list(WISHES)},
    received_at=_TIME,
    due_on=_DAY,
    due_may_move={**_FLAG, "description": "a notice of holidays that is not out yet may still move the day"},
    is_hard=_FLAG,
    ended_at=_MAYBE_TIME,
)
_TICKET_FORM = {
    **_object(
        ["reference", "wish", "district"],
        wish={"enum": list(WISHES)},
        district={"enum": list(DISTRICTS)},
        **{name: {"type": "string", "maxLength": most} for name, most in MOST.items()},
    ),
    "additionalProperties": False,
}
_TOKEN = _object(
    ["access_token", "token_type", "expires_in"], access_token=_TEXT, token_type=_TEXT, expires_in=_INTEGER
)
_TOKEN_FORM = _object(["grant_type"], grant_type={"const": "client_credentials"}, scope=_TEXT)


def _answer(description: str, schema: Schema, media_type: str = "application/json") -> Schema:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _page(name: str, items: Schema) -> Schema:
    return _object([name, "next"], next={"type": ["string", "null"]}, **{name: {"type": "array", "items": items}})


def _problem(description: str) -> Schema:
    return _answer(description, _PROBLEM, PROBLEM)


_REFUSED = {"405": _problem("Not this method"), "429": _problem("Too many requests")}
_GONE = {"404": _problem("There is no such release")}
_COUNT = {"type": "integer", "minimum": 0, "maximum": MOST_NUMBER}
_NUMBER = {"name": "number", "in": "path", "required": True, "schema": {**_COUNT, "minimum": 1}}
_AFTER = {"name": "after", "in": "query", "schema": _COUNT}
_BAD_AFTER = {"400": _problem("The parameter is no number")}
_SIGNED = [
    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": text}
    for name, text in (
        ("webhook-id", "names the call; the same call again changes nothing"),
        ("webhook-timestamp", "seconds since 1970; no older than five minutes"),
        ("webhook-signature", "as Standard Webhooks signs with the secret that both sides hold"),
    )
]


def _public(summary: str, answer: Schema, parameters: list[Schema], **others: Schema) -> Schema:
    responses = {"200": answer, "304": {"description": "You have it"}, **_REFUSED, **others}
    return {"summary": summary, "parameters": parameters, "responses": responses}


def _for_party(scope: str, summary: str, responses: Schema, **more: Any) -> Schema:
    unknown = _problem("No living token, or not signed by this party")
    refused = {"401": unknown, "403": _problem("Not this scope"), **_REFUSED}
    return {"summary": summary, "security": [{"party": [scope]}], "responses": {**responses, **refused}, **more}


def _body(schema: Schema, media_type: str = "application/json") -> Schema:
    return {"required": True, "content": {media_type: {"schema": schema}}}


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
        "get": _public(
            "Whether a certificate of relief is valid today, and what it gives; never why",
            _answer("The certificate", _CERTIFICATE),
            [_CERTIFICATE_NUMBER],
            **{"404": _problem("There is no such certificate")},
        )
    },
    "/api/v1/services": {
        "get": _public(
            "Which firm offers a free checkup, how long one waits, where one begins",
            _answer("The listing", _object(["services"], services={"type": "array", "items": _SERVICE})),
            [],
        )
    },
    "/api/v1/releases": {
        "get": _public("Releases, oldest first", _answer("A page", _page("releases", _SUMMARY)), [_AFTER], **_BAD_AFTER)
    },
    "/api/v1/releases/{number}": {
        "get": _public("The manifest of a release", _answer("The manifest", {"type": "object"}), [_NUMBER], **_GONE)
    },
    "/api/v1/releases/{number}/cells.json": {
        "get": _public(
            "The cells as JSON",
            _answer("Cells", _object(["cells"], cells={"type": "array", "items": _CELL})),
            [_NUMBER],
            **_GONE,
        )
    },
    "/api/v1/releases/{number}/cells.csv": {
        "get": _public(
            "The cells as SDMX-CSV 2.0", _answer("Cells", _TEXT, "application/vnd.sdmx.data+csv"), [_NUMBER], **_GONE
        )
    },
}
_PARTIES = {
    "/api/v1/token": {
        "post": {
            "summary": "A token for an hour (OAuth 2 client credentials, by Basic authentication)",
            "requestBody": _body(_TOKEN_FORM, "application/x-www-form-urlencoded"),
            "responses": {
                "200": _answer("A bearer token", _TOKEN),
                "400": _answer("Not a request for a token", _ERROR),
                "401": _answer("Not these credentials", _ERROR),
                **_REFUSED,
            },
        }
    },
    "/api/v1/subscription": {
        "get": _for_party("subscription", "One's own subscription", {"200": _answer("It", _SUBSCRIPTION)}),
        "patch": _for_party(
            "subscription",
            "Another address for the signed calls",
            {"200": _answer("It", _SUBSCRIPTION), "422": _problem("No https address")},
            requestBody=_body(_object(["url"], url=_ADDRESS)),
        ),
    },
    "/api/v1/subscription/secret": {
        "post": _for_party(
            "subscription",
            "A new secret; for a day calls carry both signatures",
            {"201": _answer("Shown this once", _object(["secret"], secret=_TEXT))},
        )
    },
    "/api/v1/subscription/replay": {
        "post": _for_party(
            "subscription",
            "Dead letters back into the queue",
            {"200": _answer("How many", _object(["replayed"], replayed=_INTEGER))},
        )
    },
    "/api/v1/deliveries": {
        "get": _for_party(
            "deliveries",
            "What was delivered to oneself",
            {"200": _answer("A page", _page("deliveries", _DELIVERY)), **_BAD_AFTER},
            parameters=[_AFTER],
        )
    },
    "/api/v1/tickets": {
        "post": _for_party(
            "tickets",
            "A signed ticket; the same reference again answers with the same ticket",
            {
                "200": _answer("Known already", _TICKET),
                "201": _answer("Taken", _TICKET),
                "409": _problem("This message id was used for another body"),
                "422": _problem("What is wrong, field by field"),
            },
            parameters=_SIGNED,
            requestBody=_body(_TICKET_FORM),
        )
    },
    "/api/v1/tickets/{ticket_number}": {
        "get": _for_party(
            "tickets",
            "Where a ticket is and by when it will be settled",
            {"200": _answer("The ticket", _TICKET), "404": _problem("Not one of yours")},
            parameters=[{"name": "ticket_number", "in": "path", "required": True, "schema": {"type": "string"}}],
        )
    },
}
DESCRIPTION: Schema = {
    "openapi": "3.1.0",
    "info": {"title": "Famai", "version": "1", "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}},
    "paths": {**_RELEASES, **_PARTIES},
    "components": {
        "securitySchemes": {
            "party": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "/api/v1/token", "scopes": SCOPES}},
            }
        }
    },
    "webhooks": {
        "release.published": {
            "post": {
                "summary": "A release is out; fetch it at data.url",
                "parameters": _SIGNED,
                "requestBody": _body(_object(["type", "timestamp", "data"], type=_TEXT, timestamp=_TIME)),
                "responses": {"204": {"description": "Taken"}},
            }
        },
        "ticket.changed": {
            "post": {
                "summary": "A ticket has moved: data holds number, reference, state, due_on, is_hard",
                "parameters": _SIGNED,
                "requestBody": _body(_object(["type", "timestamp", "data"], type=_TEXT, timestamp=_TIME)),
                "responses": {"204": {"description": "Taken"}},
            }
        },
    },
}
