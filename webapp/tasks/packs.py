"""Jobs of a pack's release: what it would change, counted before a second person decides."""

import uuid
from collections.abc import Callable

from checkup.packs.catalogue import get_pack
from checkup.rollout.releases import get_release, note_impact
from tenants.database import Audience, Scope, unit_of_work
from webapp.operating.pack_impact import measure
from webapp.settings import Settings


def _measure_pack_release(settings: Settings, *, release_id: str) -> None:
    with unit_of_work(Scope(Audience.WORKER)) as session:
        row = get_release(session, uuid.UUID(release_id))
        if row.state != "proposed":
            return
        before, after = get_pack(row.pack_id, row.others), get_pack(row.pack_id, row.version)
    found = measure(settings, before, after)
    impact = {
        "checkups": found.checkups,
        "better": found.better,
        "worse": found.worse,
        "unjudged": found.unjudged,
        "mean_change": round(found.mean_change, 1) if found.checkups else 0.0,
        "asked_again": found.asked_again,
    }
    with unit_of_work(Scope(Audience.WORKER)) as session:
        note_impact(session, release_id=uuid.UUID(release_id), impact=impact)


TASKS: dict[str, Callable[..., object]] = {"measure_pack_release": _measure_pack_release}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {}
