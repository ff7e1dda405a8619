"""A draft for whoever types beside its owner: her role's policies open it, and of its row no score and no grade."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from checkup.cases.answer_record import AnswerRecord
from checkup.cases.checkups import FACTS, FoundCheckup, OpenCheckup, store_answers
from checkup.cases.models import CaseKeyRow, Checkup, SealedAnswers
from checkup.cases.sealing import Keyring
from checkup.cases.states import DRAFTS
from checkup.packs.answers import parse_value
from tenants.access.stations import TOLD_OF_DRAFT
from tenants.businesses import details_of
from tenants.errors import NotFound
from tenants.models import Business, Firm

_TOLD = load_only(*(getattr(Checkup, name) for name in TOLD_OF_DRAFT), raiseload=True)


@dataclass(frozen=True)
class Typist:
    """Who types: as what (`by`), through which channel, under which row of her own (`who`), and the person."""

    by: str
    via: str
    person_id: uuid.UUID | None
    who: str = ""


def find_draft(
    session: Session, *, firm_id: uuid.UUID, checkup_id: uuid.UUID, keys: Keyring, lock: bool
) -> FoundCheckup | None:
    """The draft with its answers, it and they locked against other writers if asked; None for what is no draft."""
    query = (
        select(Checkup, Business, SealedAnswers, Firm.wrapped_key, CaseKeyRow.wrapped_key)
        .select_from(Checkup)
        .join(Business)
        .join(SealedAnswers)
        .join(CaseKeyRow)
        .join(Firm, Firm.id == Checkup.firm_id)
        .where(Checkup.firm_id == firm_id, Checkup.id == checkup_id, CaseKeyRow.opens == FACTS)
        .options(_TOLD)
    )
    if lock:
        query = query.with_for_update(of=[Checkup, SealedAnswers], key_share=True)
        query = query.execution_options(populate_existing=True)
    read = session.execute(query).one_or_none()
    if read is None or read[0].state not in DRAFTS:
        return None
    row, business, sealed, firm_key, data_key = read
    case = keys.case(firm_key or b"", str(row.firm_id), data_key, str(row.id))
    record = AnswerRecord.from_bytes(case.unseal(sealed.sealed))
    return FoundCheckup(row, business, details_of(business), sealed, case, record)


def type_into(
    session: Session,
    found: FoundCheckup,
    question_id: str,
    raw: str | list[str],
    *,
    typist: Typist,
    now: dt.datetime,
) -> OpenCheckup:
    """One answer into a draft that is locked, marked with who typed it. Raises: NotFound, InvalidAnswer."""
    opened = found.opened()
    try:
        question = opened.pack.question(question_id)
    except KeyError:
        raise NotFound from None
    value = parse_value(question, raw)
    changed = found.record.with_answer(question_id, value, at=now, by=typist.by, via=typist.via, who=typist.who)
    if changed is found.record:
        return opened
    store_answers(session, found, changed, now=now, actor_id=typist.person_id)
    return found.opened(changed)
