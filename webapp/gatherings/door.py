"""The code at the door, as this installation makes it, and the seats that this browser holds."""

import datetime as dt
import hashlib
import hmac
from typing import NamedTuple
from urllib.parse import urlsplit

import segno
from flask import session, url_for

from bureau.gatherings.door_rules import LASTS, code_at, is_door_open
from bureau.gatherings.models import Gathering
from tenants.clock import now
from webapp.edge.installation import installation

_MOST_SEATS = 20  # that one browser remembers


class Door(NamedTuple):
    """What hangs at the door: the code, where it is typed, its square, until when it is good."""

    code: str
    typed_at: str
    square: str
    until: dt.datetime


def door_key() -> bytes:
    return hmac.digest(installation().pepper, b"gathering doors", hashlib.sha256)


def show_door(row: Gathering) -> Door | None:
    """None while the door is shut."""
    at = now()
    if row.state != "announced" or not is_door_open(row.begins_at, row.ends_at, at):
        return None
    code = code_at(door_key(), row.id, at)
    here = installation().public_url
    url = here + url_for("gatherings.door", number=row.number, code=code)
    typed_at = urlsplit(here).netloc + url_for("gatherings.ask", number=row.number)
    return Door(code, typed_at, segno.make(url, error="m").svg_data_uri(scale=6, border=3), at + LASTS)


def held_token(number: str) -> str:
    """Of the seat that this browser took at this gathering; "" where it took none."""
    return str(session.get("seats", {}).get(number, ""))


def remember_seat(number: str, token: str) -> None:
    """The newest are kept."""
    kept = [(one, held) for one, held in session.get("seats", {}).items() if one != number]
    session["seats"] = dict([*kept, (number, token)][-_MOST_SEATS:])


def forget_seat(number: str) -> None:
    session["seats"] = {one: held for one, held in session.get("seats", {}).items() if one != number}
