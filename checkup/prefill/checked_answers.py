"""Answers of other checks in an owner's record, each with who found it and when: by her yes, and out again."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from checkup.cases.answer_record import CHECKED
from checkup.cases.checkups import get_checkup, store_answers
from checkup.cases.sealing import Keyring
from checkup.prefill.earlier_checks import Checked, takable
from checkup.prefill.values import EarlierCheck
from tenants.clock import city_day


def list_checked(
    session: Session, *, checkup_id: uuid.UUID, checks: Iterable[EarlierCheck], keys: Keyring, now: dt.datetime
) -> Sequence[Checked]:
    """What she need not be asked. Raises: NotFound."""
    found = get_checkup(session, checkup_id, keys, lock=False)
    return takable(found.opened().pack, checks, found.record.entries, city_day(now))


def take_checked(
    session: Session, *, checkup_id: uuid.UUID, checks: Iterable[EarlierCheck], keys: Keyring, now: dt.datetime
) -> None:
    """By her yes. Raises: NotFound, Conflict `not_now`."""
    found = get_checkup(session, checkup_id, keys, lock=True)
    record = found.record
    for one in takable(found.opened().pack, checks, record.entries, city_day(now)):
        who = f"{one.by} {one.on.isoformat()}"
        record = record.with_answer(one.question.id, one.value, at=now, by="owner", via=CHECKED, who=who)
    store_answers(session, found, record, now=now)


def leave_checked(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, now: dt.datetime) -> bool:
    """Those that she has not answered herself since are no answers any more; whether there were any.

    Raises: NotFound, Conflict `not_now`.
    """
    found = get_checkup(session, checkup_id, keys, lock=True)
    entries = found.record.entries
    kept = {
        question: value for question, value in found.record.answers().items() if entries[question]["via"] != CHECKED
    }
    if len(kept) == len(entries):
        return False
    store_answers(session, found, found.record.carried(kept, at=now), now=now)
    return True
