"""The owner rates a signed checkup: three short questions of 1–5, a few words if she likes. A firm's are counted."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.owner.models import Rating
from tenants.errors import Conflict, NotFound

QUESTIONS = ("useful", "clear", "kind")
BAD = 2
WELL = 4  # every answer at least so many
MOST_WORDS = 500
_RATEABLE = ("signed", "closed")


@dataclass(frozen=True)
class Given:
    """The answers by question, 1–5, and the words."""

    useful: int
    clear: int
    kind: int
    words: str


@dataclass
class Tally:
    """Of one firm: businesses with a signed checkup, and how many of them were content with it (`well`) or not."""

    businesses: int = 0
    rated: Counter[str] = field(default_factory=Counter)


def is_bad(rating: Rating | Given) -> bool:
    """One answer of 1 or 2 is enough: nobody averages a bad day away."""
    return min(rating.useful, rating.clear, rating.kind) <= BAD


def is_well(rating: Rating | Given) -> bool:
    return min(rating.useful, rating.clear, rating.kind) >= WELL


def find_rating(session: Session, checkup_id: uuid.UUID) -> Rating | None:
    """Raises: NotFound for a checkup that is not hers."""
    row = get_checkup_row(session, checkup_id)
    return session.get(Rating, (row.firm_id, row.id))


def rate(session: Session, *, checkup_id: uuid.UUID, given: Given, keys: Keyring, now: dt.datetime) -> Rating:
    """Keep the rating; rated again, the newer one holds. Raises: NotFound; Conflict `not_now` before the signature."""
    row = hold_case(session, checkup_id)
    if row.state not in _RATEABLE:
        raise Conflict("not_now")
    sealed = open_case(session, row, keys).seal(given.words.encode()) if given.words else None
    rating = session.get(Rating, (row.firm_id, row.id))
    if rating is None:
        rating = Rating(firm_id=row.firm_id, checkup_id=row.id, owner_id=row.owner_id)
        session.add(rating)
    rating.moment = "revisit" if row.previous_id else "signed"
    rating.useful, rating.clear, rating.kind = given.useful, given.clear, given.kind
    rating.sealed_words, rating.rated_at = sealed, now
    session.flush()
    return rating


def answer_offer(session: Session, *, checkup_id: uuid.UUID, wants_call: bool) -> None:
    """Whether somebody else should call, after a bad rating. Raises: NotFound, Conflict `not_now`."""
    rating = find_rating(session, checkup_id)
    if rating is None:
        raise NotFound
    if not is_bad(rating):
        raise Conflict("not_now")
    rating.wants_call = wants_call
    session.flush()


def open_words(session: Session, rating: Rating, keys: Keyring) -> str:
    """The words that go with a rating, empty when there are none."""
    if rating.sealed_words is None:
        return ""
    row = get_checkup_row(session, rating.checkup_id)
    return open_case(session, row, keys).unseal(rating.sealed_words).decode()


def tally_firm(session: Session, *, firm_id: uuid.UUID) -> Tally:
    """The newest signed checkup of each business alone, so that each counts once. Under Scope(WORKER, firm)."""
    query = (
        select(Rating)
        .select_from(Checkup)
        .outerjoin(Rating, (Rating.firm_id == Checkup.firm_id) & (Rating.checkup_id == Checkup.id))
        .where(Checkup.firm_id == firm_id, Checkup.state.in_(_RATEABLE))
        .distinct(Checkup.business_id)
        .order_by(Checkup.business_id, Checkup.signed_at.desc())
    )
    ratings = session.scalars(query).all()
    told = ("well" if is_well(rating) else "not_well" for rating in ratings if rating is not None)
    return Tally(len(ratings), Counter(told))
