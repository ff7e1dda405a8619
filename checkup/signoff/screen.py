"""Everything one review screen shows, read in one unit of work: proposals, what stands behind them, the signatures."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import OpenCheckup, open_case
from checkup.cases.sealing import CaseKey, Keyring
from checkup.correspondence.case_status import get_turn
from checkup.correspondence.messages import Shown, list_messages
from checkup.report.verdict import what_held
from checkup.review.models import Review
from checkup.review.service_deadlines import Turn
from checkup.review.states import WORKING
from checkup.scoring.values import Score
from checkup.signoff.content import Content
from checkup.signoff.differences import Change, changes_between
from checkup.signoff.editions import OpenEdition, find_edition, list_editions, open_content, open_edition
from checkup.signoff.evidence import SinceLast, compare_with_last
from checkup.signoff.models import Signing
from checkup.signoff.open_review import OpenReview, open_review
from checkup.signoff.proposals import Offer, Proposal, ShownAnswer, list_offers, list_proposals, other_answers
from checkup.signoff.signing import asks_partner, build_content, list_countersigners
from tenants.clock import city_day


@dataclass(frozen=True)
class Act:
    """One act of signing as it is told on the screen."""

    step: str
    who: str
    at: dt.datetime
    why: str


@dataclass(frozen=True)
class Screen:
    """The whole screen. `held`: what holds the grade, in a sentence; `change`: the grade once that is mended;
    `stage`: `free` (nobody's), `open`, `with_partner`, `signed`; `changes`: against what was
    signed or sent back before, else against the machine; `notes`: what was written about no finding;
    `open_questions`: what the owner was asked and has not answered; `lacks_partner`: one must sign and nobody can."""

    opened: OpenReview
    held: str
    change: str | None
    proposals: tuple[Proposal, ...]
    to_clarify: tuple[Proposal, ...]
    hints: tuple[Proposal, ...]
    others: tuple[tuple[str, tuple[ShownAnswer, ...]], ...]
    since: SinceLast | None
    offers: Mapping[uuid.UUID, Offer]
    stage: str
    needs_partner: bool
    acts: tuple[Act, ...]
    changes: tuple[Change, ...]
    editions: tuple[OpenEdition, ...]
    turn: Turn
    notes: tuple[Shown, ...]
    open_questions: tuple[Shown, ...]
    lacks_partner: bool

    @property
    def undecided(self) -> int:
        return sum(one.is_undecided for one in self.proposals)

    @property
    def version(self) -> int:
        return self.opened.review.version if self.opened.review else 0


def open_screen(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    keys: Keyring,
    now: dt.datetime,
    locale: str = "zh-Hans",
    even_unwanted: bool = False,
) -> Screen:
    """Raises: NotFound, also where the owner wants no review (`checkup/signoff/open_review.py` on `even_unwanted`)."""
    opened = open_review(session, checkup_id=checkup_id, keys=keys, even_unwanted=even_unwanted)
    checkup, case = opened.open, open_case(session, opened.open.row, keys)
    offers = list_offers(session, checkup, now)
    found = [f.risk for f in opened.findings if f.state == "found"]
    since = _since(checkup, found, now)
    today = city_day(checkup.row.submitted_at or now)
    scored = checkup.score(today=today)
    row, talk = checkup.row, _talk(session, checkup_id, keys)
    review = opened.review
    needs_partner = review is not None and asks_partner(session, review, opened.findings)
    can_sign = list_countersigners(session, row, review.lawyer_id) if review is not None else ()
    proposals = list_proposals(session, opened, offers, since, talk, locale, now)
    return Screen(
        opened=opened,
        held=what_held(checkup.pack, scored, {}, locale),
        change=grade_without(checkup, scored, today),
        proposals=tuple(one for one in proposals if one.row.state == "found"),
        to_clarify=tuple(one for one in proposals if one.row.state in ("possible", "unknown")),
        hints=tuple(one for one in proposals if one.row.state == "hint"),
        others=other_answers(checkup, proposals, since),
        since=since,
        offers=offers,
        stage=_stage(opened.review),
        needs_partner=needs_partner,
        lacks_partner=needs_partner and not can_sign,
        acts=_acts(session, checkup_id, case),
        changes=_changes(session, opened, case),
        editions=tuple(
            open_edition(session, row=row, edition=one, keys=keys) for one in list_editions(session, row.id)
        ),
        turn=get_turn(session, row, now),
        notes=talk.get(None, ()),
        open_questions=tuple(
            one for said in talk.values() for one in said if one.row.kind == "question" and one.is_open
        ),
    )


def grade_without(checkup: OpenCheckup, scored: Score, today: dt.date) -> str | None:
    """The grade once what holds it is mended; None where the points decide."""
    if scored.held_by is None or not scored.held_by.risks:
        return None
    return checkup.score(today=today, overruled=dict.fromkeys(scored.held_by.risks, 0.0)).grade


def _talk(session: Session, checkup_id: uuid.UUID, keys: Keyring) -> dict[str | None, tuple[Shown, ...]]:
    """Risk → the questions about it and their answers with files; None → all else that was written."""
    about: dict[uuid.UUID, str | None] = {}
    by_risk: dict[str | None, list[Shown]] = {}
    for one in list_messages(session, checkup_id=checkup_id, keys=keys):
        about[one.row.id] = one.row.risk or (about.get(one.row.replies_to) if one.row.replies_to else None)
        by_risk.setdefault(about[one.row.id], []).append(one)
    return {risk: tuple(said) for risk, said in by_risk.items()}


def _since(checkup: OpenCheckup, found: Sequence[str], now: dt.datetime) -> SinceLast | None:
    if checkup.row.previous_id is None:
        return None
    today = city_day(checkup.row.submitted_at or now)
    return compare_with_last(checkup.pack, checkup.profile, checkup.record, found, today=today)


def _stage(review: Review | None) -> str:
    if review is None or (review.state not in WORKING and review.signed_at is None):
        return "free"
    if review.signed_at is not None:
        return "signed"
    return "open" if review.first_signed_at is None else "with_partner"


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
