"""Jobs of the statistics and of the door to the city's cloud."""

import uuid
from collections.abc import Callable

from checkup.cases.models import Checkup
from cloud.cubes.counting import count_business
from cloud.partners.clients import forget_tokens
from cloud.partners.tickets import forget_requests
from cloud.releases.releases import fill_draft
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.outside.webhook_push import push_notices
from webapp.settings import Settings


def _fill_draft(settings: Settings, *, draft_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER)) as session:
        fill_draft(session, uuid.UUID(draft_id), now=now())


def _count_checkup(settings: Settings, *, firm_id: str, checkup_id: str) -> None:
    """What followed a checkup has changed: its business is counted again."""
    with unit_of_work(Scope(Audience.WORKER, firm_id=uuid.UUID(firm_id))) as session:
        row = session.get(Checkup, (uuid.UUID(firm_id), uuid.UUID(checkup_id)))
        if row is not None:
            count_business(session, firm_id=row.firm_id, business_id=row.business_id)


def forget(settings: Settings) -> None:
    """What was asked in tickets that ended a month ago, and tokens that have run out."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        forget_requests(session, now())
        forget_tokens(session, now())


TASKS: dict[str, Callable[..., object]] = {"fill_draft": _fill_draft, "count_checkup": _count_checkup}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "push_notices": ("* * * * *", push_notices),
    "forget_requests": ("50 18 * * *", forget),  # 02:50 in the city
}
