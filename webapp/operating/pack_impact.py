"""What a changed pack would do to every stored checkup, counted firm by firm with the installation's keys."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from checkup.cases.answer_archive import iter_answered
from checkup.packs.answers import Answers
from checkup.packs.values import Pack
from checkup.scoring.impact import Impact, measure_impact
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Firm
from webapp.settings import Settings


def measure(settings: Settings, before: Pack, after: Pack) -> Impact:
    """Of every firm that ever had one: a firm outside the public directory keeps its checkups."""
    return measure_impact(before, after, _stored(settings, before))


def _stored(settings: Settings, old: Pack) -> Iterator[tuple[Mapping[str, str | float], Answers, bool]]:
    with unit_of_work(Scope(Audience.WORKER)) as session:
        firm_ids = session.scalars(select(Firm.id).order_by(Firm.id)).all()
    for firm_id in firm_ids:
        with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
            yield from iter_answered(session, pack=old, keys=settings.keyring())
