"""What an owner may do with her application: answer, appeal, ask for a later date, withdraw. Under her scope."""

import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.hardship import deadlines
from billing.hardship.policies import get_policy, policy_of
from billing.hardship.policy import Policy
from billing.waivers import states
from billing.waivers.content import MOST_WORDS, OpenWaiver, get_waiver, open_waiver, store_content
from billing.waivers.evidence import GivenPaper, store_papers
from billing.waivers.models import Waiver, WaiverEvent
from billing.waivers.steps import record_event, take_step
from checkup.cases.holding import hold_case
from checkup.cases.sealing import Keyring
from tenants import jobs
from tenants.audit import Actor
from tenants.clock import city_day
from tenants.errors import Conflict
from tenants.rows import get_one
from tenants.typed.words import check_words


def _open_held(session: Session, waiver_id: uuid.UUID, keys: Keyring) -> OpenWaiver:
    """The owner's application with its content, its case held meanwhile. Raises: NotFound."""
    hold_case(session, get_waiver(session, waiver_id).checkup_id)
    return open_waiver(session, waiver_id=waiver_id, keys=keys, lock=True)


def is_done(session: Session, *, waiver_id: uuid.UUID, step: str, text: str, keys: Keyring) -> bool:
    """Whether the newest step is this very one of the owner with these words: a second tap, or the back button."""
    opened = open_waiver(session, waiver_id=waiver_id, keys=keys)
    events = select(WaiverEvent).where(WaiverEvent.waiver_id == waiver_id)
    last = session.scalars(events.order_by(WaiverEvent.at.desc(), WaiverEvent.id.desc()).limit(1)).one_or_none()
    said = opened.content.last(step) if text else ""
    return last is not None and (last.move, last.role, said) == (step, "owner", text)


def appeal_until(row: Waiver, policy: Policy) -> dt.date | None:
    """The last day for an appeal, where one is possible."""
    if row.decided_at is None or not states.LIFE.may(row.state, "appeal"):
        return None
    return deadlines.appeal_until(policy.clock, city_day(row.decided_at))


def answer_more(
    session: Session, *, waiver_id: uuid.UUID, text: str, papers: tuple[GivenPaper, ...], keys: Keyring,
    files_url: str, by: Actor, now: dt.datetime,
) -> Waiver:  # fmt: skip
    """The owner answers what was asked, in words or with papers; the clock goes on. Also hands in papers for a check.

    Raises: Invalid `required` when there is neither; Conflict `not_now`.
    """
    opened = _open_held(session, waiver_id, keys)
    row, words = opened.row, check_words(text, "text", most=MOST_WORDS, needed=not papers)
    is_check = row.spot_check == "due" and row.state in states.IN_FORCE
    if not is_check:
        states.LIFE.after(row.state, "answer", of=states.ROLES["owner"])
    store_content(
        session, opened, opened.content.with_said(at=now, by=by.name, role="owner", move="answer", text=words)
    )
    store_papers(session, row=row, key=opened.key, papers=papers, files_url=files_url, now=now)
    if is_check:
        record_event(session, row, "answer", was=row.state, role="owner", by=by, now=now)
        return row
    clock = policy_of(get_policy(session, row.policy_id).document).clock
    row.due_on = deadlines.days_after(clock, city_day(now), row.days_left or 1)
    row.days_left = None
    take_step(session, row, "answer", role="owner", by=by, now=now)
    return row


def appeal(session: Session, *, waiver_id: uuid.UUID, text: str, keys: Keyring, by: Actor, now: dt.datetime) -> Waiver:
    """The owner objects; another officer decides. Raises: Invalid without a word of why, Conflict `too_late`."""
    opened = _open_held(session, waiver_id, keys)
    row = opened.row
    clock = policy_of(get_policy(session, row.policy_id).document).clock
    states.LIFE.after(row.state, "appeal", of=states.ROLES["owner"])
    if row.decided_at is None or city_day(now) > deadlines.appeal_until(clock, city_day(row.decided_at)):
        raise Conflict("too_late")
    words = check_words(text, "text", most=MOST_WORDS)
    store_content(
        session, opened, opened.content.with_said(at=now, by=by.name, role="owner", move="appeal", text=words)
    )
    row.due_on = deadlines.days_after(clock, city_day(now), clock.appeal_days)
    take_step(session, row, "appeal", role="owner", by=by, now=now)
    jobs.defer(session, "tell_appeal", firm_id=row.firm_id, waiver_id=row.id)
    return row


def ask_reset(
    session: Session, *, waiver_id: uuid.UUID, text: str, keys: Keyring, by: Actor, now: dt.datetime
) -> Waiver:
    """可申请再缓: a running deferral or plan gets too hard. Raises: Conflict `not_now` for what is let off for good,
    `no_more_resets` when the policy gives none any more; Invalid without a word of why."""
    opened = _open_held(session, waiver_id, keys)
    row, policy = opened.row, policy_of(get_policy(session, opened.row.policy_id).document)
    if row.relief not in ("defer", "instalments"):
        raise Conflict("not_now")
    if row.resets >= policy.resets_most:
        raise Conflict("no_more_resets")
    words = check_words(text, "text", most=MOST_WORDS)
    store_content(
        session, opened, opened.content.with_said(at=now, by=by.name, role="owner", move="ask_reset", text=words)
    )
    row.due_on = deadlines.decide_by(policy.clock, city_day(now))
    take_step(session, row, "ask_reset", role="owner", by=by, now=now)
    return row


def withdraw(session: Session, *, waiver_id: uuid.UUID, role: str, by: Actor, now: dt.datetime) -> None:
    """The application ends without a decision. Raises: Conflict `not_now`."""
    row = get_one(session, select(Waiver).where(Waiver.id == waiver_id).with_for_update())
    take_step(session, row, "withdraw", role=role, by=by, now=now)
