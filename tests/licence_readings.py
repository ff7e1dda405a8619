"""A licence of a case that the worker has read, by the services that people use."""

from sqlalchemy import select

from checkup.prefill import readings
from checkup.prefill.models import LicenceReading
from checkup.prefill.values import Found
from tenants.clock import now
from tenants.database import unit_of_work
from tenants.uploads import CheckedFile
from tests.factories import Case, owner_scope, worker_scope
from tests.licences import found_in, make_licence
from webapp.settings import Settings


def read_licence(settings: Settings, case: Case) -> Found:
    """A photo of the case's licence was read, and waits for her word."""
    found, of_case = found_in(make_licence(1)), {"checkup_id": case.checkup_id, "keys": settings.keyring()}
    photo = CheckedFile("image/jpeg", b"\xff\xd8 a licence")
    with unit_of_work(owner_scope(case)) as session:
        readings.ask(session, photo=photo, files_url=settings.files_url, now=now(), **of_case)
        asked = session.scalars(select(LicenceReading.photo).filter_by(checkup_id=case.checkup_id)).one()
    with unit_of_work(worker_scope(case)) as session:
        readings.settle(session, photo=asked, found=found, is_read=True, now=now(), **of_case)
    return found
