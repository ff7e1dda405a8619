"""Ask the worker for something, in the same transaction as the change that causes it.

`famai_defer` (migration 0001) may queue a job and nothing else: no audience can read the queue.
"""

import json
import uuid

from sqlalchemy import text
from sqlalchemy.orm import Session

_DEFER = text("SELECT famai_defer(:task, CAST(:args AS jsonb))")


def defer(session: Session, task: str, **args: uuid.UUID | str) -> None:
    """Queue `task`; `args` are ids and codes, never content: the queue is readable by the worker alone."""
    session.execute(_DEFER, {"task": task, "args": json.dumps({k: str(v) for k, v in args.items()})})
