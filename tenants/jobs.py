"""Ask the worker for something, in the same transaction as the change that causes it.

`famai_defer` may queue a job and nothing else. The operator sees names, tries and ages
(`tenants.access.statements.queue_desk`).
"""

import datetime as dt
import json
import uuid
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from tenants.errors import NotFound

# Nothing slow stands in the way of another kind: what walks out of the house, what renders, what the clock asks for.
DEFAULT, OUTSIDE, RENDERS, PHOTOS, DRAFTS, CLOCKS = "default", "outside", "renders", "photos", "drafts", "clocks"
QUEUES = (DEFAULT, OUTSIDE, RENDERS, PHOTOS, DRAFTS, CLOCKS)
# Within a queue what a lawyer has signed is rendered before what the machine says by itself, however much that waits.
SIGNED, AHEAD = "signed", 10
QUEUE_OF = {
    "render_report": RENDERS,
    "render_certificate": RENDERS,
    "read_licence": PHOTOS,
    **dict.fromkeys(
        ("fill_draft", "back_up", "measure_pack_release", "simulate_policy", "write_report"),
        DRAFTS,
    ),
    **dict.fromkeys(
        (
            "deliver_message",
            "mail_invitation",
            "mail_referral_link",
            "mail_emergency",
            "mail_appeal",
            "tell_partner",
            "tell_person",
            "tell_seat",
            "send_reset",
            "push_due",
            "push_notices",
            "issue_invoice",
            "void_invoice",
            "send_refund",
            "open_plan_visit",
            "apply_notice",
            "recover_money",
            "compare_money",
        ),
        OUTSIDE,
    ),
}
_DEFER = text("SELECT famai_defer(:task, CAST(:args AS jsonb))")


def defer(session: Session, task: str, **args: uuid.UUID | str) -> None:
    """Queue `task`; `args` are ids and codes, never content: the queue is readable by the worker alone."""
    session.execute(_DEFER, {"task": task, "args": json.dumps({k: str(v) for k, v in args.items()})})


@dataclass(frozen=True)
class QueueState:
    """How many jobs of a queue are due, under way, given up; how long the oldest that is due has waited."""

    queue: str
    waiting: int
    running: int
    parked: int
    oldest_seconds: int


@dataclass(frozen=True)
class ParkedJob:
    """A job that was given up after its tries; what it is about only the worker can read."""

    id: int
    task: str
    queue: str
    tries: int
    parked_at: dt.datetime | None


def list_queues(session: Session) -> list[QueueState]:
    """Every queue, also one that has held no job yet, under Scope(OPERATOR)."""
    found = {row.queue: QueueState(*row) for row in session.execute(text("SELECT * FROM famai_queues()"))}
    return [found.get(name, QueueState(name, 0, 0, 0, 0)) for name in QUEUES]


def list_parked(session: Session, most: int = 100) -> list[ParkedJob]:
    """The jobs that were given up, newest first, under Scope(OPERATOR)."""
    return [ParkedJob(*row) for row in session.execute(text("SELECT * FROM famai_parked_jobs(:most)"), {"most": most})]


def take_up(session: Session, job: int) -> None:
    """Try a parked job anew, with all its tries, under Scope(OPERATOR). Raises: NotFound where it is not parked."""
    if not session.scalar(text("SELECT famai_take_up(:job)"), {"job": job}):
        raise NotFound
