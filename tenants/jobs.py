"""Ask the worker for something, in the same transaction as the change that causes it.

`famai_defer` (migration 0001) may queue a job and nothing else: no audience can read the queue.
"""

import json
import uuid

from sqlalchemy import text
from sqlalchemy.orm import Session

# Nothing slow stands in the way of another kind: what walks out of the house, what renders, what the clock asks for.
DEFAULT, OUTSIDE, RENDERS, DRAFTS, CLOCKS = "default", "outside", "renders", "drafts", "clocks"
QUEUES = (DEFAULT, OUTSIDE, RENDERS, DRAFTS, CLOCKS)
QUEUE_OF = {
    "render_report": RENDERS,
    "render_certificate": RENDERS,
    "fill_draft": DRAFTS,
    "back_up": DRAFTS,
    **dict.fromkeys(
        (
            "deliver_message",
            "mail_emergency",
            "tell_person",
            "send_reset",
            "push_due",
            "push_notices",
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
