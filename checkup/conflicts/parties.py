"""The names of a case: told by its owner, sealed apart from the facts, read by lawyers before the facts."""

import uuid
from dataclasses import replace

from sqlalchemy.orm import Session

from checkup.cases.holding import hold_case
from checkup.cases.models import CaseKeyRow, Checkup
from checkup.cases.sealing import CaseKey, Keyring
from checkup.conflicts.models import CaseParties
from checkup.conflicts.values import CaseNames, Party
from tenants import jobs
from tenants.errors import Conflict, NotFound
from tenants.models import Business, Firm

NAMES = "names"
TELLABLE = ("started", "answering", "submitted", "in_review")


def open_names_case(session: Session, row: Checkup, keys: Keyring) -> CaseKey:
    """The opened key for the names of a case, made where there is none yet. Raises: NotFound after erasure."""
    firm_key = session.get_one(Firm, row.firm_id).wrapped_key
    if firm_key is None or row.state == "erased":
        raise NotFound
    held = session.get(CaseKeyRow, (row.firm_id, row.id, NAMES))
    if held is None:
        wrapped = keys.new_data_key(firm_key, str(row.firm_id), str(row.id))
        held = CaseKeyRow(
            firm_id=row.firm_id, checkup_id=row.id, opens=NAMES, owner_id=row.owner_id, wrapped_key=wrapped
        )
        session.add(held)
        session.flush()
    return keys.case(firm_key, str(row.firm_id), held.wrapped_key, str(row.id))


def read_names(session: Session, row: Checkup, keys: Keyring) -> tuple[CaseNames, int]:
    """What the owner told, and its version; version 0 and no name where nothing was told."""
    held = session.get(CaseParties, (row.firm_id, row.id))
    if held is None or not held.sealed:
        return CaseNames(), 0
    return CaseNames.from_bytes(open_names_case(session, row, keys).unseal(held.sealed)), held.version


def list_parties(session: Session, row: Checkup, keys: Keyring) -> tuple[tuple[Party, ...], int]:
    """Everybody by role, the business first, and the version of the names."""
    names, version = read_names(session, row, keys)
    business = session.get_one(Business, (row.firm_id, row.business_id))
    return names.parties(business.name), version


def save_names(session: Session, *, checkup_id: uuid.UUID, names: CaseNames, keys: Keyring) -> Checkup:
    """The owner tells who is concerned; whoever looked before is checked again by the worker.

    Raises: NotFound, Conflict `not_now` once the report is signed.
    """
    row = hold_case(session, checkup_id)
    if row.state not in TELLABLE:
        raise Conflict("not_now")
    if read_names(session, row, keys)[0] == names:
        return row
    _store(session, row, names, keys)
    return row


def add_counterparty(session: Session, row: Checkup, name: str, keys: Keyring) -> None:
    """Somebody comes in as the matter goes on, also after the report was signed; whoever looked is checked again."""
    names, _version = read_names(session, row, keys)
    if name not in names.counterparties:
        _store(session, row, replace(names, counterparties=(*names.counterparties, name)), keys)


def check_again(session: Session, row: Checkup, keys: Keyring) -> None:
    """The business itself has another name: a new version of the names, and whoever looked is checked again."""
    _store(session, row, read_names(session, row, keys)[0], keys)


def _store(session: Session, row: Checkup, names: CaseNames, keys: Keyring) -> None:
    sealed = open_names_case(session, row, keys).seal(names.to_bytes())
    held = session.get(CaseParties, (row.firm_id, row.id))
    if held is None:
        held = CaseParties(firm_id=row.firm_id, checkup_id=row.id, owner_id=row.owner_id)
        session.add(held)
    held.sealed = sealed
    session.flush()
    jobs.defer(session, "recheck_case", firm_id=row.firm_id, checkup_id=row.id)
