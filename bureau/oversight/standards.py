"""Standards of a firm: a checklist with evidence, looked at once a year; its licence checked against a register."""

import csv
import datetime as dt
import io
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.oversight.standards_models import StandardCheck
from tenants.audit import SYSTEM, Actor
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.models import Firm
from tenants.typed.words import check_line

MOST_TEXT, MOST_LINES = 500, 20_000
REVIEW_AFTER = dt.timedelta(days=365)
LICENCE = "licence"
STANDARDS: Mapping[str, Mapping[str, str]] = {
    LICENCE: {"zh-Hans": "执业许可证有效（律师法 18）", "en": "Practice licence valid (Lawyers Law 18)"},
    "conflicts": {"zh-Hans": "有利益冲突审查制度（律师法 23）", "en": "Conflict checks in place (Lawyers Law 23)"},
    "secrecy": {"zh-Hans": "有保密制度并培训过（律师法 38）", "en": "Secrecy rules, and training (Lawyers Law 38)"},
    "people": {"zh-Hans": "有两名以上做过小微企业业务的律师", "en": "Two lawyers or more with small-business practice"},
    "answering": {"zh-Hans": "工作日有人接电话和回消息", "en": "Somebody answers on working days"},
    "free": {"zh-Hans": "收费与免费的界限写明并公开", "en": "What is free and what is not is written and public"},
}


@dataclass(frozen=True)
class Standing:
    """One standard of one firm: the newest look at it, or none yet."""

    standard: str
    newest: StandardCheck | None

    def is_due(self, today: dt.date) -> bool:
        return self.newest is None or not self.newest.is_met or self.newest.next_on <= today


def record_check(
    session: Session,
    *,
    firm_id: uuid.UUID,
    standard: str,
    is_met: bool,
    evidence: str,
    by: Actor,
    today: dt.date,
    now: dt.datetime,
) -> StandardCheck:
    """Write down one look, to be repeated in a year. Raises: NotFound, Invalid `evidence`."""
    if standard not in STANDARDS or session.get(Firm, firm_id) is None:
        raise NotFound
    said = check_line(evidence, "evidence", most=MOST_TEXT)
    row = StandardCheck(
        firm_id=firm_id,
        standard=standard,
        is_met=is_met,
        evidence=said,
        next_on=today + REVIEW_AFTER,
        actor_id=by.id,
        actor_name=by.name,
        at=now,
    )
    session.add(row)
    session.flush()
    return row


def list_standings(session: Session, firm_id: uuid.UUID) -> list[Standing]:
    """Every standard with its newest look, in the order of the list."""
    query = select(StandardCheck).where(StandardCheck.firm_id == firm_id).order_by(StandardCheck.at)
    newest = {row.standard: row for row in session.scalars(query)}
    return [Standing(standard, newest.get(standard)) for standard in STANDARDS]


def check_standards(session: Session, *, firm_id: uuid.UUID, today: dt.date) -> None:
    """Before a firm is admitted every standard has been looked at and met. Raises: Conflict `standards`."""
    if any(one.is_due(today) for one in list_standings(session, firm_id)):
        raise Conflict("standards")


def count_due(session: Session, today: dt.date) -> dict[uuid.UUID, int]:
    """Firm → how many of its standards are unmet or due, for the firms of the scope that serve."""
    firms = session.scalars(select(Firm.id).where(Firm.state.in_(("admitted", "active", "suspended")))).all()
    return {firm: sum(one.is_due(today) for one in list_standings(session, firm)) for firm in firms}


@dataclass(frozen=True)
class Licence:
    """What a register says of one licence: `valid`, `suspended` or `revoked`, and the day of the register."""

    number: str
    status: str
    as_of: dt.date


STATUSES = ("valid", "suspended", "revoked")
# Asks a register about licence numbers; today a file, tomorrow an interface of the ministry.
Register = Callable[[Sequence[str]], Mapping[str, Licence]]


def read_register(content: bytes) -> Register:
    """A register from a CSV file with the columns licence_number, status, as_of (UTF-8).

    Raises: Invalid `file`: `not_a_register` for other columns or encodings, `bad_line` with the number of the line.
    """
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        if not {"licence_number", "status", "as_of"} <= set(reader.fieldnames or ()):
            raise Invalid((FieldFault("file", "not_a_register"),))
        licences = [_read_line(number, line) for number, line in enumerate(reader, start=2)]
    except (UnicodeDecodeError, csv.Error):
        raise Invalid((FieldFault("file", "not_a_register"),)) from None
    held = {one.number: one for one in licences}
    return lambda numbers: {number: held[number] for number in numbers if number in held}


def _read_line(number: int, line: Mapping[str, str]) -> Licence:
    status, licence = (line["status"] or "").strip().lower(), (line["licence_number"] or "").strip().upper()
    try:
        as_of = dt.date.fromisoformat((line["as_of"] or "").strip())
    except ValueError:
        as_of = None
    if number > MOST_LINES or status not in STATUSES or not licence or as_of is None:
        raise Invalid((FieldFault("file", "bad_line", {"line": number}),))
    return Licence(licence, status, as_of)


@dataclass(frozen=True)
class Rechecked:
    """How many licences of the bureau's firms are valid, and the firms whose licence is not, or is unknown."""

    valid: int
    wrong: Sequence[tuple[Firm, str]]


def recheck_licences(session: Session, register: Register, *, today: dt.date, now: dt.datetime) -> Rechecked:
    """Ask the register about every firm of the bureau's part and write each answer down as a look at its licence."""
    firms = session.scalars(select(Firm).where(Firm.state.in_(("admitted", "active", "suspended")))).all()
    known = register([firm.licence_number.upper() for firm in firms])
    wrong = []
    for firm in firms:
        found = known.get(firm.licence_number.upper())
        status = found.status if found else "unknown"
        said = f"register {found.as_of if found else today}: {status}"
        record_check(
            session,
            firm_id=firm.id,
            standard=LICENCE,
            is_met=status == "valid",
            evidence=said,
            by=SYSTEM,
            today=today,
            now=now,
        )
        if status != "valid":
            wrong.append((firm, status))
    return Rechecked(len(firms) - len(wrong), wrong)
