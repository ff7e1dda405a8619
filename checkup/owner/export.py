"""Everything that is kept about one checkup, for its owner: by name, machine-readable."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from checkup.assisting.agreeing import list_helps
from checkup.assisting.paper_entries import BothTyped, list_own_entries
from checkup.calls.booking import list_calls
from checkup.cases.checkups import list_findings, open_checkup
from checkup.cases.models import Checkup, CheckupEvent, Document
from checkup.cases.sealing import Keyring
from checkup.conflicts.parties import read_names
from checkup.correspondence.attachments import ShownFile
from checkup.correspondence.messages import list_messages
from checkup.delegates.asking import list_delegations
from checkup.fixes.law_changes import list_flags
from checkup.fixes.models import Reminder
from checkup.fixes.reminders import get_wish
from checkup.fixes.steps import open_fixes_of
from checkup.lessons.loading import list_lessons
from checkup.lessons.taking import list_taken
from checkup.letters.acceptance import list_letters
from checkup.letters.models import WorkWish
from checkup.mediation.events import find_of_referral
from checkup.mediation.reading import open_mediation
from checkup.owner.ratings import find_rating
from checkup.owner.ratings import open_words as open_rating_words
from checkup.owner.share_links import list_links
from checkup.packs.answer_words import answer_text
from checkup.packs.values import Pack
from checkup.prefill.readings import find_reading
from checkup.prefill.sources import list_sources
from checkup.referrals.hints import list_hints
from checkup.referrals.models import Referral
from checkup.referrals.ratings import find_rating as find_referral_rating
from checkup.referrals.reading import list_of_case, open_referral
from checkup.review.models import ReviewEvent
from checkup.signoff.editions import list_editions, open_edition
from checkup.tickets.reading import list_tickets, read_words
from tenants import audit
from tenants.base import Base
from tenants.businesses import list_changes
from tenants.models import Consent, Message

_HIDDEN = {
    "wrapped_key", "sealed", "sealed_words", "sealed_content", "sealed_why", "sealed_text", "sealed_label",
    "sealed_packet", "sealed_phone", "digest", "phone_digest", "invitation_digest", "path", "firm_id", "owner_id",
}  # fmt: skip


def export_checkup(session: Session, *, checkup_id: uuid.UUID, keys: Keyring) -> dict[str, Any]:
    """The owner's own copy: business, consents, answers with their words, findings, advice, events, messages, log.

    Raises: NotFound.
    """
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    row = opened.row
    of_case = {"firm_id": row.firm_id, "checkup_id": row.id}
    consents = select(Consent).filter_by(firm_id=row.firm_id, business_id=row.business_id).order_by(Consent.at)
    events = select(CheckupEvent).filter_by(**of_case).order_by(CheckupEvent.at)
    messages = select(Message).filter_by(firm_id=row.firm_id, recipient=row.case_number).order_by(Message.queued_at)
    return {
        "business": _plain(opened.business),
        "business_changes": [
            {"at": change.at.isoformat(), "was": change.was} for change in list_changes(session, opened.business)
        ],
        "business_sources": _all(list_sources(session, opened.business).values()),
        "licence": _licence(session, row, keys),
        "checkup": _plain(row),
        "answers": [
            {"question": q, "text": dict(opened.pack.question(q).text), **_in_words(opened.pack, q, entry)}
            for q, entry in opened.record.entries.items()
        ],
        "replaced_answers": [_in_words(opened.pack, one["question"], one) for one in opened.record.replaced],
        "findings": [
            {"title": dict(opened.pack.risk(finding.risk).title), **_plain(finding)}
            for finding in list_findings(session, checkup_id=checkup_id)
        ],
        "editions": [
            {**_plain(edition), "why": told.why, **asdict(told.content)}
            for edition in list_editions(session, checkup_id)
            for told in [open_edition(session, row=row, edition=edition, keys=keys)]
        ],
        "consents": _all(session.scalars(consents).all()),
        "events": _all(session.scalars(events).all()),
        "messages": _all(session.scalars(messages).all()),
        "correspondence": [
            {**_plain(one.row), "text": one.text, "files": [_plain_file(file, row.id) for file in one.files]}
            for one in list_messages(session, checkup_id=checkup_id, keys=keys)
        ],
        "calls": _all(list_calls(session, row.id)),
        "helps": _all(list_helps(session, row.id)),
        "sheets": [_sheet(one) for one in list_own_entries(session, checkup_id=row.id, keys=keys)],
        "delegates": _all(list_delegations(session, row.id)),
        "letters": [
            {**_plain(one.row), "text": one.letter.text()} for one in list_letters(session, row=row, keys=keys)
        ],
        "names": asdict(read_names(session, row, keys)[0]),
        "review": [
            {"kind": kind, "was": was, "became": became, "at": at.isoformat()}
            for kind, was, became, at in session.execute(_steps(row)).tuples()
        ],
        "work_wishes": _all(session.scalars(select(WorkWish).filter_by(**of_case)).all()),
        "fixes": _fixes(session, row.id, keys),
        "reminders": _reminders(session, row, keys),
        "law_changes": [
            {"law": seen.change.law, "article": seen.change.article, "words": seen.words, **_plain(seen.flag)}
            for seen in list_flags(session, checkup_id=row.id, keys=keys)
        ],
        "referrals": [_referral(session, one, keys) for one, _body in list_of_case(session, row.id)],
        "tickets": [
            {**_plain(one), "words": read_words(session, row, one, keys)} for one in list_tickets(session, row.id)
        ],
        "pointed_to": _all(list_hints(session, row.id)),
        "shares": [
            {"to": link.label, **_plain(link.share), "opened": _all(link.openings)}
            for link in list_links(session, row=row, keys=keys)
        ],
        "rating": _rating(session, row.id, keys),
        "lessons": _lessons(session, row),
        "reports": _all(session.scalars(select(Document).filter_by(**of_case)).all()),
        "log": [
            {"at": entry.at.isoformat(), "who": entry.actor_name, "act": entry.act, "why": entry.why}
            for entry in audit.list_entries(session, firm_id=row.firm_id, owner_id=row.owner_id)
        ],
    }


def _steps(row: Checkup) -> Select[str, str, str, dt.datetime]:
    """The steps around the review, as far as the owner's role may read them."""
    columns = select(ReviewEvent.kind, ReviewEvent.was, ReviewEvent.became, ReviewEvent.at)
    return columns.where(ReviewEvent.firm_id == row.firm_id, ReviewEvent.checkup_id == row.id).order_by(ReviewEvent.at)


