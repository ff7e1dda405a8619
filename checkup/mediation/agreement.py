"""What both sign: written by the body point by point, each side with a code that its mediator tells it alone."""

import datetime as dt
import hmac
from dataclasses import dataclass

from sqlalchemy.orm import Session

from checkup.cases.sealing import Keyring
from checkup.mediation import states
from checkup.mediation.events import Taken, move, note
from checkup.mediation.models import Mediation
from checkup.mediation.seats import code_digest, new_code
from checkup.mediation.steps import open_key
from checkup.mediation.told import Agreement
from tenants.errors import Conflict
from tenants.typed.words import check_line, check_words

MOST_POINTS, MOST_NAME = 4000, 80


@dataclass(frozen=True)
class Codes:
    """Shown once to whoever wrote the agreement: to tell each side its own."""

    owner: str
    other: str


def write(
    session: Session, row: Mediation, *, points: str, actor: str, pepper: bytes, keys: Keyring, now: dt.datetime
) -> Codes:
    """A new wording, for which nobody has signed yet, and new codes. Raises: Invalid on `points`, Conflict."""
    states.LIFE.after(row.state, "draft", of=states.ROLES[states.BODY])
    said = Agreement(check_words(points, "points", most=MOST_POINTS), {})
    key, codes = open_key(session, row, keys), Codes(new_code(), new_code())
    row.sealed_agreement = key.seal(said.to_bytes())
    row.owner_signed_at = row.other_signed_at = None
    row.owner_code = code_digest(pepper, f"{row.id}:{states.OWNER}", codes.owner)
    row.other_code = code_digest(pepper, f"{row.id}:{states.OTHER}", codes.other)
    move(session, row, Taken("draft", states.BODY, actor), key=key, now=now)
    return codes


def read(session: Session, row: Mediation, keys: Keyring) -> Agreement | None:
    """As it stands; None while there is none. Raises: NotFound where it opens no more."""
    if not row.sealed_agreement:
        return None
    return Agreement.from_bytes(open_key(session, row, keys).unseal(row.sealed_agreement))


def is_right_code(row: Mediation, side: str, code: str, pepper: bytes) -> bool:
    held = row.owner_code if side == states.OWNER else row.other_code
    return held is not None and hmac.compare_digest(held, code_digest(pepper, f"{row.id}:{side}", code))


def sign(session: Session, row: Mediation, *, side: str, name: str, keys: Keyring, now: dt.datetime) -> None:
    """By a side whose code was right; when both have, it is closed, and the days for the court begin.

    Raises: Invalid on `name`; Conflict `not_now`, `signed` for the second time.
    """
    states.LIFE.after(row.state, "sign", of=states.ROLES[side])
    if (row.owner_signed_at if side == states.OWNER else row.other_signed_at) is not None:
        raise Conflict("signed")
    key, held = open_key(session, row, keys), read(session, row, keys)
    if held is None:
        raise Conflict("not_now")
    signed = Agreement(held.points, {**held.signers, side: check_line(name, "name", most=MOST_NAME)})
    row.sealed_agreement = key.seal(signed.to_bytes())
    setattr(row, f"{side}_signed_at", now)
    setattr(row, f"{side}_code", None)
    both = row.owner_signed_at is not None and row.other_signed_at is not None
    if both:
        move(session, row, Taken("settle", side), key=key, now=now)
    else:
        session.flush()
        note(session, row, Taken("sign", side), was=row.state, key=key, now=now)
