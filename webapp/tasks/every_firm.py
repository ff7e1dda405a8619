"""Nightly work, firm by firm, case by case: what is wrong at one is written down, and the others have their night."""

import logging
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm

_Find = Callable[[Session, uuid.UUID], Sequence[uuid.UUID]]
_Work = Callable[[Session, uuid.UUID], object]
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


def at_every_case(find: _Find, work: _Work, firms: Iterable[uuid.UUID] | None = None) -> int:
    """Do `work` on every case, or call, that `find` names at these firms (every one), each in a unit of its own; a
    fault at one is logged and undoes that one alone. Returns how many were done."""
    count = 0
    for firm_id in list_firms() if firms is None else firms:
        with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
            found = find(session, firm_id)
        for case_id in found:
            with on_its_own(f"case {case_id}"), unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
                work(session, case_id)
                count += 1
    return count
