"""The firm's own list of clients and opponents: by hand or from a table, searched as names are compared."""

import csv
import datetime as dt
import io
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.conflicts.matching import RELATED, compare
from checkup.conflicts.models import FirmParty
from checkup.conflicts.rules import ADVERSE, CLIENT
from tenants.errors import FieldFault, Invalid
from tenants.rows import get_by_key

MOST_NAME, MOST_MATTER, MOST_LINES, MOST_SHOWN = 200, 80, 5_000, 200
_SIDES = {
    CLIENT: CLIENT, "客户": CLIENT, "委托人": CLIENT, "本所客户": CLIENT,
    ADVERSE: ADVERSE, "对方": ADVERSE, "对方当事人": ADVERSE, "相对方": ADVERSE,
}  # fmt: skip
_HEADS = ("name", "名称", "姓名", "名字")


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
    """One more name. Raises: Invalid on `name`, `side`, `matter`."""
    faults, values = _parse(name, side, credit_code, matter)
    if faults:
        raise Invalid(tuple(faults))
    row = FirmParty(firm_id=firm_id, added_at=now, **values)
    session.add(row)
    session.flush()
    return row


def _parse(name: str, side: str, credit_code: str, matter: str) -> tuple[list[FieldFault], dict[str, str]]:
    values = {
        "name": " ".join(name.split()),
        "side": _SIDES.get(side.strip().lower(), ""),
        "credit_code": "".join(credit_code.split()).upper()[:18],
        "matter": " ".join(matter.split()),
    }
    faults = []
    if not values["name"]:
        faults.append(FieldFault("name", "required"))
    for field, most in (("name", MOST_NAME), ("matter", MOST_MATTER)):
        if len(values[field]) > most:
            faults.append(FieldFault(field, "too_long", {"most": most}))
        elif not values[field].isprintable():
            faults.append(FieldFault(field, "control_characters"))
    if not values["side"]:
        faults.append(FieldFault("side", "unknown_option"))
    return faults, values


def import_table(session: Session, *, firm_id: uuid.UUID, content: bytes, now: dt.datetime) -> int:
    """Add every line of a CSV table (name, side, credit code, file number); returns how many were new.

    All or nothing. Raises: Invalid, each fault with its `line`: as `add_party`, too_many, not_a_table.
    """
    lines = list(csv.reader(io.StringIO(_decode(content))))
    if lines and lines[0] and lines[0][0].strip().lower() in _HEADS:
        lines[0] = []
    if len(lines) > MOST_LINES:
        raise Invalid((FieldFault("table", "too_many", {"most": MOST_LINES}),))
    known = set(
        session.execute(
            select(FirmParty.name, FirmParty.side, FirmParty.matter).where(FirmParty.firm_id == firm_id)
        ).tuples()
    )
    faults: list[FieldFault] = []
    count = 0
    for number, cells in enumerate(lines, start=1):
        if not any(cell.strip() for cell in cells):
            continue
        found, values = _parse(*(*cells, "", "", "", "")[:4])
        faults += [FieldFault(fault.field, fault.code, {**fault.params, "line": number}) for fault in found]
        key = (values["name"], values["side"], values["matter"])
        if not found and key not in known:
            known.add(key)
            session.add(FirmParty(firm_id=firm_id, added_at=now, **values))
            count += 1
    if faults:
        raise Invalid(tuple(faults))
    session.flush()
    return count


def _decode(content: bytes) -> str:
    """UTF-8, or what spreadsheets write in China. Raises: Invalid `not_a_table`."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid((FieldFault("table", "not_a_table"),))


def remove_party(session: Session, *, firm_id: uuid.UUID, party_id: uuid.UUID) -> None:
    """Strike one from the list. Raises: NotFound."""
    row = get_by_key(session, FirmParty, (firm_id, party_id))
    session.delete(row)
