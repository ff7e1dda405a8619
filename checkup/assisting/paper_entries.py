"""A sheet of paper typed into a record: once, again blind, then settled. Under Scope(OWNER), beside a helper of the
station, except where it says otherwise. Between the two typings nothing of it is in the record yet."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, load_only

from checkup.assisting.agreeing import Agreed, agree, list_helps, note
from checkup.assisting.answering import HELPER
from checkup.assisting.assist_rules import FILL, PAPER
from checkup.assisting.models import Assistance, PaperEntry
from checkup.assisting.paper_rules import Typed, about_of, path_of
from checkup.cases.checkups import FoundCheckup, get_checkup, open_case, store_answers
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.packs.answers import Value
from checkup.packs.values import Pack
from tenants import audit
from tenants.access.stations import TOLD_OF_ENTRY
from tenants.business_details import BusinessDetails, with_told
from tenants.businesses import write_details
from tenants.errors import Conflict
from tenants.rows import get_one

_TOLD = load_only(*(getattr(PaperEntry, name) for name in TOLD_OF_ENTRY), raiseload=True)


@dataclass(frozen=True)
class Sheet:
    """The paper that lies before the helper: its code, of which version its questions are, when she signed it."""

    code: str
    pack_version: str
    signed_on: dt.date


@dataclass(frozen=True)
class BothTyped:
    """What was typed; `second` is None until somebody typed it again."""

    entry: PaperEntry
    first: Typed
    second: Typed | None


@dataclass(frozen=True)
class Settled:
    """What came of a sheet: the help that runs on, and by question what was taken, was not asked, was answered by the
    owner herself meanwhile, is blank. `pack`: whose questions her record asks."""

    help: Assistance
    pack: Pack
    taken: Sequence[str]
    off_path: Sequence[str]
    own: Sequence[str]
    blank: Sequence[str]


def list_entries(session: Session) -> Sequence[PaperEntry]:
    """Those that wait at a helper's station, the oldest first; nothing of what was typed. Under Scope(HELPER)."""
    query = select(PaperEntry).options(_TOLD).order_by(PaperEntry.first_at, PaperEntry.checkup_id)
    return session.scalars(query).all()


def get_entry(session: Session, checkup_id: uuid.UUID) -> PaperEntry:
    """The same of one. Under Scope(HELPER). Raises: NotFound once it is settled or its time is up."""
    return get_one(session, select(PaperEntry).options(_TOLD).where(PaperEntry.checkup_id == checkup_id))


def find_entry(session: Session, sheet_code: str) -> PaperEntry | None:
    """The same by the code on the sheet. Under Scope(HELPER)."""
    query = select(PaperEntry).options(_TOLD).where(PaperEntry.sheet_code == sheet_code)
    return session.scalars(query).one_or_none()


def begin_entry(
    session: Session, *, row: Checkup, agreed: Agreed, sheet: Sheet, typed: Typed, keys: Keyring, now: dt.datetime
) -> PaperEntry:
    """The sheet as it was typed the first time, for a draft that was begun with it; her signature is her yes."""
    helped = agree(session, checkup_id=row.id, agreed=agreed, now=now)
    made = PaperEntry(
        firm_id=row.firm_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        station_id=agreed.station.id,
        sheet_code=sheet.code,
        pack_version=sheet.pack_version,
        signed_on=sheet.signed_on,
        shows=agreed.shows,
        first_by=agreed.helper.known(),
        first_name=agreed.helper.name,
        first_at=now,
        ends_at=helped.ends_at,
        sealed=open_case(session, row, keys).seal(_written(typed, None)),
    )
    session.add(made)
    session.flush()
    note(session, row, "help.typed", agreed.helper)
    return made


