"""An account that nobody here is linked to yet: it waits in its browser for a phone and a yes, ten minutes."""

import datetime as dt
import uuid
from dataclasses import dataclass

from flask import session

from tenants.clock import now
from webapp.signing_in.proving import GOOD_FOR, Proved

_KEY = "to_link"


@dataclass(frozen=True)
class Waiting:
    """`person_id`: whose phone was shown since, in this browser and for this."""

    provider: str
    digest: str
    person_id: uuid.UUID | None


def begin_waiting(proved: Proved) -> None:
    session[_KEY] = {"provider": proved.provider, "digest": proved.digest, "at": now().isoformat(), "person": None}


def find_waiting() -> Waiting | None:
    """What waits in this browser, and not for too long."""
    held = session.get(_KEY)
    if held is None or dt.datetime.fromisoformat(held["at"]) + GOOD_FOR < now():
        return None
    return Waiting(held["provider"], held["digest"], uuid.UUID(held["person"]) if held["person"] else None)


def note_phone_shown(person_id: uuid.UUID) -> None:
    session[_KEY] = session[_KEY] | {"person": str(person_id)}


def end_waiting() -> None:
    session.pop(_KEY, None)
