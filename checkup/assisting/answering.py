"""A helper types what an owner says: each answer marked as hers to have typed, and how it was said. Scope(HELPER)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from checkup.assisting.reading import get_help, open_helped
from checkup.cases.answer_record import AnswerRecord
from checkup.cases.checkups import FoundCheckup, OpenCheckup
from checkup.cases.sealing import Keyring
from checkup.cases.told_drafts import Typist, type_into
from checkup.packs.answers import Value
from tenants.business_details import with_told
from tenants.businesses import details_of, write_details

HELPER = "helper"


def type_answer(
    session: Session,
    *,
    help_id: uuid.UUID,
    question_id: str,
    raw: str | list[str],
    keys: Keyring,
    now: dt.datetime,
) -> OpenCheckup:
    """Store one answer as `checkup.cases.checkups.save_answer` does, by a helper, through the channel of her help.

    Raises: NotFound once the help has ended, InvalidAnswer, Conflict `not_now` for what is no draft any more.
    """
    found = open_helped(session, help_id, keys, lock=True)
    helped = get_help(session, help_id)
    typist = Typist(HELPER, helped.channel, helped.helper_id)
    return type_into(session, found, question_id, raw, typist=typist, now=now)


def tell_more(session: Session, *, help_id: uuid.UUID, told: Mapping[str, Any], keys: Keyring) -> FoundCheckup:
    """A little more of the business of a draft, as the questions come to it. Raises: NotFound, Conflict `not_now`."""
    found = open_helped(session, help_id, keys, lock=True)
    write_details(found.business, with_told(details_of(found.business), **told))
    session.flush()
    return found


def typed_here(record: AnswerRecord) -> dict[str, Value]:
    """The answers that a helper has typed; what the owner answered herself is hers."""
    return {one: value for one, value in record.answers().items() if record.entries[one].get("by") == HELPER}