def _plain_file(file: ShownFile, checkup_id: uuid.UUID) -> dict[str, Any]:
    """The file's name and kind, and where its owner fetches it."""
    named = {"name": file.name, "media_type": file.media_type, "size": file.size}
    return {**named, "address": f"/checkup/{checkup_id}/files/{file.id}"}


def _sheet(one: BothTyped) -> dict[str, Any]:
    """A sheet that is being typed, as it was typed so far."""
    first, second = (
        [{"question": key, "value": value} for key, value in (typed or {}).items()] for typed in (one.first, one.second)
    )
    return {**_plain(one.entry), "first": first, "second": second}


def _fixes(session: Session, checkup_id: uuid.UUID, keys: Keyring) -> list[dict[str, Any]]:
    return [
        {
            **_plain(one.fix),
            "events": [{**_plain(step.event), "words": step.why} for step in one.steps],
            "proofs": _all(one.proofs),
        }
        for one in open_fixes_of(session, checkup_id=checkup_id, keys=keys)
    ]


def _referral(session: Session, row: Referral, keys: Keyring) -> dict[str, Any]:
    opened, rating = open_referral(session, row, keys), find_referral_rating(session, row)
    return {
        **_plain(row),
        "to": opened.body.name,
        "packet": asdict(opened.packet) if opened.packet else None,
        "files": list(opened.files.values()),
        "steps": [{**_plain(one.event), "words": one.words} for one in opened.steps],
        "rating": _plain(rating) if rating else None,
        "mediation": _mediation(session, row, keys),
    }


def _mediation(session: Session, referral: Referral, keys: Keyring) -> dict[str, Any] | None:
    """As its owner reads it: her own papers and offer, and what both have opened and signed."""
    row = find_of_referral(session, referral.id)
    if row is None:
        return None
    opened = open_mediation(session, row, keys)
    return {
        "number": row.number,
        "state": row.state,
        "told": asdict(opened.told) if opened.told else None,
        "place": opened.place,
        "files": [name for _paper, name in opened.papers],
        "offers": dict(opened.offers),
        "agreement": asdict(opened.agreement) if opened.agreement else None,
        "steps": [{**_plain(one.event), "words": one.words} for one in opened.steps],
    }


def _licence(session: Session, row: Checkup, keys: Keyring) -> dict[str, Any] | None:
    """What was read from a photo or told by the register, and waits for her word."""
    reading = find_reading(session, row.id, keys)
    if reading is None:
        return None
    checks = [asdict(one) for one in reading.found.checks]
    return {"source": reading.source, "state": reading.state, **reading.found.fields(), "checks": checks}


def _reminders(session: Session, row: Checkup, keys: Keyring) -> dict[str, Any]:
    sent = select(Reminder).filter_by(firm_id=row.firm_id, checkup_id=row.id).order_by(Reminder.sent_at)
    return {**vars(get_wish(session, checkup_id=row.id, keys=keys)), "sent": _all(session.scalars(sent).all())}


def _lessons(session: Session, row: Checkup) -> list[dict[str, Any]]:
    titles = {lesson.id: dict(lesson.title) for lesson in list_lessons(row.pack_id)}
    return [
        {
            "title": titles.get(one.lesson, {}),
            "given_by": one.given_by,
            "given_at": one.given_at.isoformat() if one.given_at else None,
            "done_at": one.done_at.isoformat() if one.done_at else None,
            "answered_right": one.answered_right,
        }
        for one in list_taken(session, row.id).values()
    ]


def _rating(session: Session, checkup_id: uuid.UUID, keys: Keyring) -> dict[str, Any] | None:
    rating = find_rating(session, checkup_id)
    return None if rating is None else {**_plain(rating), "words": open_rating_words(session, rating, keys)}


def _all(rows: Iterable[Base]) -> list[dict[str, Any]]:
    return [_plain(row) for row in rows]


def _plain(row: Base) -> dict[str, Any]:
    columns = [column.key for column in inspect(type(row)).columns if column.key not in _HIDDEN]
    return {name: _jsonable(getattr(row, name)) for name in columns}


def _jsonable(value: object) -> object:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, list):
        return [_jsonable(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def _in_words(pack: Pack, question: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """An answer with its option's own text beside the code, where the pack still asks it."""
    known = question in {one.id for one in pack.questions} and "value" in entry
    return {**entry, **({"in_words": dict(answer_text(pack.question(question), entry["value"]))} if known else {})}
