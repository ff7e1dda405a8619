"""The city's reception is opened with its first bureau, and by an update where a city is older than it."""

from tenants.base import RECEPTION_ID
from tenants.database import Audience, Scope, unit_of_work
from tenants.firms.reception import has_reception, open_reception
from tenants.login.first_run import has_begun
from webapp.settings import Settings


def open_here(settings: Settings) -> bool:
    """Whether it was opened now: not twice, and not before there is a bureau. Needs the pools of `configure`."""
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        return open_reception(work, new_key=settings.keyring().new_firm_key(str(RECEPTION_ID)))


def is_missing() -> bool:
    """Whether the city has begun, and owners must still choose a firm before their first question."""
    with unit_of_work(Scope(Audience.PUBLIC)) as work:
        return has_begun(work) and not has_reception(work)
