"""The demo city's operator, its connected parties, tickets from the enterprise service cloud, and a year of counts."""

import random
from collections import Counter

from checkup.packs.catalogue import PACK, get_pack
from checkup.scoring import simulation
from checkup.scoring.model import score
from cloud.cubes.cells import CHANNELS, MONTHS
from cloud.cubes.counting import add_to_cells
from cloud.cubes.facts import Fact, items_of, period_of
from cloud.disclosure.suppression import THRESHOLD
from cloud.partners import feed, tickets
from cloud.partners.operator_view import list_parties
from cloud.partners.ticket_forms import TicketForm
from cloud.releases.draft import SUPPRESSION
from cloud.releases.releases import ask_draft, fill_draft, publish_draft
from tenants import jobs
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from webapp.settings import Settings

OPERATOR = ("operator@famai.example", "周工")
_QUARTERS_BACK, _BUSINESSES, _DISTINCT = (2, 1), 900, 120
_TICKETS = (
    TicketForm("QYFW-2026-1181", "checkup", "310113", "con", name="老李五金", note="想做一次体检。"),
    TicketForm("QYFW-2026-1190", "advice", "310113", "emp", name="晨光便利店", note="员工要求补签合同。"),
    TicketForm("QYFW-2026-1203", "mediation", "310110", "dis", firm="jiangwan", name="阿强货运", note="运费被拖欠。"),
)


def fill_statistics(settings: Settings, *, seed: int) -> None:
    """Parties and tickets, and counts of two quarters that are over: the older one published, the newer one a draft
    for the worker to check. The counts stand for businesses that the demo city does not hold one by one."""
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        if list_parties(session):
            return
        for name, source in (("上海企业服务云（演示）", "cloud"), ("12345（演示）", "12345")):
            url = f"{settings.stripe_url or settings.public_url}/receiver"
            feed.add_subscriber(session, name=name, url=url, source=source, master=settings.master_key, now=now())
    _receive(settings)
    rng = random.Random(seed)  # noqa: S311 - synthetic
    periods = [_quarter_before(back) for back in _QUARTERS_BACK]
    for period in periods:
        with unit_of_work(Scope(Audience.WORKER)) as session:
            add_to_cells(session, _counts(rng, period))
    _publish(periods[0])
    _ask(periods[1])


def _quarter_before(back: int) -> str:
    year, quarter = period_of(city_day(now())).split("-Q")
    place = int(year) * 4 + int(quarter) - 1 - back
    return f"{place // 4}-Q{place % 4 + 1}"


def _receive(settings: Settings) -> None:
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        party = feed.get_subscriber(session, "上海企业服务云（演示）")
    for form in _TICKETS:
        with unit_of_work(Scope(Audience.CLIENT, token=str(party.id))) as session:
            tickets.receive_ticket(session, party=party, form=form, master=settings.master_key, now=now())


def _counts(rng: random.Random, period: str) -> dict[tuple[str, str, str], int]:
    pack, made, today = get_pack(PACK), [], city_day(now())
    for _ in range(_DISTINCT):
        details = simulation.make_details(rng)
        answers = simulation.walk(
            pack, details.profile(), simulation.make_character(rng), rng, today=today, express=True
        )
        result = score(pack, details.profile(), answers, today=today, express=True)
        if result.grade is not None:
            made.append((details, result))
    counts: Counter[tuple[str, str, str]] = Counter()
    for details, result in rng.choices(made, k=_BUSINESSES):
        found = [finding for finding in result.findings if finding.state == "found"]
        fact = Fact(
            district=rng.choices(("310113", "310110", "310115", "310112"), (4, 3, 2, 1))[0],
            section=details.section,
            size=details.size,
            grade=result.grade or "",
            risks=frozenset(finding.risk for finding in found),
            is_urgent=any(finding.urgent for finding in found),
            score=100.0 if result.score is None else result.score,
            month=rng.choice(MONTHS),
            channel=rng.choices(CHANNELS, (70, 10, 15, 5, 0))[0],
        )
        counts.update((period, *item) for item in items_of(pack, fact))
    return dict(counts)


def _publish(period: str) -> None:
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        draft_id = ask_draft(session, period=period, method=SUPPRESSION, k=THRESHOLD, by=OPERATOR[1], now=now()).id
    with unit_of_work(Scope(Audience.WORKER)) as session:
        fill_draft(session, draft_id, now=now())
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        publish_draft(session, draft_id, by=OPERATOR[1], now=now())


def _ask(period: str) -> None:
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        row = ask_draft(session, period=period, method=SUPPRESSION, k=THRESHOLD, by=OPERATOR[1], now=now())
        jobs.defer(session, "fill_draft", draft_id=row.id)
