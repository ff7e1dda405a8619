"""Jobs of hours: what follows from an owner's word; fingerprints and what stands out, firm by firm, once a night."""

import uuid
from collections.abc import Callable

from bureau.dashboard.home import list_bureau_ids
from bureau.hours.credited_minutes import credit
from bureau.quality.anomalies import list_unprinted, print_report, watch_firm
from bureau.quality.draws import let_go
from bureau.quality.owner_consent import withdraw_findings
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings
from webapp.tasks.every_firm import at_every_case, at_every_firm


def watch_hours(settings: Settings) -> int:
    """Returns how many new anomalies; twice finds nothing new."""
    at_every_case(
        lambda session, firm_id: list_unprinted(session, firm_id=firm_id),
        lambda session, case: print_report(session, checkup_id=case, keys=settings.keyring(), pepper=settings.pepper),
    )
    return at_every_firm(lambda session, firm_id: watch_firm(session, firm_id=firm_id, now=now()))


def _credit_hours(settings: Settings, *, firm_id: str, lawyer_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER, uuid.UUID(firm_id))) as session:
        credit(session, firm_id=uuid.UUID(firm_id), lawyer_id=uuid.UUID(lawyer_id))


def _withdraw_findings(settings: Settings, *, firm_id: str, checkup_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER, uuid.UUID(firm_id))) as session:
        withdraw_findings(session, uuid.UUID(checkup_id))


def _replace_assessor(settings: Settings, *, firm_id: str, leaver_id: str) -> None:
    """Who has left a firm assesses no more for any bureau of the city, each in its own scope."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        bureau_ids = list_bureau_ids(session)
    for bureau_id in bureau_ids:
        scope = Scope(Audience.BUREAU, bureau_id=bureau_id)
        with unit_of_work(scope) as session:
            hers = {"person_id": uuid.UUID(leaver_id), "works_at": uuid.UUID(firm_id)}
            let_go(session, scope=scope, **hers, now=now())


TASKS: dict[str, Callable[..., object]] = {
    "credit_hours": _credit_hours,
    "withdraw_findings": _withdraw_findings,
    "replace_assessor": _replace_assessor,
}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {"watch_hours": ("20 19 * * *", watch_hours)}
