"""Jobs of reviewing: every night, what lawyers make of each risk, firm by firm, told only where enough did."""

from collections.abc import Callable

from sqlalchemy import select

from checkup.signoff.quality import Key, merge_tallies, store_quality, tally_firm
from checkup.signoff.tallies import Tally
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm
from webapp.settings import Settings


def count_quality(settings: Settings) -> int:
    """Count every firm's reviews anew; returns how many risks can be told. Twice changes nothing."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firm_ids = session.scalars(select(Firm.id)).all()
    tallies: dict[Key, Tally] = {}
    for firm_id in firm_ids:
        with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
            merge_tallies(tallies, tally_firm(session, firm_id=firm_id))
    with unit_of_work(Scope(Audience.WORKER)) as session:
        return store_quality(session, tallies=tallies, now=now())


TASKS: dict[str, Callable[..., object]] = {}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "count_quality": ("40 18 * * *", count_quality),  # 02:40 in the city
}
