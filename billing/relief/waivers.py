"""An owner applies for relief, answers, appeals, asks for a later date, withdraws. Under the owner's scope."""

import datetime as dt
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.relief import deadlines, states
from billing.relief.content import Content, OpenWaiver, clean_words, open_waiver, store_content
from billing.relief.evidence import GivenPaper, list_papers, store_papers
from billing.relief.facts import OF_BUSINESS, Fact, HardshipFacts
from billing.relief.hardship import Assessment, Proofs, assess
from billing.relief.means import has_means
from billing.relief.models import Waiver, WaiverContent, WaiverEvent
from billing.relief.policies import find_policy, get_policy, policy_of
from billing.relief.policy import Policy
from billing.relief.policy_models import HardshipPolicy
from checkup.checkups import open_checkup
from checkup.models import Checkup
from checkup.parts import new_part
from checkup.sealing import Keyring
from tenants import audit
from tenants.audit import Actor
from tenants.base import new_id
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.models import Business, Firm

DECLARATION = "2026-11"
READY = ("submitted", "in_review", "signed", "closed")
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Claim:
    """What an owner hands in. `wish`: the id of the outcome she would like, or nothing."""

    facts: Mapping[str, Fact]
    papers: tuple[GivenPaper, ...] = ()
    signed_name: str = ""
    wish: str = ""
    note: str = ""


@dataclass(frozen=True)
class Ground:
    """Where an application would be made: the case, its business and the policy that decides."""

    checkup: Checkup
    business: Business
    row: HardshipPolicy
    policy: Policy
    has_means: bool

    def facts(self, told: Mapping[str, Fact]) -> HardshipFacts:
        """What the owner told, and what the checkup knows of the business."""
        known = {name: getattr(self.business, name) for name in OF_BUSINESS}
        return HardshipFacts({**told, **known})


def find_ground(session: Session, *, checkup_id: uuid.UUID, keys: Keyring, now: dt.datetime) -> Ground | None:
    """The policy in force today for this case, or None where its bureau has none. Raises: NotFound."""
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    today = city_day(now)
    row = find_policy(session, bureau_id=session.get_one(Firm, opened.row.firm_id).bureau_id, on=today)
    if row is None:
        return None
    policy = policy_of(row.document)
    means = has_means(session, policy_id=row.id, policy=policy, year=today.year)
    return Ground(opened.row, opened.business, row, policy, means)


def assess_claim(ground: Ground, claim: Claim) -> Assessment:
    """What the policy answers to this claim."""
    proofs = Proofs(frozenset(paper.paper for paper in claim.papers), bool(claim.signed_name))
    return assess(ground.policy, ground.facts(claim.facts), proofs, has_means=ground.has_means)


def apply_for_relief(
    session: Session, *, ground: Ground, claim: Claim, keys: Keyring, files_url: str, by: Actor, locale: str,
    now: dt.datetime,
) -> Waiver:  # fmt: skip
    """A new application: sealed, with its papers, its clock running; the firm may recommend, the bureau decides.

    An owner may apply whatever the policy answered. Raises: Conflict `not_now` before there is a result,
    `already_applied` while another application runs or is in force; Invalid for an unknown wish or a long note.
    """
    checkup, policy = ground.checkup, ground.policy
    if checkup.state not in READY:
        raise Conflict("not_now")
    if any(is_running(row, city_day(now)) for row in list_waivers(session, checkup_id=checkup.id)):
        raise Conflict("already_applied")
    if claim.wish and claim.wish not in {one.id for one in policy.outcomes}:
        raise Invalid((FieldFault("wish", "unknown_option"),))
    note = clean_words(claim.note, "note", needed=False)
    found = assess_claim(ground, claim)
    row = _row(ground, claim, found, locale=locale, now=now)
    session.add(row)
    session.flush()
    key = new_part(session, checkup, row.id, keys)
    content = Content(
        facts=ground.facts(claim.facts).values,
        business_name=ground.business.name,
        signed_name=claim.signed_name,
        declaration_version=DECLARATION if claim.signed_name else "",
    ).with_said(at=now, by=by.name, role="owner", move="apply", text=note)
    session.add(
        WaiverContent(firm_id=row.firm_id, waiver_id=row.id, owner_id=row.owner_id, sealed=key.seal(content.to_bytes()))
    )
    store_papers(session, row=row, key=key, papers=claim.papers, files_url=files_url, now=now)
    _event(session, row, "apply", was="", role="owner", by=by, now=now)
    audit.note(
        session, firm_id=row.firm_id, act="waiver.applied", by=by, about_id=row.checkup_id, owner_id=row.owner_id
    )
    return row


