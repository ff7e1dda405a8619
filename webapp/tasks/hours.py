"""Jobs of hours: fingerprints of new reports and what stands out, firm by firm, once a night."""

from collections.abc import Callable

from sqlalchemy import select

from bureau.quality.anomalies import print_new_reports, watch_firm
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm
from webapp.settings import Settings


def watch_hours(settings: Settings) -> int:
    """Returns how many new anomalies; twice finds nothing new."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firm_ids = session.scalars(select(Firm.id)).all()
    count = 0
    for firm_id in firm_ids:
        with unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
            print_new_reports(session, firm_id=firm_id, keys=settings.keyring(), pepper=settings.pepper)
            count += watch_firm(session, firm_id=firm_id, now=now())
    return count


TASKS: dict[str, Callable[..., object]] = {}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {"watch_hours": ("20 19 * * *", watch_hours)}
