"""One synthetic checkup of the demo city, in any state."""

import datetime as dt
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from checkup.cases import checkups
from checkup.cases.sealing import Keyring
from checkup.desk.conflict_step import settle_check
from checkup.letters.acceptance import accept_letter, draft_for
from checkup.packs.answers import Value
from checkup.packs.catalogue import PACK
from checkup.review.locking import get_locked
from checkup.scoring import simulation
from checkup.signoff import signing
from checkup.signoff.content import Words
from checkup.signoff.decisions import confirm_minor, decide_finding, save_advice
from checkup.signoff.rules import is_undecided
from tenants import audit
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.models import Person
from tenants.people import start_guest
from webapp.settings import Settings


@dataclass(frozen=True)
class Case:
    """The ids of one checkup that was made."""

    firm_id: uuid.UUID
    checkup_id: uuid.UUID
    owner_id: uuid.UUID
    lawyer_id: uuid.UUID | None


def add_case(
    settings: Settings,
    rng: random.Random,
    *,
    firm_id: uuid.UUID,
    state: str,
    lawyer_id: uuid.UUID | None,
    at: dt.datetime,
    has_letter: bool = True,
    waits: dt.timedelta = dt.timedelta(),
) -> Case:
    """One checkup, answered, and taken as far as `state` by the services that people use.

    A lawyer takes and signs it `waits` after it was submitted, not later than now.
    """
    keys = settings.keyring()
    with unit_of_work(Scope(Audience.PUBLIC, firm_id=firm_id)) as session:
        guest = start_guest(session, at)
        enter_scope(session, Scope(Audience.OWNER, firm_id, guest.id))
        checkup = checkups.start_checkup(
            session,
            firm_id=firm_id,
            owner_id=guest.id,
            details=simulation.make_details(rng),
            consents={"review": True, **dict.fromkeys(("statistics", "cloud"), rng.random() < 0.7)},
            pack_id=PACK,
            locale="zh-Hans",
            keys=keys,
            now=at,
        )
        opened = checkups.open_checkup(session, checkup_id=checkup.id, keys=keys)
        character, is_express = simulation.make_character(rng), rng.random() < 0.5
        answers = simulation.walk(opened.pack, opened.profile, character, rng, today=city_day(at), express=is_express)
        if not is_express:
            checkups.set_mode(session, checkup_id=checkup.id, mode="deep")
        kept = answers if state != "answering" else dict(list(answers.items())[:5])
        answer_all(session, checkup_id=checkup.id, answers=kept, keys=keys, at=at)
        if state != "answering":
            checkups.submit_checkup(session, checkup_id=checkup.id, keys=keys, now=at)
            if has_letter:
                accept(session, checkup_id=checkup.id, owner_id=guest.id, keys=keys, at=at)
    if state in ("in_review", "signed") and lawyer_id is not None:
        later = min(at + waits, max(at, now()))
        _review(settings, firm_id=firm_id, checkup_id=checkup.id, lawyer_id=lawyer_id, sign=state == "signed", at=later)
    return Case(firm_id, checkup.id, guest.id, lawyer_id)


def answer_all(
    session: Session, *, checkup_id: uuid.UUID, answers: Mapping[str, Value], keys: Keyring, at: dt.datetime
) -> None:
    """What its owner has answered, all at one instant."""
    found = checkups.get_checkup(session, checkup_id, keys, lock=True)
    record = found.record
    for question, value in answers.items():
        record = record.with_answer(question, value, at=at, by="owner", via="web")
    checkups.store_answers(session, found, record, now=at)


def accept(session: Session, *, checkup_id: uuid.UUID, owner_id: uuid.UUID, keys: Keyring, at: dt.datetime) -> None:
    """The owner accepts the firm's scope letter, as after a right code; under the owner's scope."""
    seen = draft_for(session, checkup_id=checkup_id, locale="zh-Hans")
    accept_letter(
        session,
        checkup_id=checkup_id,
        locale="zh-Hans",
        seen_hash=seen.digest(),
        how="code",
        by=Actor(owner_id, "店主本人"),
        keys=keys,
        now=at,
    )


def clear(
    session: Session, *, checkup_id: uuid.UUID, person_id: uuid.UUID, takes_case: bool, keys: Keyring, at: dt.datetime
) -> None:
    """This person of the firm finds no conflict, and takes the case if asked; where its owner named nobody."""
    settle_check(
        session,
        checkup_id=checkup_id,
        by=Actor(person_id, session.get_one(Person, person_id).name),
        outcome="clear",
        reason="",
        parties_version=0,
        takes_case=takes_case,
        keys=keys,
        now=at,
    )


def _review(
    settings: Settings, *, firm_id: uuid.UUID, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, sign: bool, at: dt.datetime
) -> None:
    with unit_of_work(Scope(Audience.FIRM, firm_id, lawyer_id)) as session:
        clear(session, checkup_id=checkup_id, person_id=lawyer_id, takes_case=True, keys=settings.keyring(), at=at)
    if sign:
        sign_case(settings, firm_id=firm_id, checkup_id=checkup_id, lawyer_id=lawyer_id, at=at)


def sign_case(
    settings: Settings, *, firm_id: uuid.UUID, checkup_id: uuid.UUID, lawyer_id: uuid.UUID, at: dt.datetime
) -> None:
    """Everything confirmed, a word of advice, the lawyer's signature, and a partner's where one must sign too."""
    keys = settings.keyring()
    with unit_of_work(Scope(Audience.FIRM, firm_id, lawyer_id)) as session:
        mine = {"checkup_id": checkup_id, "lawyer_id": lawyer_id, "keys": keys, "now": at}
        review = get_locked(session, checkup_id=checkup_id, version=None)
        confirm_minor(session, checkup_id=checkup_id, lawyer_id=lawyer_id, version=review.version, now=at)
        findings = checkups.list_findings(session, checkup_id=checkup_id)
        for finding in filter(is_undecided, findings):
            decide_finding(
                session,
                risk=finding.risk,
                action="confirm",
                likelihood=None,
                words=Words(),
                version=review.version,
                **mine,
            )
        text = "先做“先做这几件”里的第一条，做好后拍照留底；拿不准的随时来问。"
        save_advice(session, advice=text, version=review.version, **mine)
        issued = signing.sign_off(session, version=review.version, **mine)
    if issued is None:
        with unit_of_work(Scope(Audience.FIRM, firm_id)) as session:
            partner_id = next(iter(signing.list_partners(session, firm_id) - {lawyer_id}))
        with unit_of_work(Scope(Audience.FIRM, firm_id, partner_id)) as session:
            clear(session, checkup_id=checkup_id, person_id=partner_id, takes_case=False, keys=keys, at=at)
            review = get_locked(session, checkup_id=checkup_id, version=None)
            signing.countersign(
                session, checkup_id=checkup_id, partner_id=partner_id, version=review.version, keys=keys, now=at
            )


def log_signature(*, firm_id: uuid.UUID, checkup_id: uuid.UUID, lawyer_id: uuid.UUID) -> None:
    """What the page of signing writes into the firm's log: the proof that a bureau pays for."""
    with unit_of_work(Scope(Audience.FIRM, firm_id, lawyer_id)) as session:
        by = Actor(lawyer_id, session.get_one(Person, lawyer_id).name)
        audit.note(session, firm_id=firm_id, act="case.signed", by=by, about_id=checkup_id)
