"""The OpenAPI 3.1 description of the public interface."""

from typing import Any

from cloud.editions import COLUMNS

_NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1, "maximum": 10**9},
}
_SUMMARY = {
    "type": "object",
    "required": ["number", "period", "made_at", "threshold", "manifest_sha256"],
    "properties": {
        "number": {"type": "integer"},
        "period": {"type": "string", "pattern": r"^\d{4}(-Q[1-4])?$"},
        "made_at": {"type": "string", "format": "date-time"},
        "threshold": {"type": "integer", "minimum": 0, "description": "0 where noise was added instead"},
        "manifest_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
}
_CELL = {
    "type": "object",
    "required": list(COLUMNS),
    "properties": {
        "OBS_VALUE": {"type": ["integer", "null"], "minimum": 0},
        "CONF_STATUS": {"enum": ["F", "C"], "description": "F free, C withheld"},
    },
}


_REFUSED = {"405": {"description": "Only GET"}, "429": {"description": "Too many requests"}}


def _answer(description: str, media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _get(summary: str, answer: dict[str, Any], parameters: list[dict[str, Any]], **others: Any) -> dict[str, Any]:
    responses = {"200": answer, "304": {"description": "You have it"}, **_REFUSED, **others}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


_GONE = {"404": {"description": "There is no such release"}}
_LIST = {
    "type": "object",
    "required": ["releases", "next"],
    "properties": {"releases": {"type": "array", "items": _SUMMARY}, "next": {"type": ["string", "null"]}},
}
_AFTER = {"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 10**9 - 1}}
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
DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Famai releases", "version": "1", "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}},
    "paths": {
        "/api/v1/certificates/{number}": _get(
            "Whether a certificate of relief is valid today, and what it gives; never why",
            _answer("The certificate", "application/json", _CERTIFICATE),
            [_CERTIFICATE_NUMBER],
            **{"404": {"description": "There is no such certificate"}},
        ),
        "/api/v1/releases": _get(
            "Releases, oldest first",
            _answer("A page of releases", "application/json", _LIST),
            [_AFTER],
            **{"400": {"description": "The parameter is no number"}},
        ),
        "/api/v1/releases/{number}": _get(
            "The manifest of a release",
            _answer("The manifest", "application/json", {"type": "object"}),
            [_NUMBER],
            **_GONE,
        ),
        "/api/v1/releases/{number}/cells.json": _get(
            "The cells as JSON",
            _answer(
                "Cells",
                "application/json",
                {"type": "object", "required": ["cells"], "properties": {"cells": {"type": "array", "items": _CELL}}},
            ),
            [_NUMBER],
            **_GONE,
        ),
        "/api/v1/releases/{number}/cells.csv": _get(
            "The cells as SDMX-CSV 2.0",
            _answer("Cells", "application/vnd.sdmx.data+csv", {"type": "string"}),
            [_NUMBER],
            **_GONE,
        ),
    },
}
