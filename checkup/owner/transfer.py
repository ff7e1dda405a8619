"""An owner takes a record to another firm: sealed anew under that firm's key, erased at the first.

What she and the first firm's lawyer wrote to each other, files and the scope letter do not move: they are erased with
the rest, and the new firm drafts a letter of its own. A helper's help ends, and who helped is told there; whom she has
asked herself goes on. What she holds in her hand goes on to open: the number of her case, her code, her phone's wish to
be rung. Only a firm to which she comes back gives a new number: the erased case keeps its own there. Tickets that she
has taken in go along.
"""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.assisting.agreeing import carry, end_open, list_helps
from checkup.assisting.assist_rules import MOVED
from checkup.cases import checkups
from checkup.cases.checkups import get_checkup, start_checkup, store_record
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.conflicts.parties import read_names, save_names
from checkup.delegates import asking as delegations
from checkup.fixes.reminders import get_wish, set_wish
from checkup.owner.consents import list_switches
from checkup.owner.erasure import MOVED as BY_MOVE
from checkup.owner.erasure import erase_checkup
from checkup.owner.open_firms import is_open
from checkup.owner.resume_codes import find_code
from checkup.prefill.sources import carry_sources, copy_sources
from checkup.tickets import joining as tickets
from tenants import audit
from tenants.campaigns.links import CameBy
from tenants.database import Scope, enter_scope
from tenants.errors import Conflict, NotFound

MOVABLE = ("started", "answering", "submitted", "in_review")


def move_to_firm(
    session: Session,
    *,
    scope: Scope,
    checkup_id: uuid.UUID,
    to_firm: uuid.UUID,
    by: audit.Actor,
    keys: Keyring,
    now: dt.datetime,
) -> Checkup:
    """The same answers at another firm that takes owners, to be submitted there; consents move along, review stays off.

    Leaves the unit of work in the owner's scope at the new firm. Raises: NotFound, Conflict `not_now`, also for a
    business without a name or a place, which no firm can check for conflicts.
    """
    found = get_checkup(session, checkup_id, keys, lock=True)
    if not is_open(session, to_firm) or to_firm == found.row.firm_id:
        raise NotFound
    if found.row.state not in MOVABLE:
        raise Conflict("not_now")
    details = found.told
    if not (details.name and details.district):
        raise Conflict("not_now")
    consents = {one.purpose: one.granted for one in list_switches(session, found.row) if one.purpose != "review"}
    names, _ = read_names(session, found.row, keys)
    pack_id, locale, mode = found.row.pack_id, found.row.locale, found.row.mode
    came_by = _way_of(found.row)
    sources = copy_sources(session, found.business)
    code, wish = find_code(session, checkup_id), get_wish(session, checkup_id=checkup_id, keys=keys)
    end_open(session, found.row, why=MOVED, by=by, now=now)
    helps, asked = list_helps(session, checkup_id), delegations.copied(session, checkup_id)
    joined = tickets.copied(session, found.row, keys)
    erase_checkup(session, checkup_id=checkup_id, asked_by=BY_MOVE, by=by, now=now)
    enter_scope(session, Scope(scope.audience, to_firm, scope.person_id))
    row = start_checkup(
        session,
        firm_id=to_firm,
        owner_id=found.row.owner_id,
        details=details,
        consents=consents,
        pack_id=pack_id,
        locale=locale,
        keys=keys,
        now=now,
        channel=found.row.channel,
        came_by=came_by,
    )
    if not _has_number(session, found.row.case_number):
        row.case_number = found.row.case_number
    row.mode, row.pack_version, row.pack_hash = mode, found.row.pack_version, found.row.pack_hash
    moved = get_checkup(session, row.id, keys, lock=True)
    if found.record.entries:
        checkups.move(session, row, "answer", actor_id=by.id, now=now)
    store_record(session, moved, found.record)
    carry_sources(session, sources, firm_id=to_firm, business_id=row.business_id)
    carry(session, helps, to=row, now=now)
    delegations.carry(session, asked, to=row)
    tickets.carry(session, joined, to=row, keys=keys)
    save_names(session, checkup_id=row.id, names=names, keys=keys)
    if code is not None:
        session.add(code.of(firm_id=to_firm, checkup_id=row.id))
    if wish.address:
        set_wish(session, checkup_id=row.id, wish=wish, keys=keys, now=now)
    audit.note(session, firm_id=to_firm, act="case.moved", by=by, about_id=row.id, owner_id=row.owner_id)
    return row


def _has_number(session: Session, case_number: str) -> bool:
    """Whether one of hers has this number at the firm already: she was there before."""
    return session.scalars(select(Checkup.id).where(Checkup.case_number == case_number)).first() is not None


def _way_of(row: Checkup) -> CameBy | None:
    """The link she came by goes along, and what was counted of her is not counted again."""
    return None if row.link_id is None else CameBy(row.link_id, row.focus or "", row.link_step)
