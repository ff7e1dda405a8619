"""Look again after some months: a new checkup of the same business, the last answers carried and marked as carried."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from checkup.cases.checkups import OpenCheckup, get_checkup, get_checkup_row, move, open_new, store_record
from checkup.cases.models import Checkup, FindingRow
from checkup.cases.sealing import Keyring
from checkup.cases.states import DRAFTS
from checkup.fixes.models import Reminder, ReminderWish
from checkup.fixes.reminders import claim_reminder
from checkup.owner.consents import list_switches
from checkup.owner.open_firms import is_open
from checkup.owner.trend import Measured, TrendStep, trend
from checkup.packs.catalogue import get_pack
from checkup.packs.versions import carry_answers, compare_questions
from checkup.rollout.releases import pack_in_force
from checkup.scoring.legal_deadlines import months_after
from tenants import messages
from tenants.clock import city_day
from tenants.errors import Conflict
from tenants.models import Firm

RECHECK = "recheck"
_CHECKED = ("submitted", "signed", "closed")
_MEASURED = ("submitted", "in_review", "signed", "closed")


def start_recheck(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, now: dt.datetime) -> Checkup:
    """The next checkup of the business, or the draft of it that has begun already.

    Every answer that means the same in the newest version of the pack is there, marked as carried; whether a lawyer
    may read it follows the owner's switch as it stands. Raises: NotFound; Conflict `not_now`, `suspended`.
    """
    found = get_checkup(session, checkup_id, keys, lock=True)
    row = found.row
    begun = select(Checkup).where(
        Checkup.firm_id == row.firm_id, Checkup.business_id == row.business_id, Checkup.state.in_(DRAFTS)
    )
    draft = session.scalars(begun).first()
    if draft is not None:
        return draft
    if row.state not in _CHECKED:
        raise Conflict("not_now")
    if not is_open(session, row.firm_id):
        raise Conflict("suspended")
    new, old = pack_in_force(session, row.pack_id, row.firm_id), get_pack(row.pack_id, row.pack_version)
    is_wanted = any(one.granted for one in list_switches(session, row) if one.purpose == "review")
    again = open_new(
        session,
        business=found.business,
        pack_id=row.pack_id,
        locale=row.locale,
        channel=row.channel,
        review_wanted=is_wanted,
        keys=keys,
        now=now,
        previous_id=row.id,
    )
    again.mode, again.focus = row.mode, row.focus
    fresh = get_checkup(session, again.id, keys, lock=True)
    carried = carry_answers(old, new, found.record.answers())
    move(session, again, "answer", actor_id=None, now=now)
    store_record(session, fresh, found.record.for_recheck(carried.answers, at=now))
    return again


def question_marks(session: Session, opened: OpenCheckup) -> dict[str, str]:
    """In a recheck: question id → `new` or `changed` against the version answered last time; else nothing."""
    if opened.row.previous_id is None:
        return {}
    previous = get_checkup_row(session, opened.row.previous_id)
    return compare_questions(get_pack(previous.pack_id, previous.pack_version), opened.pack)


def recheck_day(row: Checkup, months: int) -> dt.date | None:
    """From when on it is time to look again; None before the signature."""
    return None if row.signed_at is None else months_after(city_day(row.signed_at), months)


def nudge(session: Session, *, firm_id: uuid.UUID, public_url: str, now: dt.datetime) -> int:
    """Under Scope(WORKER, firm): tell owners who agreed to it that it is time; once per checkup; returns how many."""
    months, count = session.get_one(Firm, firm_id).revisit_months, 0
    for row in _waiting(session, firm_id):
        day = recheck_day(row, months)
        agreed = any(one.granted for one in list_switches(session, row) if one.purpose == "follow_up")
        if day is not None and day <= city_day(now) and agreed and claim_reminder(session, row, RECHECK, day, now):
            _tell(session, row, public_url, now)
            count += 1
    return count


def _waiting(session: Session, firm_id: uuid.UUID) -> list[Checkup]:
    """Signed checkups that nobody has looked at again and whose owner was not told yet."""
    later = aliased(Checkup)
    newer = select(later.id).where(
        later.firm_id == Checkup.firm_id,
        later.business_id == Checkup.business_id,
        later.started_at > Checkup.started_at,
    )
    told = select(Reminder.about).where(
        Reminder.firm_id == Checkup.firm_id, Reminder.checkup_id == Checkup.id, Reminder.about == RECHECK
    )
    query = select(Checkup).where(
        Checkup.firm_id == firm_id, Checkup.state.in_(("signed", "closed")), ~newer.exists(), ~told.exists()
    )
    return list(session.scalars(query))


def _tell(session: Session, row: Checkup, public_url: str, now: dt.datetime) -> None:
    wish = session.get(ReminderWish, (row.firm_id, row.id))
    channel = wish.channel if wish is not None and wish.channel in ("sms", "email") else "page"
    link = f"{public_url}/checkup/{row.id}/trend"
    messages.tell_owner(session, "recheck_due", row, channel=channel, now=now, link=link)


def load_trend(session: Session, *, checkup_id: uuid.UUID) -> tuple[TrendStep, ...]:
    """Every submitted checkup of the business, in the order of time. Raises: NotFound."""
    row = get_checkup_row(session, checkup_id)
    query = select(Checkup).where(
        Checkup.firm_id == row.firm_id, Checkup.business_id == row.business_id, Checkup.state.in_(_MEASURED)
    )
    return trend([_measured(session, one) for one in session.scalars(query)])


def _measured(session: Session, row: Checkup) -> Measured:
    found = select(FindingRow.risk).where(
        FindingRow.checkup_id == row.id,
        FindingRow.state == "found",
        FindingRow.lawyer_action.is_distinct_from("dismiss"),
    )
    return Measured(
        case_number=row.case_number,
        on=city_day(row.submitted_at or row.started_at),
        score=row.score,
        low=row.score_low,
        high=row.score_high,
        grade=row.grade,
        is_signed=row.signed_at is not None,
        found=frozenset(session.scalars(found)),
    )
