"""The firm's letter, accepted by the owner: shown as drafted, stored as accepted, never changed."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from checkup.cases.checkups import get_checkup_row, open_case
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.letters.client_status import Standing, standing
from checkup.letters.models import ScopeLetter
from checkup.letters.wording import Letter, LetterFacts, draft_letter, read_letter, text_digest
from tenants import audit
from tenants.clock import city_day
from tenants.errors import Conflict
from tenants.models import Business, Consent, Firm


@dataclass(frozen=True)
class AcceptedLetter:
    """The letter as the owner accepted it, with its row. `is_whole`: the stored text still has the stored hash."""

    row: ScopeLetter
    letter: Letter
    is_whole: bool


def draft_for(session: Session, *, checkup_id: uuid.UUID, locale: str) -> Letter:
    """The letter that this case's firm offers now. Raises: NotFound; Conflict `not_now` when no lawyer is asked."""
    row = get_checkup_row(session, checkup_id)
    if not row.review_wanted:
        raise Conflict("not_now")
    firm = session.get_one(Firm, row.firm_id)
    business = session.get_one(Business, (row.firm_id, row.business_id))
    name = firm.name_en if locale == "en" and firm.name_en else firm.name
    facts = LetterFacts(name, firm.licence_number, firm.phone, business.name, row.case_number)
    return draft_letter(facts, locale)


def accept_letter(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    locale: str,
    seen_hash: str,
    how: str,
    by: audit.Actor,
    keys: Keyring,
    now: dt.datetime,
) -> ScopeLetter:
    """Store what the owner read and accepted, once the code was checked. Twice changes nothing.

    Raises: NotFound; Conflict `letter_changed` when the text is not the one she saw, `not_now` when no lawyer is asked.
    """
    row = hold_case(session, checkup_id)  # a second tap waits, and finds the letter accepted
    held = find_in_force(session, row)
    if held is not None:
        return held
    letter = draft_for(session, checkup_id=checkup_id, locale=locale)
    if letter.digest() != seen_hash:
        raise Conflict("letter_changed")
    number = session.scalar(select(func.max(ScopeLetter.number)).where(ScopeLetter.checkup_id == checkup_id)) or 0
    stored = ScopeLetter(
        firm_id=row.firm_id,
        checkup_id=row.id,
        number=number + 1,
        owner_id=row.owner_id,
        template_version=letter.version,
        locale=locale,
        sealed_text=open_case(session, row, keys).seal(letter.text().encode()),
        text_hash=letter.digest(),
        accepted_how=how,
        accepted_at=now,
    )
    session.add(stored)
    session.flush()
    audit.note(
        session,
        firm_id=row.firm_id,
        act="letter.accepted",
        by=by,
        about_id=row.id,
        owner_id=row.owner_id,
        why=f"{how}:{stored.text_hash}",
    )
    return stored


def find_in_force(session: Session, row: Checkup) -> ScopeLetter | None:
    """The accepted letter that still holds: the newest, unless the owner took back her consent afterwards."""
    newest = _newest(session, row)
    return None if newest is None or _withdrawn_at(session, row, newest) else newest


def _newest(session: Session, row: Checkup) -> ScopeLetter | None:
    query = select(ScopeLetter).where(ScopeLetter.firm_id == row.firm_id, ScopeLetter.checkup_id == row.id)
    return session.scalars(query.order_by(ScopeLetter.number.desc()).limit(1)).one_or_none()


def _withdrawn_at(session: Session, row: Checkup, letter: ScopeLetter) -> dt.datetime | None:
    """When the owner took back that a lawyer reads, after this letter was accepted."""
    query = select(func.min(Consent.at)).where(
        Consent.firm_id == row.firm_id,
        Consent.business_id == row.business_id,
        Consent.purpose == "review",
        Consent.granted.is_(False),
        Consent.at > letter.accepted_at,
    )
    return session.scalar(query)


def require_accepted(session: Session, row: Checkup) -> None:
    """Before a lawyer signs: the firm acts for nobody without a letter. Raises: Conflict `no_letter`."""
    if find_in_force(session, row) is None:
        raise Conflict("no_letter")


def get_standing(session: Session, row: Checkup, now: dt.datetime) -> Standing:
    """What the owner of this case is to its firm now."""
    letter = _newest(session, row)
    withdrawn = _withdrawn_at(session, row, letter) if letter else None
    return standing(
        is_review_wanted=row.review_wanted,
        state=row.state,
        accepted_on=city_day(letter.accepted_at) if letter else None,
        withdrawn_on=city_day(withdrawn) if withdrawn else None,
        signed_on=city_day(row.signed_at) if row.signed_at else None,
        today=city_day(now),
    )


def list_letters(session: Session, *, row: Checkup, keys: Keyring) -> tuple[AcceptedLetter, ...]:
    """Every letter that was accepted in this case, as it was accepted, newest first."""
    query = select(ScopeLetter).where(ScopeLetter.firm_id == row.firm_id, ScopeLetter.checkup_id == row.id)
    found = session.scalars(query.order_by(ScopeLetter.number.desc())).all()
    if not found:
        return ()
    case = open_case(session, row, keys)
    return tuple(_open(stored, case.unseal(stored.sealed_text).decode()) for stored in found)


def _open(stored: ScopeLetter, text: str) -> AcceptedLetter:
    letter = read_letter(text, stored.locale, stored.template_version)
    return AcceptedLetter(stored, letter, text_digest(text) == stored.text_hash)
