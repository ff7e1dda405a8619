"""Jobs of a case: reports, messages, counts, erasure. Each takes its scope from the job's ids; all are safe twice."""

import datetime as dt
import uuid
from collections.abc import Callable

from sqlalchemy.orm import Session

from bureau.complaints.case_erasure import forget_case
from checkup.owner.erasure import erase_checkup, finish_erasure, list_expired, remove_files
from checkup.owner.suspension import tell_owners
from checkup.signoff import reporting
from cloud.cubes.counting import count_business
from tenants import messages
from tenants.audit import SYSTEM
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login import rates
from webapp.operating.signing import signing_certificate
from webapp.outside.message_delivery import deliver
from webapp.outside.webhook_push import push_due
from webapp.settings import Settings
from webapp.tasks import relief
from webapp.tasks.every_firm import at_every_case, at_every_firm


def _render_report(settings: Settings, *, firm_id: str, checkup_id: str, kind: str) -> None:
    reporting.render_and_store(
        scope=Scope(Audience.WORKER, firm_id=uuid.UUID(firm_id)),
        checkup_id=uuid.UUID(checkup_id),
        kind=kind,
        keys=settings.keyring(),
        files_url=settings.files_url,
        public_url=settings.public_url,
        certificate=signing_certificate(settings) if kind == "signed" else None,
        now=now(),
    )


def _deliver_message(settings: Settings, *, firm_id: str, message_id: str) -> None:
    scope = Scope(Audience.WORKER, firm_id=uuid.UUID(firm_id))
    deliver(settings, scope=scope, message_id=uuid.UUID(message_id))


def _tell_owners(settings: Settings, *, firm_id: str, state: str, at: str) -> None:
    with unit_of_work(Scope(Audience.WORKER, firm_id=uuid.UUID(firm_id))) as session:
        decided_at = dt.datetime.fromisoformat(at)
        tell_owners(session, firm_id=uuid.UUID(firm_id), state=state, decided_at=decided_at, now=now())


def _finish_erasure(settings: Settings, *, firm_id: str, checkup_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER, firm_id=uuid.UUID(firm_id))) as session:
        paths = finish_erasure(session, checkup_id=uuid.UUID(checkup_id))
        forget_case(session, firm_id=uuid.UUID(firm_id), checkup_id=uuid.UUID(checkup_id), now=now())
    remove_files(settings.files_url, paths)
    relief.finish_erasure(settings, firm_id=firm_id, checkup_id=checkup_id)


def _count_business(settings: Settings, *, firm_id: str, business_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER, firm_id=uuid.UUID(firm_id))) as session:
        count_business(session, firm_id=uuid.UUID(firm_id), business_id=uuid.UUID(business_id))


def retain(settings: Settings) -> int:
    """Erase the drafts that their firms no longer keep; returns how many. Twice a day changes nothing."""

    def erase(session: Session, checkup_id: uuid.UUID) -> None:
        erase_checkup(session, checkup_id=checkup_id, asked_by="retention", by=SYSTEM, now=now())

    return at_every_case(lambda session, firm_id: list_expired(session, firm_id=firm_id, now=now()), erase)


def send_again(settings: Settings) -> int:
    """Ask once more for every message that had no way out; returns how many."""
    return at_every_firm(lambda session, firm: messages.try_again(session, firm_id=firm, now=now()))


def forget_counts(settings: Settings) -> None:
    """Remove what doors counted in windows that are over."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        rates.forget_counts(session)


TASKS: dict[str, Callable[..., object]] = {
    "render_report": _render_report,
    "deliver_message": _deliver_message,
    "tell_owners": _tell_owners,
    "finish_erasure": _finish_erasure,
    "count_business": _count_business,
}
# Name → (cron in UTC, what is done).
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "push_due": ("* * * * *", push_due),
    "send_again": ("*/10 * * * *", send_again),
    "forget_counts": ("7 * * * *", forget_counts),
    "retain": ("10 19 * * *", retain),  # 03:10 in the city
}
