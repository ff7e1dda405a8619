"""The firm's own list of clients and opponents: by hand or from a table, searched as names are compared."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.conflicts.matching import RELATED, compare
from checkup.conflicts.models import FirmParty
from checkup.conflicts.name_words import SIDES
from checkup.conflicts.party_tables import is_destroyed, read_table
from tenants.errors import FieldFault, Invalid, Unreadable
from tenants.rows import get_by_key
from tenants.typed import identifiers
from tenants.typed.text import one_line

MOST_NAME, MOST_MATTER, MOST_SHOWN = 200, 80, 200


def list_parties(session: Session, *, firm_id: uuid.UUID, search: str = "") -> Sequence[FirmParty]:
    """The newest names, or those that are like `search`, the likest first."""
    rows = session.scalars(
        select(FirmParty).where(FirmParty.firm_id == firm_id).order_by(FirmParty.added_at.desc(), FirmParty.id)
    ).all()
    wanted = " ".join(search.split())
    if not wanted:
        return rows[:MOST_SHOWN]
    scored = [(1.0 if wanted in row.name else compare(wanted, row.name).score, row) for row in rows]
    found = sorted((one for one in scored if one[0] >= RELATED), key=lambda one: (-one[0], one[1].name))
    return [row for _, row in found[:MOST_SHOWN]]


def add_party(
    session: Session,
    *,
    firm_id: uuid.UUID,
    name: str,
    side: str,
    now: dt.datetime,
    credit_code: str = "",
    matter: str = "",
) -> FirmParty:
    """One more name. Raises: Invalid on `name`, `side`, `credit_code`, `matter`."""
    faults, values = _parse(name, side, credit_code, matter)
    if faults:
        raise Invalid(tuple(faults))
    row = FirmParty(firm_id=firm_id, added_at=now, **values)
    session.add(row)
    session.flush()
    return row


def _parse(name: str, side: str, credit_code: str, matter: str) -> tuple[list[FieldFault], dict[str, str]]:
    values = {
        "name": one_line(name),
        "side": SIDES.get(one_line(side).lower(), ""),
        "credit_code": "",
        "matter": one_line(matter),
    }
    faults = []
    if not values["name"]:
        faults.append(FieldFault("name", "required"))
    for field, most in (("name", MOST_NAME), ("matter", MOST_MATTER)):
        if len(values[field]) > most:
            faults.append(FieldFault(field, "too_long", {"most": most}))
        elif identifiers.holds_id_card(values[field]):
            faults.append(FieldFault(field, "id_card"))
        elif is_destroyed(values[field]):
            faults.append(FieldFault(field, "destroyed_by_excel"))
    if not values["side"]:
        faults.append(FieldFault("side", "unknown_option"))
    try:
        values["credit_code"] = _read_code(credit_code)
    except Unreadable as refused:
        faults.append(FieldFault("credit_code", refused.code))
    return faults, values


def _read_code(credit_code: str) -> str:
    """Raises: Unreadable, as `identifiers.credit_code`, and `destroyed_by_excel`."""
    typed = one_line(credit_code)
    if is_destroyed(typed):
        raise Unreadable("destroyed_by_excel")
    return identifiers.credit_code(typed) if typed else ""


def import_table(session: Session, *, firm_id: uuid.UUID, content: bytes, now: dt.datetime) -> int:
    """Add every line of a table (name, side, credit code, file number); returns how many were new.

    A line that is there already only brings its code where none was known. All or nothing.
    Raises: Invalid, each fault with its `line`: as `add_party` and as `read_table`.
    """
    rows = session.scalars(select(FirmParty).where(FirmParty.firm_id == firm_id))
    known = {(row.name, row.side, row.matter): row for row in rows}
    faults: list[FieldFault] = []
    count = 0
    for number, cells in read_table(content):
        found, values = _parse(*cells)
        faults += [FieldFault(fault.field, fault.code, {**fault.params, "line": number}) for fault in found]
        key = (values["name"], values["side"], values["matter"])
        if found:
            continue
        if key not in known:
            known[key] = FirmParty(firm_id=firm_id, added_at=now, **values)
            session.add(known[key])
            count += 1
        known[key].credit_code = known[key].credit_code or values["credit_code"]
    if faults:
        raise Invalid(tuple(faults))
    session.flush()
    return count


def remove_party(session: Session, *, firm_id: uuid.UUID, party_id: uuid.UUID) -> None:
    """Strike one from the list. Raises: NotFound."""
    row = get_by_key(session, FirmParty, (firm_id, party_id))
    session.delete(row)