def _row(ground: Ground, claim: Claim, found: Assessment, *, locale: str, now: dt.datetime) -> Waiver:
    checkup, business = ground.checkup, ground.business
    return Waiver(
        firm_id=checkup.firm_id,
        id=new_id(),
        checkup_id=checkup.id,
        business_id=business.id,
        owner_id=checkup.owner_id,
        policy_id=ground.row.id,
        number=f"JM{now:%y}-" + "".join(secrets.choice(_ALPHABET) for _ in range(6)),
        case_number=checkup.case_number,
        locale=locale,
        answer=found.answer,
        ground=found.ground,
        wish=claim.wish,
        district=business.district,
        section=business.section,
        size=business.size,
        is_declared=bool(claim.signed_name),
        applied_at=now,
        due_on=deadlines.decide_by(ground.policy.clock, city_day(now)),
    )


def is_running(row: Waiver, today: dt.date) -> bool:
    """Whether the application is still under way, or its certificate still in force."""
    if row.state in states.IN_FORCE:
        return row.valid_until is not None and today <= row.valid_until
    return row.state in states.OPEN_TO_BUREAU


def list_waivers(session: Session, *, checkup_id: uuid.UUID) -> Sequence[Waiver]:
    """The applications of one case, newest first."""
    query = select(Waiver).where(Waiver.checkup_id == checkup_id).order_by(Waiver.applied_at.desc(), Waiver.id.desc())
    return session.scalars(query).all()


def get_own(session: Session, *, checkup_id: uuid.UUID, waiver_id: uuid.UUID) -> Waiver:
    """Raises: NotFound, also for another case's waiver."""
    row = next((one for one in list_waivers(session, checkup_id=checkup_id) if one.id == waiver_id), None)
    if row is None:
        raise NotFound
    return row


def assess_again(session: Session, opened: OpenWaiver, policy: Policy) -> Assessment:
    """What the application's own policy says to what is there by now: more papers may prove more."""
    papers = frozenset(one.paper for one in list_papers(session, opened.row.id))
    return assess(policy, opened.content.hardship, Proofs(papers, opened.row.is_declared))


def appeal_until(row: Waiver, policy: Policy) -> dt.date | None:
    """The last day for an appeal, where one is possible."""
    if row.decided_at is None or not states.may(row.state, "appeal"):
        return None
    return deadlines.appeal_until(policy.clock, city_day(row.decided_at))


def list_events(session: Session, waiver_id: uuid.UUID) -> Sequence[WaiverEvent]:
    """What happened, oldest first."""
    return session.scalars(
        select(WaiverEvent).where(WaiverEvent.waiver_id == waiver_id).order_by(WaiverEvent.at, WaiverEvent.id)
    ).all()


