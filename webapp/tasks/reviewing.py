"""Jobs of reviewing: every night, what lawyers make of each risk and owners of each firm, told where enough did."""

from collections import defaultdict
from collections.abc import Callable

from checkup.owner import ratings
from checkup.signoff.quality import Tally, tally_firm
from cloud.releases.firm_ratings import tell_firm
from cloud.releases.verdicts import tell_verdicts
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings
from webapp.tasks.every_firm import list_firms, on_its_own


def count_quality(settings: Settings) -> int:
    """Count every firm's reviews anew; returns of how many risks something is told. Twice changes nothing."""
    tallies = defaultdict[tuple[str, str], dict[str, Tally]](dict)
    for firm_id in list_firms():
        with on_its_own(f"firm {firm_id}"), unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
            for pack, tally in tally_firm(session, firm_id=firm_id).items():
                tallies[pack][str(firm_id)] = tally
    told = 0
    for (pack_id, version), firms in tallies.items():
        with unit_of_work(Scope(Audience.WORKER)) as session:
            told += len(tell_verdicts(session, pack_id=pack_id, version=version, firms=firms, now=now()))
    return told


def count_ratings(settings: Settings) -> int:
    """What owners made of each firm, for its card; returns of how many it is told. Twice changes nothing."""
    told = 0
    for firm_id in list_firms():
        with on_its_own(f"firm {firm_id}"):
            with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
                tally = ratings.tally_firm(session, firm_id=firm_id)
            with unit_of_work(Scope(Audience.WORKER)) as session:
                told += tell_firm(session, firm_id=firm_id, tally=tally).rated_well is not None
    return told


TASKS: dict[str, Callable[..., object]] = {}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "count_quality": ("40 18 * * *", count_quality),  # 02:40 in the city
    "count_ratings": ("42 18 * * *", count_ratings),
}
