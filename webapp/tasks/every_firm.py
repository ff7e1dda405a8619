"""Nightly work, firm by firm: what is wrong at one is written down, and the others have their night."""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm

_log = logging.getLogger("famai.jobs")


def list_firms() -> list[uuid.UUID]:
    """Every firm, in the order of their ids."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        return list(session.scalars(select(Firm.id).order_by(Firm.id)))


@contextmanager
def on_its_own(what: str) -> Iterator[None]:
    """A fault within is logged with what it was about, and goes no further."""
    try:
        yield
    except Exception:
        _log.exception("work failed at %s; the others go on", what)


def at_every_firm(work: Callable[[Session, uuid.UUID], int]) -> int:
    """One unit of work per firm; a fault at one is logged and undoes that one alone. Returns the sum."""
    count = 0
    for firm_id in list_firms():
        with on_its_own(f"firm {firm_id}"), unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
            count += work(session, firm_id)
    return count
