"""Jobs of the bureaus, each in the bureau's own role: home numbers every few minutes, the report on Fridays."""

import uuid
from collections.abc import Callable
from contextlib import suppress

from bureau.complaints.officers_mail import tell_officers
from bureau.dashboard.home import count_home, list_bureau_ids
from bureau.parameters.emergency_mail import list_to_tell, write_mail
from bureau.reports.edition_rules import from_bytes
from bureau.reports.editions import find_before, freeze_edition, get_edition
from bureau.reports.files import make_files
from cloud.releases.home_figures import FIGURES
from tenants import jobs
from tenants.audit import SYSTEM
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.files import has_file, write_file
from webapp.outside.message_delivery import write_to_person
from webapp.report_editions import LAST_WRITTEN, draft, report_path, topic_names
from webapp.settings import Settings
from webapp.tasks.every_firm import on_its_own


def count_homes(settings: Settings) -> int:
    """Count the home numbers of every bureau; returns how many bureaus. Twice changes nothing but the time."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        bureau_ids = list_bureau_ids(session)
    for bureau_id in bureau_ids:
        scope = Scope(Audience.BUREAU, bureau_id=bureau_id)
        with on_its_own(f"bureau {bureau_id}"), unit_of_work(scope) as session:
            count_home(session, FIGURES, bureau_id=bureau_id, now=now())
    return len(bureau_ids)


def freeze_running_quarter(settings: Settings) -> int:
    """The Friday report: freeze the running quarter of every bureau whose numbers have moved since the last edition.

    Writing the files is a job of its own. Returns how many were frozen; twice freezes nothing twice.
    """
    today, frozen = city_day(now()), 0
    period = f"{today.year}-Q{(today.month + 2) // 3}"
    with unit_of_work(Scope(Audience.WORKER)) as session:
        bureau_ids = list_bureau_ids(session)
    for bureau_id in bureau_ids:
        scope = Scope(Audience.BUREAU, bureau_id=bureau_id)
        # What is refused has the same numbers as the last edition.
        with on_its_own(f"bureau {bureau_id}"), suppress(Conflict), unit_of_work(scope) as session:
            numbers = draft(session, bureau_id=bureau_id, period=period)
            freeze_edition(session, bureau_id=bureau_id, frozen=numbers, by=SYSTEM, now=now())
            frozen += 1
    return frozen


def _write_report(settings: Settings, *, bureau_id: str, edition_id: str) -> None:
    """Write every file of a frozen edition once; a second run finds them there."""
    scope = Scope(Audience.BUREAU, bureau_id=uuid.UUID(bureau_id))
    with unit_of_work(scope) as session:
        edition = get_edition(session, bureau_id=uuid.UUID(bureau_id), edition_id=uuid.UUID(edition_id))
        before = find_before(session, edition)
    if has_file(settings.files_url, report_path(edition, LAST_WRITTEN)):
        return
    for name, content in make_files(from_bytes(edition.content), before, topic_names()).items():
        write_file(settings.files_url, report_path(edition, name), content)


def _tell_bureau(settings: Settings, *, firm_id: str, complaint_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER, firm_id=uuid.UUID(firm_id))) as session:
        tell_officers(session, firm_id=uuid.UUID(firm_id), complaint_id=uuid.UUID(complaint_id), now=now())


def _tell_emergency(settings: Settings, *, emergency_id: str) -> None:
    """A job for each, so that one address that fails holds up nobody else's mail."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        for one in list_to_tell(session, uuid.UUID(emergency_id)):
            jobs.defer(session, "mail_emergency", emergency_id=emergency_id, person_id=one.id)


def _mail_emergency(settings: Settings, *, emergency_id: str, person_id: str) -> None:
    """Raises: NotSent, and the worker tries again."""
    scope, emergency = Scope(Audience.WORKER, person_id=uuid.UUID(person_id)), uuid.UUID(emergency_id)
    write_to_person(
        settings, scope=scope, write=lambda session, locale: write_mail(session, emergency, locale), about=emergency_id
    )


TASKS: dict[str, Callable[..., object]] = {
    "write_report": _write_report,
    "tell_bureau": _tell_bureau,
    "tell_emergency": _tell_emergency,
    "mail_emergency": _mail_emergency,
}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "count_homes": ("*/5 * * * *", count_homes),
    "freeze_running_quarter": ("0 23 * * 4", freeze_running_quarter),  # UTC: Friday, seven in the morning in the city
}
