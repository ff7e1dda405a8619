"""Everything one review screen shows, read in one unit of work: proposals, what stands behind them, the signatures."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.checkups import OpenCheckup, open_case
from checkup.models import FindingRow, Review
from checkup.packs.values import Pack, Question, Risk
from checkup.record import AnswerRecord
from checkup.review import blocks, citing
from checkup.review.citations import Ended
from checkup.review.content import Content, Words
from checkup.review.differences import Change, changes_between
from checkup.review.editions import OpenEdition, find_edition, list_editions, open_content, open_edition
from checkup.review.evidence import SinceLast, compare_with_last, facts_behind, origin_of
from checkup.review.models import Signing, TextBlock
from checkup.review.rules import is_undecided
from checkup.review.signing import asks_partner, build_content
from checkup.reviews import OpenReview, open_review
from checkup.sealing import CaseKey, Keyring
from tenants.clock import city_day
from tenants.errors import FieldFault


@dataclass(frozen=True)
class ShownAnswer:
    """One fact with its origin. `question` is None for a profile field, whose id `field` names; `was` is the value
    that the last checkup had, where it differs."""

    question: Question | None
    field: str
    value: Any
    origin: str
    at: str
    was: Any


@dataclass(frozen=True)
class Proposal:
    """One finding as the lawyer sees it: both values, her words, the answers behind it, what she may insert."""

    row: FindingRow
    risk: Risk
    words: Words
    answers: tuple[ShownAnswer, ...]
    offers: tuple[uuid.UUID, ...]
    ended: tuple[Ended, ...]
    is_new: bool

    @property
    def is_undecided(self) -> bool:
        return is_undecided(self.row)


@dataclass(frozen=True)
class Offer:
    """A text block that may be inserted, or the reason why it may not."""

    block: TextBlock
    refused: tuple[FieldFault, ...]


@dataclass(frozen=True)
class Act:
    """One act of signing as it is told on the screen."""

    step: str
    who: str
    at: dt.datetime
    why: str


@dataclass(frozen=True)
class Screen:
    """The whole screen. `stage`: `free` (nobody's), `open`, `with_partner`, `signed`; `changes`: against what was
    signed or sent back before, else against the machine."""

    opened: OpenReview
    proposals: tuple[Proposal, ...]
    to_clarify: tuple[Proposal, ...]
    others: tuple[tuple[str, tuple[ShownAnswer, ...]], ...]
    since: SinceLast | None
    offers: Mapping[uuid.UUID, Offer]
    stage: str
    needs_partner: bool
    acts: tuple[Act, ...]
    changes: tuple[Change, ...]
    editions: tuple[OpenEdition, ...]

    @property
    def undecided(self) -> int:
        return sum(one.is_undecided for one in self.proposals)

    @property
    def version(self) -> int:
        return self.opened.review.version if self.opened.review else 0


def open_screen(
    session: Session, *, checkup_id: uuid.UUID, keys: Keyring, now: dt.datetime, even_unwanted: bool = False
) -> Screen:
    """Raises: NotFound, also where the owner wants no review (`checkup/reviews.py` on `even_unwanted`)."""
    opened = open_review(session, checkup_id=checkup_id, keys=keys, even_unwanted=even_unwanted)
    checkup, case = opened.open, open_case(session, opened.open.row, keys)
    offers = _offers(session, checkup, now)
    found = [f.risk for f in opened.findings if f.state == "found"]
    since = _since(checkup, found, now)
    proposals = _proposals(session, opened, offers, since, now)
    row = checkup.row
    return Screen(
        opened=opened,
        proposals=tuple(one for one in proposals if one.row.state == "found"),
        to_clarify=tuple(one for one in proposals if one.row.state != "found"),
        others=_other_answers(checkup, proposals, since),
        since=since,
        offers=offers,
        stage=_stage(opened.review),
        needs_partner=opened.review is not None and asks_partner(session, opened.review, opened.findings),
        acts=_acts(session, checkup_id, case),
        changes=_changes(session, opened, case),
        editions=tuple(
            open_edition(session, row=row, edition=one, keys=keys) for one in list_editions(session, row.id)
        ),
    )


def _stage(review: Review | None) -> str:
    if review is None:
        return "free"
    if review.signed_at is not None:
        return "signed"
    return "open" if review.first_signed_at is None else "with_partner"


def _offers(session: Session, checkup: OpenCheckup, now: dt.datetime) -> dict[uuid.UUID, Offer]:
    row, pack = checkup.row, checkup.pack
    return {
        block.id: Offer(block, citing.block_faults(session, block=block, pack=pack, now=now))
        for block in blocks.list_blocks(session, firm_id=row.firm_id)
    }


def _since(checkup: OpenCheckup, found: Sequence[str], now: dt.datetime) -> SinceLast | None:
    today = city_day(checkup.row.submitted_at or now)
    return compare_with_last(checkup.pack, checkup.profile, checkup.record, found, today=today)


def _proposals(
    session: Session,
    opened: OpenReview,
    offers: Mapping[uuid.UUID, Offer],
    since: SinceLast | None,
    now: dt.datetime,
) -> list[Proposal]:
    checkup = opened.open
    endings = citing.ended_bases(session, pack=checkup.pack, risks=opened.words, now=now)
    held = [offer.block for offer in offers.values()]
    return [
        Proposal(
            row=finding,
            risk=checkup.pack.risk(finding.risk),
            words=opened.words[finding.risk],
            answers=_answers_behind(checkup, checkup.pack.risk(finding.risk), since),
            offers=tuple(block.id for block in blocks.offered(held, checkup.pack, finding.risk)),
            ended=endings.get(finding.risk, ()),
            is_new=since is not None and finding.risk in since.new,
        )
        for finding in opened.findings
    ]


def _answers_behind(checkup: OpenCheckup, risk: Risk, since: SinceLast | None) -> tuple[ShownAnswer, ...]:
    """The facts that decide a risk, as far as they are answered."""
    shown = []
    for ref in facts_behind(risk):
        field = ref.removeprefix("profile.")
        if field != ref:
            shown.append(ShownAnswer(None, field, checkup.profile.get(field), "owner", "", None))
        elif ref in checkup.record.entries:
            shown.append(_shown(checkup.pack, checkup.record, ref, since))
    return tuple(shown)


def _shown(pack: Pack, record: AnswerRecord, question_id: str, since: SinceLast | None) -> ShownAnswer:
    entry = record.entries[question_id]
    was = since.answers.get(question_id) if since is not None else None
    return ShownAnswer(pack.question(question_id), "", entry["value"], origin_of(entry), entry["at"], was)


def _other_answers(
    checkup: OpenCheckup, proposals: Sequence[Proposal], since: SinceLast | None
) -> tuple[tuple[str, tuple[ShownAnswer, ...]], ...]:
    """Domain id → the answers that stand behind none of the findings, in the pack's order."""
    behind = {shown.question.id for one in proposals for shown in one.answers if shown.question}
    by_domain: dict[str, list[ShownAnswer]] = {}
    for question in checkup.pack.questions:
        if question.id in checkup.record.entries and question.id not in behind:
            shown = _shown(checkup.pack, checkup.record, question.id, since)
            by_domain.setdefault(question.domain, []).append(shown)
    return tuple((domain, tuple(answers)) for domain, answers in by_domain.items())


def _acts(session: Session, checkup_id: uuid.UUID, case: CaseKey) -> tuple[Act, ...]:
    query = select(Signing).where(Signing.checkup_id == checkup_id).order_by(Signing.at, Signing.id)
    return tuple(
        Act(one.step, one.person_name, one.at, case.unseal(one.sealed_why).decode() if one.sealed_why else "")
        for one in session.scalars(query)
    )


def _changes(session: Session, opened: OpenReview, case: CaseKey) -> tuple[Change, ...]:
    """What a partner, or the lawyer before she signs again, need look at. Nothing before the review or after it."""
    review, row = opened.review, opened.open.row
    if review is None or review.signed_at is not None:
        return ()
    content = build_content(session, row=row, review=review, case=case)
    return changes_between(_before(session, review, case), content)


def _before(session: Session, review: Review, case: CaseKey) -> Content | None:
    """What a partner last sent back of this edition, else the edition before, else nothing: then the machine counts."""
    query = (
        select(Signing.sealed_content)
        .where(Signing.checkup_id == review.checkup_id, Signing.edition == review.edition)
        .where(Signing.step == "send_back")
        .order_by(Signing.at.desc())
        .limit(1)
    )
    sealed = session.scalars(query).one_or_none()
    if sealed is not None:
        return Content.from_bytes(case.unseal(sealed))
    edition = find_edition(session, review.checkup_id)
    return None if edition is None else open_content(case, edition)
