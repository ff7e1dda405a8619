"""Rows for tests, made by the services that people use. A test states only what matters to it."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.books.models import Fee
from billing.stripe.models import FirmPlan
from checkup.cases.models import Checkup
from checkup.conflicts.models import FirmParty
from demo.cases import Case, add_case, clear
from demo.city import PASSWORD, city_officers, demo_id
from demo.relief import add_waiver
from demo.staff import add_person, join_firm
from demo.stories import Story
from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Business
from webapp.settings import Settings

# What a lawyer sends from the page of names, where its owner named nobody: no conflict, and mine.
CLEAR_AND_MINE = {"outcome": "take", "parties_version": "0"}


def make_case(
    settings: Settings,
    state: str = "submitted",
    *,
    firm: str = "hubin",
    lawyer: int = 1,
    seed: int = 1,
    at: dt.datetime | None = None,
    has_letter: bool = True,
) -> Case:
    """A checkup of a synthetic business: `answering`, `submitted`, `in_review` or `signed` by that lawyer.

    From `submitted` on the owner has accepted the scope letter, unless `has_letter` is False.
    """
    return add_case(
        settings,
        random.Random(seed),
        firm_id=demo_id(firm),
        state=state,
        lawyer_id=demo_id(f"{firm}:{lawyer}"),
        at=at or now(),
        has_letter=has_letter,
    )


def lawyer_scope(case: Case) -> Scope:
    """The scope in which the case's lawyer works."""
    return Scope(Audience.FIRM, case.firm_id, case.lawyer_id or uuid.UUID(int=0))


def owner_scope(case: Case) -> Scope:
    """The scope in which the case's owner reads and answers."""
    return Scope(Audience.OWNER, case.firm_id, case.owner_id)


def worker_scope(case: Case) -> Scope:
    return Scope(Audience.WORKER, case.firm_id)


@contextmanager
def plan_of(firm_id: uuid.UUID, plan: str) -> Iterator[None]:
    """The firm has this paid plan meanwhile, as if Stripe had told so."""
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        session.merge(
            FirmPlan(firm_id=firm_id, stripe_customer="cus_plan", plan=plan, status="active", seats=30, is_ending=False)
        )
    yield
    with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
        row = session.get_one(FirmPlan, firm_id)
        row.plan = row.status = row.stripe_subscription = None


def make_fee(session: Session, case: Case, *, fen: int = 120_000, kind: str = "contract_review") -> Fee:
    """An offered fee of the firm's own, in the scope of its lawyer or worker."""
    fee = Fee(
        firm_id=case.firm_id,
        id=new_id(),
        checkup_id=case.checkup_id,
        business_id=session.get_one(Checkup, (case.firm_id, case.checkup_id)).business_id,
        owner_id=case.owner_id,
        number=f"F-{uuid.uuid4().hex[:8]}",
        kind=kind,
        service="contract-review",
        amount_minor=fen,
        currency="CNY",
        lines="[]",
        offered_at=now(),
    )
    session.add(fee)
    session.flush()
    return fee


def make_waiver(
    settings: Settings, case: Case, state: str = "applied", *, at: dt.datetime | None = None, **story: Any
) -> uuid.UUID:
    """An application for relief of the case's owner, in any state of its life; `story`: as `Story`.

    Its steps are a second apart, so that one made late in the evening is not decided tomorrow.
    """
    told = {"facts": {"turnover_fall": 30}, "papers": ("sales_record",), **story}
    told_in_full, rng, apart = Story(state=state, **told), random.Random(1), dt.timedelta(seconds=1)
    return add_waiver(settings, case, told_in_full, city_officers(), at=at or now(), rng=rng, apart=apart)


def officer_scope(which: str = "first") -> Scope:
    """The scope of one of the city bureau's two officers."""
    officers = city_officers()
    return officers.scope(getattr(officers, which))


def add_member(firm_id: uuid.UUID, *roles: str, email: str = "", name: str = "某人") -> uuid.UUID:
    """Somebody new in the firm, with the password of the demo city; returns the id."""
    person_id, address = new_id(), email or f"{uuid.uuid4().hex}@x.example"
    with unit_of_work(Scope(Audience.AUTH)) as session:
        add_person(session, person_id, email=address, name=name, password=PASSWORD)
    join_firm(firm_id, person_id, *roles)
    return person_id


def find_no_conflict(settings: Settings, case: Case, person_id: uuid.UUID) -> None:
    """This colleague looks at the names too, and may then read the case."""
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, person_id)) as session:
        given = {"person_id": person_id, "takes_case": False, "keys": settings.keyring(), "at": now()}
        clear(session, checkup_id=case.checkup_id, **given)


def add_firm_party(settings: Settings, case: Case, *, side: str, name: str = "") -> None:
    """Put a name (the business's own, if none is given) on the firm's list, as its admin."""
    with unit_of_work(Scope(Audience.FIRM, case.firm_id, demo_id("hubin:1"))) as session:
        row = session.scalars(select(Checkup).where(Checkup.id == case.checkup_id)).one()
        business = session.get_one(Business, (row.firm_id, row.business_id))
        session.add(FirmParty(firm_id=case.firm_id, name=name or business.name, side=side, added_at=now()))
