"""Sheets of paper with the questions on them: printed at a station, each with a code of its own, typed there once.

Under Scope(HELPER): row security shows a helper the sheets of her station and no others.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.errors import FieldFault, Invalid
from tenants.models import Station
from tenants.numbers import random_letters
from tenants.one_at_a_time import one_at_a_time
from tenants.stations import sheet_rules as rules
from tenants.stations.models import PaperSheet
from tenants.typed import codes

LENGTH = 8


def spoken(code: str) -> str:
    """As it stands on the sheet and is read out: `K7M2-Q9TX`."""
    return f"{code[:4]}-{code[4:]}"


def make_sheets(
    session: Session, *, station: Station, copies: int, locale: str, pack_version: str, by: Actor, now: dt.datetime
) -> Sequence[PaperSheet]:
    """So many new sheets, to be printed now. Raises: Invalid on `copies` while too many are still out."""
    one_at_a_time(session, "sheets printed", station.id)
    if count_out(session, now) + copies > rules.MOST_OPEN:
        raise Invalid((FieldFault("copies", "sheets_out", {"most": rules.MOST_OPEN}),))
    made = [
        PaperSheet(
            station_id=station.id,
            code=random_letters(LENGTH),
            locale=locale,
            pack_version=pack_version,
            printed_by=by.name,
            printed_at=now,
        )
        for _ in range(copies)
    ]
    session.add_all(made)
    session.flush()
    return made


def count_out(session: Session, now: dt.datetime) -> int:
    """Of this station: printed, not yet typed, still good."""
    query = select(func.count()).select_from(PaperSheet)
    found = query.where(PaperSheet.used_at.is_(None), PaperSheet.printed_at > now - rules.LASTS)
    return session.scalars(found).one()


def find_sheet(session: Session, code: str, *, lock: bool = False) -> PaperSheet | None:
    """The station's sheet with this code, however it is typed."""
    query = select(PaperSheet).where(PaperSheet.code == codes.code(code, codes.MINTED))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def why_refused(sheet: PaperSheet | None, now: dt.datetime) -> str:
    """A code of `sheet_rules`, "" where the sheet may be typed."""
    if sheet is None:
        return rules.UNKNOWN
    return rules.refused(printed_at=sheet.printed_at, used_at=sheet.used_at, now=now)


def use_sheet(session: Session, code: str, now: dt.datetime) -> PaperSheet | str:
    """The sheet, used up from now on, or why it is not to be had: of two helpers the slower one finds it used."""
    sheet = find_sheet(session, code, lock=True)
    why = why_refused(sheet, now)
    if sheet is None or why:
        return why
    sheet.used_at = now
    session.flush()
    return sheet


def forget_sheets(session: Session, now: dt.datetime) -> None:
    """Those that were printed long ago, typed or not. Under Scope(WORKER)."""
    session.execute(delete(PaperSheet).where(PaperSheet.printed_at <= now - rules.KEPT))