def answer_more(
    session: Session, *, waiver_id: uuid.UUID, text: str, papers: tuple[GivenPaper, ...], keys: Keyring,
    files_url: str, by: Actor, now: dt.datetime,
) -> Waiver:  # fmt: skip
    """The owner answers what was asked, in words or with papers; the clock goes on. Also hands in papers for a check.

    Raises: Invalid `required` when there is neither; Conflict `not_now`.
    """
    opened = open_waiver(session, waiver_id=waiver_id, keys=keys, lock=True)
    row, words = opened.row, clean_words(text, "text", needed=not papers)
    is_check = row.spot_check == "due" and row.state in states.IN_FORCE
    if not is_check:
        states.after(row.state, "answer", "owner")
    store_content(
        session, opened, opened.content.with_said(at=now, by=by.name, role="owner", move="answer", text=words)
    )
    store_papers(session, row=row, key=opened.key, papers=papers, files_url=files_url, now=now)
    if is_check:
        _event(session, row, "answer", was=row.state, role="owner", by=by, now=now)
        return row
    clock = policy_of(get_policy(session, row.policy_id).document).clock
    row.due_on = deadlines.days_after(clock, city_day(now), row.days_left or 1)
    row.days_left = None
    take_step(session, row, "answer", role="owner", by=by, now=now)
    return row


def appeal(session: Session, *, waiver_id: uuid.UUID, text: str, keys: Keyring, by: Actor, now: dt.datetime) -> Waiver:
    """The owner objects; another officer decides. Raises: Invalid without a word of why, Conflict `too_late`."""
    opened = open_waiver(session, waiver_id=waiver_id, keys=keys, lock=True)
    row = opened.row
    clock = policy_of(get_policy(session, row.policy_id).document).clock
    states.after(row.state, "appeal", "owner")
    if row.decided_at is None or city_day(now) > deadlines.appeal_until(clock, city_day(row.decided_at)):
        raise Conflict("too_late")
    words = clean_words(text, "text", needed=True)
    store_content(
        session, opened, opened.content.with_said(at=now, by=by.name, role="owner", move="appeal", text=words)
    )
    row.due_on = deadlines.days_after(clock, city_day(now), clock.appeal_days)
    take_step(session, row, "appeal", role="owner", by=by, now=now)
    return row


def ask_reset(
    session: Session, *, waiver_id: uuid.UUID, text: str, keys: Keyring, by: Actor, now: dt.datetime
) -> Waiver:
    """可申请再缓: a running deferral or plan gets too hard. Raises: Conflict `not_now` for what is let off for good,
    `no_more_resets` when the policy gives none any more; Invalid without a word of why."""
    opened = open_waiver(session, waiver_id=waiver_id, keys=keys, lock=True)
    row, policy = opened.row, policy_of(get_policy(session, opened.row.policy_id).document)
    if row.relief not in ("defer", "instalments"):
        raise Conflict("not_now")
    if row.resets >= policy.resets_most:
        raise Conflict("no_more_resets")
    words = clean_words(text, "text", needed=True)
    store_content(
        session, opened, opened.content.with_said(at=now, by=by.name, role="owner", move="ask_reset", text=words)
    )
    row.due_on = deadlines.decide_by(policy.clock, city_day(now))
    take_step(session, row, "ask_reset", role="owner", by=by, now=now)
    return row


def withdraw(session: Session, *, waiver_id: uuid.UUID, role: str, by: Actor, now: dt.datetime) -> None:
    """The application ends without a decision. Raises: Conflict `not_now`."""
    row = session.scalars(select(Waiver).where(Waiver.id == waiver_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    take_step(session, row, "withdraw", role=role, by=by, now=now)


def take_step(session: Session, row: Waiver, move: str, *, role: str, by: Actor, now: dt.datetime) -> None:
    """Take one allowed move, write its event and the log. Raises: Conflict `not_now`, `not_yours`."""
    was, row.state = row.state, states.after(row.state, move, role)
    row.version += 1
    session.flush()
    _event(session, row, move, was=was, role=role, by=by, now=now)
    audit.note(
        session, firm_id=row.firm_id, act=f"waiver.{move}", by=by, about_id=row.checkup_id, owner_id=row.owner_id
    )


def _event(session: Session, row: Waiver, move: str, *, was: str, role: str, by: Actor, now: dt.datetime) -> None:
    session.add(
        WaiverEvent(
            firm_id=row.firm_id,
            waiver_id=row.id,
            owner_id=row.owner_id,
            actor_id=by.id,
            actor_name=by.name,
            role=role,
            move=move,
            was=was,
            became=row.state,
            at=now,
        )
    )
    session.flush()