def open_entry(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> BothTyped:
    """The case held, both typings unsealed. Raises: NotFound."""
    row = hold_case(session, checkup_id)
    query = select(PaperEntry).where(PaperEntry.firm_id == row.firm_id, PaperEntry.checkup_id == row.id)
    entry = get_one(session, query.execution_options(populate_existing=True))
    told = json.loads(open_case(session, row, keys).unseal(entry.sealed))
    second = told["second"]
    return BothTyped(entry, _read(told["first"]), None if second is None else _read(second))


def type_again(
    session: Session, *, checkup_id: uuid.UUID, typed: Typed, by: audit.Actor, keys: Keyring, now: dt.datetime
) -> BothTyped:
    """The second typing beside the first. Raises: NotFound, Conflict `faster` where a colleague has done it already."""
    both = open_entry(session, checkup_id=checkup_id, keys=keys)
    if both.second is not None:
        raise Conflict("faster")
    row, entry = hold_case(session, checkup_id), both.entry
    entry.sealed = open_case(session, row, keys).seal(_written(both.first, typed))
    entry.second_by, entry.second_name, entry.second_at = by.known(), by.name, now
    session.flush()
    note(session, row, "help.retyped", by)
    return BothTyped(entry, both.first, typed)


def settle(
    session: Session, *, checkup_id: uuid.UUID, agreed: Agreed, typed: Typed, keys: Keyring, now: dt.datetime
) -> Settled:
    """The sheet as both typings and the paper say it goes into the record, and nothing else of it stays; whoever
    settled it helps on. What the owner has answered herself meanwhile stays hers.

    Raises: NotFound, Conflict `not_now` while it was typed once only, or for what is no draft any more.
    """
    both = open_entry(session, checkup_id=checkup_id, keys=keys)
    if both.second is None:
        raise Conflict("not_now")
    found = get_checkup(session, checkup_id, keys, lock=True)
    told = with_told(found.told, **_told_anew(found.told, typed))
    pack = found.opened().pack
    path = path_of(pack, told.profile(), typed)
    own = [question for question in path.answers if question in found.record.entries]
    taken = {question: value for question, value in path.answers.items() if question not in own}
    write_details(found.business, told)
    names = "、".join(dict.fromkeys(filter(None, (both.entry.first_name, both.entry.second_name))))
    _write(session, found, taken, names=names, by=agreed.helper, now=now)
    session.execute(delete(PaperEntry).filter_by(firm_id=found.row.firm_id, checkup_id=checkup_id))
    note(session, found.row, "help.settled", agreed.helper)
    helped = _help_of(session, found.row, agreed, now) or agree(session, checkup_id=checkup_id, agreed=agreed, now=now)
    blank = [question for question in path.blank if question not in found.record.entries]
    return Settled(helped, pack, list(taken), path.off, own, blank)


def _told_anew(told: BusinessDetails, typed: Typed) -> dict[str, object]:
    """A number of people that was told takes the place of a band."""
    about: dict[str, object] = dict(about_of(typed))
    if "staff" in about:
        about |= {"staff": int(float(str(about["staff"]))), "staff_to": None}
    return about


def _write(
    session: Session,
    found: FoundCheckup,
    taken: Mapping[str, Value],
    *,
    names: str,
    by: audit.Actor,
    now: dt.datetime,
) -> None:
    """Each answer with where it comes from: a paper, typed by whom."""
    record = found.record
    for question, value in taken.items():
        record = record.with_answer(question, value, at=now, by=HELPER, via=PAPER, who=names)
    store_answers(session, found, record, now=now, actor_id=by.id)


def _help_of(session: Session, row: Checkup, agreed: Agreed, now: dt.datetime) -> Assistance | None:
    """The help of whoever settles, where it was hers all along."""
    running = (one for one in list_helps(session, row.id) if one.purpose == FILL and one.is_open(now))
    return next((one for one in running if one.helper_id == agreed.helper.id), None)


def list_own_entries(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> Sequence[BothTyped]:
    """What of an owner's sheet is being typed, for her own record."""
    query = select(PaperEntry.checkup_id).where(PaperEntry.checkup_id == checkup_id)
    return [open_entry(session, checkup_id=one, keys=keys) for one in session.scalars(query).all()]


def forget_entries(session: Session, now: dt.datetime) -> int:
    """Those whose time is up before anybody settled them; returns how many. Under Scope(WORKER)."""
    gone = delete(PaperEntry).where(PaperEntry.ends_at <= now).returning(PaperEntry.checkup_id)
    return len(session.scalars(gone).all())


def _written(first: Typed, second: Typed | None) -> bytes:
    return json.dumps({"first": first, "second": second}, ensure_ascii=False).encode()


def _read(told: Mapping[str, object]) -> dict[str, Value]:
    return {key: tuple(value) if isinstance(value, list) else cast(Value, value) for key, value in told.items()}
