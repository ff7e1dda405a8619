"""What the interface says to the systems of bodies: referrals, their packets, steps, and the calls about them."""

from checkup.referrals.packets import LEVELS
from checkup.referrals.states import LIFE
from cloud.partners.referrals import CALLS as TOLD
from cloud.partners.step_forms import CODES, MOST_TYPED, STEPS
from tenants.districts import DISTRICTS
from webapp.openapi_pieces import (
    FLAG,
    MAYBE_TIME,
    SIGNED,
    TEXT,
    TIME,
    Schema,
    answer_of,
    body_of,
    call_of,
    object_of,
    party_door,
    problem_of,
)

_MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
_MAYBE_TEXT: Schema = {"type": ["string", "null"]}
_PROCESS: dict[str, Schema] = {
    "number": TEXT,
    "kind": TEXT,
    "service": TEXT,
    "state": {"enum": sorted(LIFE.states - {"drafted"})},
    "level": {"enum": list(LEVELS), "description": "what its owner lets go"},
    "offered_at": MAYBE_TIME,
    "due_on": {**_MAYBE_DAY, "description": "the last day for the next step"},
    "is_late": FLAG,
    "ended_at": MAYBE_TIME,
    "outcome": _MAYBE_TEXT,
}
_REFERRAL = object_of(list(_PROCESS), **_PROCESS)
_PACKET = {
    **object_of(
        ["title", "words", "district", "trade", "languages"],
        title={"type": "object", "additionalProperties": TEXT, "description": "by language"},
        until=_MAYBE_DAY,
        district={"enum": list(DISTRICTS)},
        languages={"type": "array", "items": TEXT},
        **{name: TEXT for name in ("words", "trade", "certificate", "name", "person", "phone")},
    ),
    "type": ["object", "null"],
    "description": "null once it opens no more: taken back, declined, erased, or a month after the end",
}
_STEP = object_of(
    ["at", "side", "step"], at=TIME, side={"enum": ["owner", "provider", "clock"]}, step=TEXT, reason=TEXT, words=TEXT
)
_FILE = object_of(["id", "name"], id={"type": "string", "format": "uuid"}, name=TEXT)
_WHOLE = object_of(
    [*_PROCESS, "packet", "steps", "files"],
    **_PROCESS,
    packet=_PACKET,
    certificate_state={"enum": ["valid", "not_yet", "expired", "revoked", "erased", None]},
    steps={"type": "array", "items": _STEP},
    files={"type": "array", "items": _FILE},
)
_STEP_FORM = {
    **object_of(
        ["step"],
        step={"enum": list(STEPS)},
        reason={"enum": ["", *CODES], "description": "why it is declined, or the outcome with which it is closed"},
        words={"type": "string", "maxLength": MOST_TYPED["words"], "description": "to the owner"},
    ),
    "additionalProperties": False,
}
_NUMBER = {"name": "referral_number", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
_FILE_ID = {"name": "file_id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_NO_BODY = {"409": problem_of("This party is no body's system (no_body)")}
_NOT_YOURS = {"404": problem_of("Not one of yours"), **_NO_BODY}
BODIES: Schema = {
    "/api/v1/referrals": {
        "get": party_door(
            "referrals",
            "What was handed to one's body: what runs by its day, then what has ended",
            {
                "200": answer_of("They", object_of(["referrals"], referrals={"type": "array", "items": _REFERRAL})),
                **_NO_BODY,
            },
        )
    },
    "/api/v1/referrals/{referral_number}": {
        "get": party_door(
            "referrals",
            "One, with its packet and every step",
            {"200": answer_of("It", _WHOLE), **_NOT_YOURS},
            parameters=[_NUMBER],
        )
    },
    "/api/v1/referrals/{referral_number}/files/{file_id}": {
        "get": party_door(
            "referrals",
            "A file of the packet",
            {"200": {"description": "The file"}, **_NOT_YOURS},
            parameters=[_NUMBER, _FILE_ID],
        )
    },
    "/api/v1/referrals/{referral_number}/steps": {
        "post": party_door(
            "referrals",
            "A signed step; the same call again changes nothing",
            {
                "200": answer_of("Where it stands now", _REFERRAL),
                "404": problem_of("Not one of yours"),
                "409": problem_of("Not now (not_now), not this side's (not_yours), replayed, or no_body"),
                "422": problem_of("What is wrong, field by field"),
            },
            parameters=[_NUMBER, *SIGNED],
            requestBody=body_of(_STEP_FORM),
        )
    },
}
_SAID = {
    "offered": "A matter was handed over",
    "answered": "Its owner has answered",
    "withdrawn": "Its owner took it back",
    "late": "The last day for the next step has passed",
}
CALLS: Schema = {
    f"referral.{name}": call_of(f"{_SAID[name]}: data holds number, state, due_on") for name in TOLD.values()
}
