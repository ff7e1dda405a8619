"""Jobs of campaigns: what has had its last day ends; what may be told of each is told anew, and at the end for ever."""

from collections.abc import Callable

from cloud.releases.campaigns import list_to_tell, tell_campaign, tell_screens
from tenants.audit import SYSTEM
from tenants.campaigns.making import end_over
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings
from webapp.tasks.every_firm import on_its_own


def count_campaigns(settings: Settings) -> int:
    """Returns how many numbers are told. Twice changes nothing."""
    told, today = 0, city_day(now())
    with unit_of_work(Scope(Audience.WORKER)) as session:
        end_over(session, today=today, by=SYSTEM, now=now())
        wanted = list_to_tell(session)
    for one in wanted:
        with on_its_own(f"campaign {one}"), unit_of_work(Scope(Audience.WORKER)) as session:
            told += len(tell_campaign(session, one, now=now()))
    with on_its_own("screens"), unit_of_work(Scope(Audience.WORKER)) as session:
        told += tell_screens(session, month=today.replace(day=1))
    return told


TASKS: dict[str, Callable[..., object]] = {}
# Name → (cron in UTC, what is done): live enough for whoever stands at the poster.
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {"count_campaigns": ("20 * * * *", count_campaigns)}
