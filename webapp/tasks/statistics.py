"""Jobs of the statistics and of the door to the city's cloud."""

import uuid
from collections.abc import Callable

from checkup.cases.models import Checkup
from checkup.tickets.offering import sweep_offers
from checkup.tickets.telling import tell_of_offer
from cloud.cubes.counting import count_business
from cloud.partners import case_tickets
from cloud.partners.clients import forget_tokens
from cloud.partners.tickets import forget_requests
from cloud.releases.releases import fill_draft
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.outside.webhook_push import push_notices
from webapp.settings import Settings
from webapp.tasks.every_firm import list_firms


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
    """What was asked in tickets that ended a month ago; offers of tickets and tokens that have run out."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        forget_requests(session, now())
        forget_tokens(session, now())
        sweep_offers(session, now())


def _follow_case_tickets(_settings: Settings, *, firm_id: str, checkup_id: str) -> None:
    firm = uuid.UUID(firm_id)
    with unit_of_work(Scope(Audience.WORKER, firm)) as session:
        case_tickets.follow(session, firm_id=firm, checkup_id=uuid.UUID(checkup_id), now=now())


def _tell_of_ticket(settings: Settings, *, number: str) -> None:
    """At the firm, or the reception, where a case has the number that the offer names; at none, nobody is told."""
    for firm_id in list_firms():
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            if tell_of_offer(session, number, public_url=settings.public_url, now=now()):
                return


TASKS: dict[str, Callable[..., object]] = {
    "fill_draft": _fill_draft,
    "count_checkup": _count_checkup,
    "follow_case_tickets": _follow_case_tickets,
    "tell_of_ticket": _tell_of_ticket,
}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "push_notices": ("* * * * *", push_notices),
    "forget_requests": ("50 18 * * *", forget),  # 02:50 in the city
}
