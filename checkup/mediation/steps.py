"""Steps of a mediation: of either side, and of the body. Each is one event; whoever is second makes the next state."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from checkup.cases.part_keys import open_part
from checkup.cases.sealing import CaseKey, Keyring
from checkup.mediation import states
from checkup.mediation.events import Taken, get_mediation, move, note
from checkup.mediation.models import Mediation
from checkup.mediation.told import Told, names_somebody
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.providers.models import ProviderPerson
from tenants.rows import get_one
from tenants.typed.words import check_line, check_words

MOST_WORDS, MOST_PLACE = 1000, 300


@dataclass(frozen=True)
class Meeting:
    """When, and where: a room, or an address on the web."""

    at: dt.datetime | None
    place: str


def hold(session: Session, mediation_id: uuid.UUID, *, checkup_id: uuid.UUID | None = None) -> Mediation:
    """Its row, locked; under the owner's scope (`checkup_id`) behind her case, as every writer of a case waits.

    Raises: NotFound, also for another case's.
    """
    if checkup_id is not None:
        hold_case(session, checkup_id)
    row = get_mediation(session, mediation_id, lock=True)
    if checkup_id is not None and row.checkup_id != checkup_id:
        get_one(session, select(Mediation).where(Mediation.id == mediation_id, Mediation.checkup_id == checkup_id))
    return row


def open_key(session: Session, row: Mediation, keys: Keyring) -> CaseKey:
    """Raises: NotFound once the case is erased, or for whom it opens no more."""
    return open_part(session, firm_id=row.firm_id, part_id=row.id, keys=keys)


def side_step(session: Session, row: Mediation, taken: Taken, *, keys: Keyring, now: dt.datetime) -> None:
    """Agree to try or refuse, accept a mediator or object, leave: by the owner or the other side.

    Raises: Invalid on `words`, Conflict; to accept twice changes nothing.
    """
    if taken.step == "sign":
        raise Conflict("not_now")  # with a code: `agreement.sign`
    states.LIFE.after(row.state, taken.step, of=states.ROLES[taken.side])
    said = replace(taken, words=_words(taken))
    key = open_key(session, row, keys)
    if taken.step == "object":
        row.owner_accepts = row.other_accepts = False
        row.mediator_id, row.disclosure = None, ""
    if taken.step != "accept":
        move(session, row, said, key=key, now=now)
        return
    if row.owner_accepts if taken.side == states.OWNER else row.other_accepts:
        return
    setattr(row, f"{taken.side}_accepts", True)
    both = row.owner_accepts and row.other_accepts
    if both:
        move(session, row, replace(said, step="seat"), key=key, now=now)
    else:
        session.flush()
        note(session, row, said, was=row.state, key=key, now=now)


def _words(taken: Taken) -> str:
    if taken.step in states.NEEDS_WORDS or taken.words:
        return check_words(taken.words, "words", most=MOST_WORDS)
    return ""


def list_mediators(session: Session, row: Mediation) -> Sequence[ProviderPerson]:
    """Whom the body may propose, by name; whoever names a party in what she says of herself is not there."""
    query = select(ProviderPerson).where(
        ProviderPerson.provider_id == row.provider_id, ProviderPerson.is_active, ProviderPerson.calling == "mediator"
    )
    return session.scalars(query.order_by(ProviderPerson.name)).all()


def appoint(
    session: Session,
    row: Mediation,
    *,
    mediator_id: uuid.UUID,
    disclosure: str,
    actor: str,
    keys: Keyring,
    now: dt.datetime,
) -> None:
    """The body proposes a mediator and says what binds her to either side; both must accept her.

    Raises: NotFound, Conflict; Invalid `knows_a_party` on `mediator` for one whose own words name a party.
    """
    states.LIFE.after(row.state, "appoint", of=states.ROLES[states.BODY])
    query = select(ProviderPerson).where(
        ProviderPerson.id == mediator_id, ProviderPerson.provider_id == row.provider_id, ProviderPerson.is_active
    )
    person, key = get_one(session, query), open_key(session, row, keys)
    if names_somebody(person.disclosure, Told.from_bytes(key.unseal(row.sealed_told))):
        raise Invalid((FieldFault("mediator", "knows_a_party"),))
    row.mediator_id = person.id
    row.disclosure = check_words(disclosure, "disclosure", most=MOST_WORDS, needed=False)
    row.owner_accepts = row.other_accepts = False
    move(session, row, Taken("appoint", states.BODY, actor, person.name), key=key, now=now)


def meet(session: Session, row: Mediation, meeting: Meeting, *, actor: str, keys: Keyring, now: dt.datetime) -> None:
    """Both are told when and where. Raises: Invalid on `at` or `place`, Conflict."""
    states.LIFE.after(row.state, "meet", of=states.ROLES[states.BODY])
    place = check_line(meeting.place, "place", most=MOST_PLACE)
    if meeting.at is None or meeting.at <= now:
        raise Invalid((FieldFault("at", "not_to_come"),))
    key = open_key(session, row, keys)
    row.meets_at, row.sealed_place = meeting.at, key.seal(place.encode())
    move(session, row, Taken("meet", states.BODY, actor), key=key, now=now)


def body_step(session: Session, row: Mediation, taken: Taken, *, keys: Keyring, now: dt.datetime) -> None:
    """That it came to nothing, or that the court has confirmed. Raises: Invalid on `words`, Conflict."""
    if taken.step not in ("fail", "confirm"):
        raise Conflict("not_yours")
    states.LIFE.after(row.state, taken.step, of=states.ROLES[states.BODY])
    move(session, row, replace(taken, words=_words(taken)), key=open_key(session, row, keys), now=now)
