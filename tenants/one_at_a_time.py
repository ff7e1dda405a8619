"""Of two who would do the same thing at the same moment, the second waits and then sees what the first has done."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_WAIT = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")


def one_at_a_time(session: Session, what: str, about: object = "") -> None:
    """Nobody else is at `what` (of this one thing) until this unit of work ends. Where there is a row, lock the row."""
    session.execute(_WAIT, {"what": f"{what}:{about}"})
