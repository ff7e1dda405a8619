"""A licence's photo on its way: sealed, read by the worker, gone; what it or the register said waits for a yes."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.holding import hold_case, is_held
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.prefill.models import FAILED, FOUND, NOTHING, WAITING, LicenceReading
from checkup.prefill.values import LICENCE, REGISTER, Found
from tenants import jobs
from tenants.base import new_id
from tenants.clock import city_day
from tenants.files import list_changes, write_with
from tenants.uploads import CheckedFile

FOLDER = "licences"
# A photo is read within seconds. What lies longer has lost its worker: it goes, and its owner is told.
MOST_WAIT = dt.timedelta(minutes=20)


@dataclass(frozen=True)
class Reading:
    """Where the reading stands; `found` is empty until it is there."""

    source: str
    state: str
    found: Found
    answered_at: dt.datetime | None

    @property
    def on(self) -> dt.date | None:
        """The city's day on which it was read."""
        return city_day(self.answered_at) if self.answered_at else None


def photo_path(firm_id: uuid.UUID, photo: uuid.UUID) -> str:
    return f"{FOLDER}/{firm_id}/{photo}"


def ask(
    session: Session, *, checkup_id: uuid.UUID, photo: CheckedFile, keys: Keyring, files_url: str, now: dt.datetime
) -> None:
    """Have a photo read, in the place of the one before. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    photo_id = new_id()
    _put(session, row, source=LICENCE, photo=photo_id, state=WAITING, sealed=None, asked_at=now, answered_at=None)
    path = photo_path(row.firm_id, photo_id)
    write_with(session, files_url, path, open_case(session, row, keys).seal_file(path, photo.content))
    session.flush()
    jobs.defer(session, "read_licence", firm_id=row.firm_id, checkup_id=row.id, photo=photo_id)


def put_answer(session: Session, *, checkup_id: uuid.UUID, found: Found, keys: Keyring, now: dt.datetime) -> None:
    """What the register said waits for her word, in the place of what was read before. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    sealed = open_case(session, row, keys).seal(found.to_bytes())
    _put(session, row, source=REGISTER, photo=None, state=FOUND, sealed=sealed, asked_at=now, answered_at=now)
    session.flush()


def _put(session: Session, row: Checkup, **values: Any) -> None:
    reading = session.get(LicenceReading, (row.firm_id, row.id))
    if reading is None:
        reading = LicenceReading(firm_id=row.firm_id, checkup_id=row.id, owner_id=row.owner_id)
        session.add(reading)
    for name, value in values.items():
        setattr(reading, name, value)


def find_reading(session: Session, checkup_id: uuid.UUID, keys: Keyring) -> Reading | None:
    """Raises: NotFound."""
    row = get_checkup_row(session, checkup_id)
    reading = session.get(LicenceReading, (row.firm_id, row.id))
    if reading is None:
        return None
    found = Found()
    if reading.sealed is not None:
        found = Found.from_bytes(open_case(session, row, keys).unseal(reading.sealed))
    return Reading(reading.source, reading.state, found, reading.answered_at)


def drop_reading(session: Session, checkup_id: uuid.UUID) -> None:
    """What was read is not hers, or she has taken it. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    if (reading := session.get(LicenceReading, (row.firm_id, row.id))) is not None:
        session.delete(reading)
        session.flush()


def open_photo(
    session: Session, *, checkup_id: uuid.UUID, photo: uuid.UUID, keys: Keyring, files_url: str
) -> bytes | None:
    """The worker's: the photo, while it is the one that is waited for; None for one that nobody asks about any more.

    Raises: FileNotFoundError.
    """
    if _find_waiting(session, checkup_id, photo) is None:
        return None
    row = get_checkup_row(session, checkup_id)
    return open_case(session, row, keys).open_file(files_url, photo_path(row.firm_id, photo)).read()


def settle(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    photo: uuid.UUID,
    found: Found | None,
    is_read: bool,
    keys: Keyring,
    now: dt.datetime,
) -> None:
    """The worker's: what came of it, unless she has taken another photo or erased the case meanwhile."""
    if not is_held(session, checkup_id) or (reading := _find_waiting(session, checkup_id, photo)) is None:
        return
    reading.state = FAILED if not is_read else NOTHING if found is None else FOUND
    reading.answered_at = now
    if found is not None:
        case = open_case(session, get_checkup_row(session, checkup_id), keys)
        reading.sealed = case.seal(found.to_bytes())
    session.flush()


def _find_waiting(session: Session, checkup_id: uuid.UUID, photo: uuid.UUID) -> LicenceReading | None:
    query = select(LicenceReading).filter_by(checkup_id=checkup_id, photo=photo, state=WAITING)
    return session.scalars(query).one_or_none()


def give_up(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> int:
    """Under Scope(WORKER, firm): readings whose worker is gone have failed; returns how many."""
    late = update(LicenceReading).where(
        LicenceReading.firm_id == firm_id,
        LicenceReading.state == WAITING,
        LicenceReading.asked_at < now - MOST_WAIT,
    )
    given_up = late.values(state=FAILED, answered_at=now).returning(LicenceReading.checkup_id)
    return len(session.scalars(given_up).all())


def list_left_photos(files_url: str, now: dt.datetime) -> list[str]:
    """Paths of photos that lie longer than any is waited for, of whatever firm or case."""
    return [path for path, written_at in list_changes(files_url, FOLDER) if written_at < now - MOST_WAIT]
