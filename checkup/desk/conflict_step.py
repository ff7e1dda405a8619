"""The step between the queue and the facts: names, likenesses, one decision."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.conflicts import rules
from checkup.conflicts.checks import (
    ask_back,
    decide_check,
    find_check,
    is_asked_back,
    list_asked,
    list_recused,
    read_reason,
    record_check,
    refuse_walled,
)
from checkup.conflicts.known_parties import look_for_conflicts
from checkup.conflicts.models import ConflictCheck
from checkup.conflicts.rules import Hit
from checkup.conflicts.values import Party
from checkup.desk.assignment import get_wanted, give_back, is_waiting, take_review
from checkup.desk.stuck import list_able, tell_unheard
from checkup.review.colleagues import list_colleagues
from checkup.review.locking import find_locked
from checkup.review.models import Review
from checkup.review.states import LIFE
from tenants import audit, jobs, messages
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.login.memberships import list_members
from tenants.models import Business, Person
from tenants.typed.text import prose


@dataclass(frozen=True)
class ConflictPage:
    """What a lawyer sees before the facts. `takes` is what clearing takes: freely, with_reason, by_partner.

    `is_last`: without her nobody of the firm may act on the case.
    """

    checkup: Checkup
    business: Business
    review: Review | None
    parties: tuple[Party, ...]
    parties_version: int
    hits: Sequence[Hit]
    takes: str
    check: ConflictCheck | None
    has_partner: bool
    asked_back: bool
    is_last: bool

    @property
    def unclear(self) -> list[Party]:
        """What was told as names and could not be read as names."""
        return [party for party in self.parties if not party.is_understood]

    @property
    def may_take(self) -> bool:
        return is_waiting(self.checkup, self.review)


def open_conflict_page(session: Session, *, checkup_id: uuid.UUID, person_id: uuid.UUID, keys: Keyring) -> ConflictPage:
    """Names and likenesses of a case whose owner wants a lawyer. Raises: NotFound."""
    row = get_wanted(session, checkup_id)
    parties, version, hits = look_for_conflicts(session, row, keys)
    check = find_check(session, checkup_id, person_id)
    able = list_able(session, row, list_colleagues(session, firm_id=row.firm_id))
    return ConflictPage(
        checkup=row,
        business=session.get_one(Business, (row.firm_id, row.business_id)),
        review=session.get(Review, (row.firm_id, row.id)),
        parties=parties,
        parties_version=version,
        hits=hits,
        takes=_what_clearing_takes(session, row, person_id, parties, hits),
        check=check,
        has_partner=bool(_partners(session, row, person_id)),
        asked_back=check is not None and is_asked_back(session, check),
        is_last=able <= {person_id},
    )


def _what_clearing_takes(
    session: Session, row: Checkup, person_id: uuid.UUID | None, parties: Sequence[Party], hits: Sequence[Hit]
) -> str:
    partners = [one.person.id for one in list_members(session, row.firm_id) if "partner" in one.roles]
    return rules.what_clearing_takes(parties, hits, is_only_partner=partners == [person_id])


def _partners(session: Session, row: Checkup, but: uuid.UUID) -> list[Person]:
    """Who can decide about this case for a colleague: nobody who has recused herself from it."""
    never = list_recused(session, row) | {but}
    return [
        one.person
        for one in list_members(session, row.firm_id)
        if "partner" in one.roles and one.person.id not in never
    ]


def settle_check(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    by: audit.Actor,
    outcome: str,
    reason: str,
    parties_version: int,
    takes_case: bool,
    keys: Keyring,
    now: dt.datetime,
) -> Checkup:
    """Clear (and take the case, if asked), recuse, or ask a partner; recorded either way.

    Raises: NotFound; Invalid on `outcome`, `reason` (required), `outcome` needs_partner; Conflict `names_changed`,
    `wall`, and as `take_review`.
    """
    review = find_locked(session, checkup_id)
    row = get_wanted(session, checkup_id, lock=True)
    parties, version, hits = look_for_conflicts(session, row, keys)
    if version != parties_version:
        raise Conflict("names_changed")
    if outcome == "clear":
        _check_clearing(_what_clearing_takes(session, row, by.id, parties, hits), reason)
    record_check(
        session,
        row=row,
        by=by,
        outcome=outcome,
        reason=reason,
        hits=rules.count_open(parties, hits),
        parties_version=version,
        keys=keys,
        now=now,
    )
    audit.note(session, firm_id=row.firm_id, act=f"conflict.{outcome}", by=by, about_id=row.id, owner_id=row.owner_id)
    if outcome == "recuse":
        _leave(session, row, review, person_id=by.id, by=by, now=now)
    if outcome == "ask_partner" and by.id is not None:
        _ask_partners(session, row, by.id, now)
    if outcome == "clear" and takes_case and by.id is not None:
        take_review(session, checkup_id=checkup_id, lawyer_id=by.id, now=now)
    return row


def _leave(
    session: Session,
    row: Checkup,
    review: Review | None,
    *,
    person_id: uuid.UUID | None,
    by: audit.Actor,
    now: dt.datetime,
) -> None:
    """Whoever recused has the case no longer; what was signed stays signed, a correction waits for somebody else. Who
    waits for a word that nobody can give now is told."""
    if review is not None and review.lawyer_id == person_id and LIFE.may(review.state, "recuse"):
        give_back(session, row, review, "recuse", actor_id=by.id, now=now)
    else:
        jobs.defer(session, "follow_review", firm_id=row.firm_id, checkup_id=row.id)
    tell_unheard(session, row, now=now)


def _check_clearing(takes: str, reason: str) -> None:
    if takes == rules.BY_PARTNER:
        raise Invalid((FieldFault("outcome", "needs_partner"),))
    if takes == rules.WITH_REASON and not prose(reason):
        raise Invalid((FieldFault("reason", "required"),))


def ask_recusal_back(session: Session, *, checkup_id: uuid.UUID, by: audit.Actor, now: dt.datetime) -> None:
    """Recused by mistake: the partners are asked, the wall stands until one of them has looked at the names.

    Raises: NotFound; Conflict `not_now`; Invalid where the firm has no other partner.
    """
    row = get_wanted(session, checkup_id, lock=True)
    ask_back(session, row=row, by=by, now=now)
    if by.id is not None:
        _ask_partners(session, row, by.id, now)


def _ask_partners(session: Session, row: Checkup, person_id: uuid.UUID, now: dt.datetime) -> None:
    """Raises: Invalid where the firm has no other partner."""
    partners = _partners(session, row, person_id)
    if not partners:
        raise Invalid((FieldFault("outcome", "no_partner"),))
    for partner in partners:
        _tell(session, row, partner, "conflict_asked", now)


def _tell(session: Session, row: Checkup, person: Person, template: str, now: dt.datetime) -> None:
    messages.tell_staff(session, template, person, firm_id=row.firm_id, now=now, number=row.case_number)


@dataclass(frozen=True)
class AskedCheck:
    """A colleague's question for a partner: names, likenesses and the colleague's words."""

    checkup: Checkup
    check: ConflictCheck
    parties: tuple[Party, ...]
    hits: Sequence[Hit]
    reason: str


def list_for_partner(session: Session, *, firm_id: uuid.UUID, partner_id: uuid.UUID, keys: Keyring) -> list[AskedCheck]:
    """What waits for this partner's decision, the oldest first; nothing of a case she has recused herself from."""
    asked = []
    for row, check in list_asked(session, firm_id=firm_id, partner_id=partner_id):
        parties, _, hits = look_for_conflicts(session, row, keys)
        asked.append(AskedCheck(row, check, parties, hits, read_reason(session, row, check, keys)))
    return asked


def decide_for_colleague(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    person_id: uuid.UUID,
    by: audit.Actor,
    outcome: str,
    reason: str,
    keys: Keyring,
    now: dt.datetime,
) -> None:
    """A partner clears a colleague or keeps the wall; the colleague is told.

    Raises: NotFound, also for a partner who has recused herself from the case; Invalid; Conflict.
    """
    if by.id is not None:
        refuse_walled(session, checkup_id, by.id)
    if outcome == "ask_partner":
        raise Invalid((FieldFault("outcome", "unknown_option"),))
    if outcome == "clear" and not prose(reason):
        raise Invalid((FieldFault("reason", "required"),))
    review = find_locked(session, checkup_id)
    row = get_wanted(session, checkup_id, lock=True)
    decide_check(session, row=row, person_id=person_id, by=by, outcome=outcome, reason=reason, keys=keys, now=now)
    if outcome == "recuse":
        _leave(session, row, review, person_id=person_id, by=by, now=now)
    audit.note(session, firm_id=row.firm_id, act=f"conflict.{outcome}", by=by, about_id=row.id, owner_id=row.owner_id)
    template = "conflict_cleared" if outcome == "clear" else "conflict_walled"
    _tell(session, row, session.get_one(Person, person_id), template, now)
