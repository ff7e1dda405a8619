"""A matter handed to a body, by the services that people use."""

import uuid

from sqlalchemy import select

from checkup.referrals import moving
from checkup.referrals.drafting import Wish, draft
from checkup.referrals.models import Referral, ReferralEvent
from demo.cases import Case
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import unit_of_work
from tests.bodies import find_body, scope_of
from tests.factories import owner_scope, worker_scope
from webapp.edge.record_links import referral_token
from webapp.settings import Settings
from webapp.tasks.referrals import TASKS

CHIEF = "chief@heshang.example"
WISH = Wish("contact", "想把钱要回来", "王姐", "13800138000")


def make_draft(
    settings: Settings,
    case: Case,
    *,
    body: str = "和商",
    topic: str = "own:debt",
    wish: Wish = WISH,
    certificate: str = "",
) -> Referral:
    """The packet as its owner has seen it; nothing has left."""
    with unit_of_work(owner_scope(case)) as session:
        made, _gone = draft(
            session,
            checkup_id=case.checkup_id,
            topic=topic,
            body=find_body(body),
            wish=wish,
            certificate=certificate,
            keys=settings.keyring(),
            files_url=settings.files_url,
            now=now(),
        )
    return made


def refer(settings: Settings, case: Case, **given) -> uuid.UUID:
    """Sent; returns its id."""
    made = make_draft(settings, case, **given)
    with unit_of_work(owner_scope(case)) as session:
        by = Actor(case.owner_id, "店主本人")
        moving.send(session, checkup_id=case.checkup_id, referral_id=made.id, by=by, now=now())
    return made.id


def find_row(case: Case, referral_id: uuid.UUID) -> Referral:
    """As its owner sees it."""
    with unit_of_work(owner_scope(case)) as session:
        return moving.get_referral(session, referral_id)


def take_back(settings: Settings, case: Case, referral_id: uuid.UUID) -> None:
    """Its owner withdraws it."""
    with unit_of_work(owner_scope(case)) as session:
        ids = {"checkup_id": case.checkup_id, "referral_id": referral_id}
        moving.owner_step(session, step="withdraw", words="", keys=settings.keyring(), now=now(), **ids)


def take_steps(settings: Settings, referral_id: uuid.UUID, *steps: str, email: str = CHIEF) -> None:
    """What the body does with it, one after the other; `close:done` closes with an outcome."""
    for step in steps:
        name, _colon, reason = step.partition(":")
        with unit_of_work(scope_of(email)) as session:
            moving.provider_step(
                session,
                referral_id=referral_id,
                step=name,
                words="一句话",
                reason=reason,
                actor="方主任",
                keys=settings.keyring(),
                now=now(),
            )


def follow(settings: Settings, case: Case) -> list[str]:
    """What the worker does after each step of the case; returns where the mailed link of each would lead."""
    with unit_of_work(worker_scope(case)) as session:
        query = select(ReferralEvent.id).where(ReferralEvent.checkup_id == case.checkup_id)
        events = session.scalars(query.order_by(ReferralEvent.at, ReferralEvent.id)).all()
    for event in events:
        for task in ("follow_referral", "mail_referral_link"):
            TASKS[task](settings, firm_id=str(case.firm_id), event_id=str(event))
    return [f"/referral/{referral_token(settings, event)}" for event in events]
