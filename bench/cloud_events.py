"""Ten thousand random events (coming, consent, answers, withdrawal, erasure): counts by deltas equal a recount."""

import random
import time
import uuid
from collections.abc import Iterator

from sqlalchemy.orm import Session

from bench.city import new_city
from bench.results import Result
from checkup.cases import checkups, states
from checkup.cases.holding import ERASED
from checkup.cases.models import Checkup
from checkup.owner import consents
from checkup.owner.erasure import erase_checkup
from cloud.cubes.counting import count_business, recount, stored_counts
from demo.cases import Case, add_case
from demo.city import demo_id, open_city
from tenants.audit import SYSTEM
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings

NAME = "cloud_events"
_EVENTS, _QUICK_EVENTS, _FIRMS = 10_000, 150, ("hubin", "jiangwan")


def measure(*, quick: bool) -> Iterator[Result]:
    """Cells that differ after all events (0 is right), businesses that a recount from the checkups moves, seconds."""
    settings, rng, began = new_city(), random.Random(17), time.perf_counter()
    open_city(settings)
    cases: list[Case] = []
    for number in range(_QUICK_EVENTS if quick else _EVENTS):
        if number < (4 if quick else 40) or rng.random() < 0.03:
            cases.append(_come(settings, rng))
        case = rng.choice(cases)
        if _happen(settings, rng, case) and rng.random() < 0.5:
            _count(case)
    for case in cases:
        _count(case)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        fresh, kept = recount(session), stored_counts(session)
    yield Result(
        "events_differing", sum(fresh.get(c, 0) != kept.get(c, 0) for c in fresh.keys() | kept.keys()), "cells", 0
    )
    yield Result("events_moved", sum(map(_count, cases)), "cells", 0)
    yield Result("events_seconds", time.perf_counter() - began, "s", 3600)


def _come(settings: Settings, rng: random.Random) -> Case:
    case = add_case(settings, rng, firm_id=demo_id(rng.choice(_FIRMS)), state="submitted", lawyer_id=None, at=now())
    with unit_of_work(_owner(case)) as session:
        for purpose in ("statistics", "cloud"):
            _set_consent(session, case, purpose, granted=True)
    return case


def _owner(case: Case) -> Scope:
    return Scope(Audience.OWNER, case.firm_id, case.owner_id)


def _set_consent(session: Session, case: Case, purpose: str, *, granted: bool) -> None:
    consents.set_consent(session, checkup_id=case.checkup_id, purpose=purpose, granted=granted, by=SYSTEM, now=now())


def _happen(settings: Settings, rng: random.Random, case: Case) -> bool:
    """One event; False when this case takes no more of its kind."""
    kind, keys = rng.random(), settings.keyring()
    with unit_of_work(_owner(case)) as session:
        row = session.get_one(Checkup, (case.firm_id, case.checkup_id))
        if row.state == ERASED:
            return False
        if kind < 0.7:
            _set_consent(session, case, rng.choice(("statistics", "cloud")), granted=rng.random() < 0.6)
            return True
        if kind < 0.9 and states.LIFE.may(row.state, "reopen"):
            checkups.move(session, row, "reopen", actor_id=None, now=now())
            return True
        if kind < 0.96 and states.LIFE.may(row.state, "submit"):
            checkups.submit_checkup(session, checkup_id=case.checkup_id, keys=keys, now=now())
            return True
        if kind < 0.98 and states.LIFE.may(row.state, "withdraw"):
            checkups.move(session, row, "withdraw", actor_id=None, now=now())
            return True
        if kind >= 0.98 and states.LIFE.may(row.state, "erase"):
            erase_checkup(session, checkup_id=case.checkup_id, asked_by="owner", by=SYSTEM, now=now())
            return True
    return False


def _count(case: Case) -> int:
    with unit_of_work(Scope(Audience.WORKER, firm_id=case.firm_id)) as session:
        business_id: uuid.UUID = session.get_one(Checkup, (case.firm_id, case.checkup_id)).business_id
        return count_business(session, firm_id=case.firm_id, business_id=business_id)
