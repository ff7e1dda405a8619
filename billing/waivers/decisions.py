"""The firm recommends; an officer of the bureau decides; an appeal goes to another officer; a grant can be revoked.

Under the firm's or the bureau's scope. Each decision names the version of the waiver it was made on, so that of two
decisions at once the second is refused and nothing of it is done.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from billing.books.terms import months_later
from billing.hardship import deadlines
from billing.hardship.budget import promise
from billing.hardship.policies import get_policy, policy_of
from billing.hardship.policy import Policy
from billing.waivers import states
from billing.waivers.certificates import issue_certificate
from billing.waivers.content import MOST_WORDS, OpenWaiver, get_waiver, open_waiver, store_content
from billing.waivers.granted_terms import set_terms
from billing.waivers.models import Waiver
from billing.waivers.owner_mail import tell_owner
from billing.waivers.steps import take_step
from checkup.cases.sealing import Keyring
from tenants import jobs
from tenants.audit import Actor
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.typed.words import check_words

GRANTS, REFUSALS = ("grant", "allow"), ("refuse", "uphold")


@dataclass(frozen=True)
class Step:
    """One act on a waiver: the move, the version it was decided on, the words that go with it."""

    move: str
    version: int
    text: str


@dataclass(frozen=True)
class Award:
    """What is granted: an outcome of the policy, with a cap in fen at or below the policy's."""

    outcome: str
    cap_minor: int | None = None


def _open(session: Session, *, waiver_id: uuid.UUID, step: Step, role: str, keys: Keyring) -> OpenWaiver:
    """Raises: NotFound; Conflict `stale` when somebody was faster, `not_now`, `not_yours`."""
    row = get_waiver(session, waiver_id, lock=True)
    if row.version != step.version:
        raise Conflict("stale")
    states.LIFE.after(row.state, step.move, of=states.ROLES[role])
    return open_waiver(session, waiver_id=waiver_id, keys=keys)


def _say(session: Session, opened: OpenWaiver, step: Step, *, role: str, by: Actor, now: dt.datetime) -> None:
    words = check_words(step.text, "text", most=MOST_WORDS)
    content = opened.content.with_said(at=now, by=by.name, role=role, move=step.move, text=words)
    store_content(session, opened, content)


def _policy(session: Session, row: Waiver) -> Policy:
    return policy_of(get_policy(session, row.policy_id).document)


def ask_more(
    session: Session, *, waiver_id: uuid.UUID, step: Step, role: str, keys: Keyring, by: Actor, now: dt.datetime
) -> Waiver:
    """Firm or bureau asks the owner; the clock stands still until she answers. Raises: Invalid, Conflict."""
    opened = _open(session, waiver_id=waiver_id, step=step, role=role, keys=keys)
    _say(session, opened, step, role=role, by=by, now=now)
    row = opened.row
    row.days_left = deadlines.days_left(_policy(session, row).clock, row.due_on, city_day(now))
    take_step(session, row, "ask", role=role, by=by, now=now)
    tell_owner(session, row, "asked", now=now)
    return row


def recommend(
    session: Session, *, waiver_id: uuid.UUID, step: Step, keys: Keyring, by: Actor, now: dt.datetime
) -> Waiver:
    """The firm says in words what it knows; it decides nothing. Raises: Invalid, Conflict."""
    opened = _open(session, waiver_id=waiver_id, step=step, role="firm", keys=keys)
    _say(session, opened, step, role="firm", by=by, now=now)
    take_step(session, opened.row, "recommend", role="firm", by=by, now=now)
    return opened.row


def decide(
    session: Session,
    *,
    waiver_id: uuid.UUID,
    step: Step,
    award: Award | None,
    chance: int,
    keys: Keyring,
    by: Actor,
    now: dt.datetime,
) -> Waiver:
    """Grant (with an award) or refuse, in words; an appeal by somebody else than the one who decided first.

    A grant sets its cap aside from the year's means, and yields a certificate. `chance` (0–99) draws the spot check of
    a declaration. Raises: Invalid for an outcome or cap the policy does not have; Conflict `stale`, `not_now`,
    `too_early` while the firm may still recommend, `same_person`, `no_means`.
    """
    opened = _open(session, waiver_id=waiver_id, step=step, role="bureau", keys=keys)
    row, policy, today = opened.row, _policy(session, opened.row), city_day(now)
    if (award is not None) != (step.move in GRANTS) or by.id is None:
        raise Conflict("not_now")
    applied_on = city_day(row.applied_at)
    if row.state == "applied" and not deadlines.is_recommendation_late(policy.clock, applied_on, today):
        raise Conflict("too_early")
    _name_decider(row, step.move, by, now)
    _say(session, opened, step, role="bureau", by=by, now=now)
    if award is not None:
        _grant(session, opened, policy, award, chance=chance, today=today)
    take_step(session, row, step.move, role="bureau", by=by, now=now)
    if award is not None:
        issue_certificate(session, row, holder=opened.content.business_name, today=today)
        carry_out_later(session, row, "granted")
    tell_owner(session, row, "granted" if award is not None else row.state, now=now)
    return row


def _name_decider(row: Waiver, move: str, by: Actor, now: dt.datetime) -> None:
    """Raises: Conflict `same_person`."""
    if move in ("allow", "uphold"):
        if row.decided_by == by.id:
            raise Conflict("same_person")
        row.appeal_by, row.appeal_name = by.id, by.name
    else:
        row.decided_by, row.decided_name = by.id, by.name
    row.decided_at = now


def _grant(session: Session, opened: OpenWaiver, policy: Policy, award: Award, *, chance: int, today: dt.date) -> None:
    row = opened.row
    try:
        outcome = policy.outcome(award.outcome)
    except KeyError:
        raise Invalid((FieldFault("outcome", "unknown_option"),)) from None
    if award.cap_minor is not None and not 0 < award.cap_minor <= outcome.cap_minor:
        raise Invalid((FieldFault("cap", "too_large", {"most": f"{outcome.cap_minor / 100:.2f}"}),))
    terms = outcome.terms(today, award.cap_minor)
    promise(session, policy_id=row.policy_id, policy=policy, year=today.year, terms=terms)
    set_terms(row, outcome.id, terms)
    if row.is_declared and row.spot_check == "none" and chance < policy.spot_check_percent:
        row.spot_check = "due"


def carry_out_later(session: Session, row: Waiver, what: str) -> None:
    """Fees are the firm's and the owner's, so the worker changes them (`billing/waivers/fee_effects.py`)."""
    jobs.defer(session, "carry_out_waiver", firm_id=row.firm_id, waiver_id=row.id, what=what)


def decide_reset(
    session: Session, *, waiver_id: uuid.UUID, step: Step, keys: Keyring, by: Actor, now: dt.datetime
) -> Waiver:
    """A running deferral or plan is put off once more by the policy's months, or stays as it is, in words."""
    opened = _open(session, waiver_id=waiver_id, step=step, role="bureau", keys=keys)
    row, policy = opened.row, _policy(session, opened.row)
    _say(session, opened, step, role="bureau", by=by, now=now)
    if step.move == "reset":
        row.resets += 1
        if row.valid_until is not None:
            row.valid_until = months_later(row.valid_until, policy.resets_months)
        if row.relief == "defer":
            row.months += policy.resets_months
    take_step(session, row, step.move, role="bureau", by=by, now=now)
    if step.move == "reset":
        issue_certificate(session, row, holder=opened.content.business_name, today=city_day(now))
        carry_out_later(session, row, "reset")
    tell_owner(session, row, "reset" if step.move == "reset" else "kept", now=now)
    return row
