"""Pieces of which the description of the interface is made: shapes, answers, doors."""

from typing import Any

from webapp.edge.errors import PROBLEM

Schema = dict[str, Any]


def object_of(required: list[str], **properties: Schema) -> Schema:
    return {"type": "object", "required": required, "properties": properties}


TEXT, INTEGER, FLAG = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
TIME, DAY = {"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}
MAYBE_TIME = {"type": ["string", "null"], "format": "date-time"}
ERROR = object_of(["error"], error=TEXT)  # of RFC 6749
FAULTS = {"type": "array", "items": object_of(["field", "code"], field=TEXT, code=TEXT)}
PROBLEM_SHAPE = object_of(["title", "status"], title=TEXT, status=INTEGER, code=TEXT, faults=FAULTS)


def answer_of(description: str, schema: Schema, media_type: str = "application/json") -> Schema:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def page_of(name: str, items: Schema) -> Schema:
    return object_of([name, "next"], next={"type": ["string", "null"]}, **{name: {"type": "array", "items": items}})


def problem_of(description: str) -> Schema:
    return answer_of(description, PROBLEM_SHAPE, PROBLEM)


REFUSED = {"405": problem_of("Not this method"), "429": problem_of("Too many requests")}
SIGNED = [
    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": text}
    for name, text in (
        ("webhook-id", "names the call; the same call again changes nothing"),
        ("webhook-timestamp", "seconds since 1970; no older than five minutes"),
        ("webhook-signature", "as Standard Webhooks signs with the secret that both sides hold"),
    )
]


def public_door(summary: str, answer: Schema, parameters: list[Schema], **others: Schema) -> Schema:
    responses = {"200": answer, "304": {"description": "You have it"}, **REFUSED, **others}
    return {"summary": summary, "parameters": parameters, "responses": responses}


def party_door(scope: str, summary: str, responses: Schema, **more: Any) -> Schema:
    unknown = problem_of("No living token, or not signed by this party")
    refused = {"401": unknown, "403": problem_of("Not this scope"), **REFUSED}
    return {"summary": summary, "security": [{"party": [scope]}], "responses": {**responses, **refused}, **more}


def body_of(schema: Schema, media_type: str = "application/json") -> Schema:
    return {"required": True, "content": {media_type: {"schema": schema}}}


def call_of(summary: str) -> Schema:
    """A signed call that we make."""
    return {
        "post": {
            "summary": summary,
            "parameters": SIGNED,
            "requestBody": body_of(object_of(["type", "timestamp", "data"], type=TEXT, timestamp=TIME)),
            "responses": {"204": {"description": "Taken"}},
        }
    }
