"""JSON as machines and browsers send it. Pure."""

import json


def from_json(raw: str | bytes) -> object:
    """The value that was written; None where it is none, or nested so deeply that nobody meant it."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None
