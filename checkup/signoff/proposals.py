"""The findings of one case as proposals: both values, the lawyer's words, and what stands behind each of them."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from checkup.cases.answer_record import AnswerRecord
from checkup.cases.checkups import OpenCheckup
from checkup.cases.models import FindingRow
from checkup.cases.told_risks import told_risk
from checkup.correspondence.messages import Shown
from checkup.packs.values import Pack, Question, Risk
from checkup.report.reasons import Reasons
from checkup.signoff import citation_checks, text_blocks
from checkup.signoff.citations import Ended
from checkup.signoff.content import Words
from checkup.signoff.evidence import SinceLast, facts_behind, origin_of
from checkup.signoff.models import TextBlock
from checkup.signoff.open_review import OpenReview
from checkup.signoff.rules import is_minor, is_undecided
from tenants.errors import FieldFault

Talk = Mapping[str | None, tuple[Shown, ...]]


@dataclass(frozen=True)
class ShownAnswer:
    """One fact with its origin. `question` is None for a profile field, whose id `field` names; `was` is the value
    that the last checkup had, where it differs; `who`: of several who type, or the check that found it."""

    question: Question | None
    field: str
    value: Any
    origin: str
    at: str
    was: Any
    who: str = ""


@dataclass(frozen=True)
class Proposal:
    """One finding as the lawyer sees it: both values, her words, the answers behind it, what she may insert."""

    row: FindingRow
    risk: Risk
    because: str
    words: Words
    answers: tuple[ShownAnswer, ...]
    offers: tuple[uuid.UUID, ...]
    ended: tuple[Ended, ...]
    is_new: bool
    talk: tuple[Shown, ...]

    @property
    def is_undecided(self) -> bool:
        return is_undecided(self.row)

    @property
    def is_minor(self) -> bool:
        """Whether it is confirmed with the others of its kind at once."""
        return is_minor(self.row) and not any(said.is_open for said in self.talk)

    @property
    def is_touched(self) -> bool:
        """Whether the lawyer has decided on it or written about it."""
        return self.row.lawyer_action is not None or self.words != Words()


@dataclass(frozen=True)
class Offer:
    """A text block that may be inserted, or the reason why it may not."""

    block: TextBlock
    refused: tuple[FieldFault, ...]


def list_offers(session: Session, checkup: OpenCheckup, now: dt.datetime) -> dict[uuid.UUID, Offer]:
    """Every block of the firm's library, with the reason where it may not be inserted today."""
    row, pack = checkup.row, checkup.pack
    return {
        block.id: Offer(block, citation_checks.block_faults(session, block=block, pack=pack, now=now))
        for block in text_blocks.list_blocks(session, firm_id=row.firm_id)
    }


def list_proposals(
    session: Session,
    opened: OpenReview,
    offers: Mapping[uuid.UUID, Offer],
    since: SinceLast | None,
    talk: Talk,
    locale: str,
    now: dt.datetime,
) -> list[Proposal]:
    """Every finding in the order of the result."""
    checkup = opened.open
    reasons = Reasons(checkup.pack, checkup.profile, checkup.answers, locale)
    endings = citation_checks.ended_bases(session, pack=checkup.pack, risks=opened.words, now=now)
    held = [offer.block for offer in offers.values()]
    return [
        Proposal(
            row=finding,
            risk=told_risk(checkup.pack, checkup.row, finding),
            because=reasons.sentence(finding.risk, finding.case_place),
            words=opened.words[finding.risk],
            answers=_answers_behind(checkup, checkup.pack.risk(finding.risk), since),
            offers=tuple(block.id for block in text_blocks.offered(held, checkup.pack, finding.risk)),
            ended=endings.get(finding.risk, ()),
            is_new=since is not None and finding.risk in since.new,
            talk=talk.get(finding.risk, ()),
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
    return ShownAnswer(
        pack.question(question_id), "", entry["value"], origin_of(entry), entry["at"], was, entry.get("who", "")
    )


def other_answers(
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
