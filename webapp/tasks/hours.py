"""Jobs of hours: fingerprints of new reports and what stands out, firm by firm, once a night."""

import uuid
from collections.abc import Callable

from sqlalchemy.orm import Session

from bureau.quality.anomalies import print_new_reports, watch_firm
from tenants.clock import now
from webapp.settings import Settings
from webapp.tasks.every_firm import at_every_firm


def watch_hours(settings: Settings) -> int:
    """Returns how many new anomalies; twice finds nothing new."""

    def watch(session: Session, firm_id: uuid.UUID) -> int:
        print_new_reports(session, firm_id=firm_id, keys=settings.keyring(), pepper=settings.pepper)
        return watch_firm(session, firm_id=firm_id, now=now())

    return at_every_firm(watch)


TASKS: dict[str, Callable[..., object]] = {}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {"watch_hours": ("20 19 * * *", watch_hours)}
