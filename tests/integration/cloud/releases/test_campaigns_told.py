"""What a campaign has come to is told of ten and more, to whom it concerns, and stays once it is over."""

import datetime as dt
from collections import Counter
from itertools import product

import highspy
import numpy as np
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from cloud.cubes.cells import BROUGHT, PARTNER, REACHED
from cloud.releases.told_counts import tell_counts
from demo.city import demo_id
from tenants.base import RECEPTION_ID
from tenants.campaign_steps import STEPS
from tenants.campaigns.models import CampaignTold
from tenants.campaigns.screens import LANDING
from tenants.campaigns.told import read_funnels
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.parks import change_campaign, make_firm_link, make_link, partner_scope
from webapp.campaigns import screens
from webapp.tasks.campaigns import count_campaigns

BUREAU = Scope(Audience.BUREAU, bureau_id=demo_id("bureau:310113"))
AT_FIRM = Scope(Audience.FIRM, demo_id("hubin"), demo_id("hubin:1"))


@pytest.fixture
def link(settings):
    return make_link()


@pytest.fixture
def add(admin_write):
    """Counts of a link, as the triggers would have kept them."""

    def put(link, slug="hubin", **steps):
        for step, count in steps.items():
            firm = RECEPTION_ID if step in STEPS[:2] else demo_id(slug)
            admin_write(
                "INSERT INTO campaign_step VALUES (:day, :link, :firm, :step, :count) ON CONFLICT (day, link_id, "
                "at_firm, step) DO UPDATE SET count = campaign_step.count + excluded.count",
                day=city_day(now()), link=link.id, firm=firm, step=step, count=count,
            )  # fmt: skip

    return put


def funnel(link, scope=BUREAU):
    with unit_of_work(scope) as session:
        return {stage.what: stage.count for stage in read_funnels(session, link.campaign_id)[0].stages}


def test_of_few_nothing_is_told(settings, link, add):
    add(link, started=9, finished=5)
    count_campaigns(settings)
    assert set(funnel(link).values()) == {None}


def test_of_many_how_far_they_have_got(settings, link, add):
    add(link, started=100, finished=60, lawyer=40)
    count_campaigns(settings)
    told = funnel(link)
    assert (told["started"], told["finished"], told["signed"]) == (100, 60, None)
    assert funnel(link, partner_scope()) == told


def test_a_firm_is_told_of_its_own_campaign_what_its_bureau_is_told(settings, add):
    link = make_firm_link()
    add(link, started=100, finished=60, lawyer=30)
    add(link, slug="jiangwan", lawyer=20)
    count_campaigns(settings)
    told = funnel(link, AT_FIRM)
    assert (told["started"], told["finished"], told["lawyer"]) == (100, 60, 50)
    assert funnel(link) == told


@pytest.mark.parametrize("elsewhere", [1, 2, 4])
def test_a_firm_that_takes_its_own_away_finds_nobody_who_went_elsewhere(settings, add, elsewhere):
    """Of all who asked a lawyer few asked another firm's: no number is told from which those are left."""
    link = make_firm_link()
    add(link, started=100, finished=60, lawyer=40 - elsewhere)
    add(link, slug="jiangwan", lawyer=elsewhere)
    count_campaigns(settings)
    with unit_of_work(AT_FIRM) as session:
        told = {one.what: one.count for one in session.scalars(told_of(link))}
    assert told == {"all": 100, "started": 40}
    assert funnel(link, AT_FIRM)["lawyer"] is None


def test_a_crowd_that_is_mostly_the_firms_own_moves_nothing_it_is_told(settings, add):
    """Ten more, of whom eight are its own: the change would tell it of the two."""
    link = make_firm_link()
    add(link, started=100, finished=60, lawyer=20)
    add(link, slug="jiangwan", lawyer=20)
    count_campaigns(settings)
    before = funnel(link, AT_FIRM)
    add(link, started=10, finished=10, lawyer=8)
    add(link, slug="jiangwan", lawyer=2)
    count_campaigns(settings)
    assert funnel(link, AT_FIRM) == before
    assert before["lawyer"] == 40


def told_of(link):
    return select(CampaignTold).where(CampaignTold.campaign_id == link.campaign_id)


def test_another_firm_is_told_nothing_of_it(settings, add):
    link = make_firm_link()
    add(link, started=100)
    count_campaigns(settings)
    with unit_of_work(Scope(Audience.FIRM, demo_id("jiangwan"), demo_id("jiangwan:1"))) as session:
        assert session.scalars(told_of(link)).all() == []


def test_one_owner_more_changes_nothing_that_is_told(settings, link, add):
    add(link, started=100, finished=60)
    count_campaigns(settings)
    before = funnel(link)
    add(link, started=1, finished=1)
    count_campaigns(settings)
    assert funnel(link) == before


def test_what_is_over_is_told_once_more_and_never_again(settings, link, add):
    add(link, started=30, finished=12)
    yesterday = city_day(now()) - dt.timedelta(days=1)
    change_campaign(link, begins_on=yesterday, ends_on=yesterday)
    count_campaigns(settings)
    frozen = funnel(link)
    add(link, started=500, finished=400)
    count_campaigns(settings)
    assert funnel(link) == frozen
    assert (frozen["started"], frozen["finished"]) == (30, 12)


def test_scans_are_counted_by_landing(app, settings, link, admin_rows):
    for _ in range(24):
        app.test_client().get(f"/c/{link.code}")
    screens.flush()
    rows = admin_rows("SELECT screen, sum(count) FROM screen_count WHERE link_id = :id GROUP BY 1", id=link.id)
    assert dict(map(tuple, rows)) == {LANDING: 24}
    count_campaigns(settings)
    assert funnel(link)["scans"] == 24


@pytest.mark.parametrize("table", ["campaign_step", "screen_count", "campaign_link_use"])
def test_no_officer_reads_what_is_counted(settings, table):
    for scope in (BUREAU, partner_scope()):
        with pytest.raises(ProgrammingError, match="denied"), unit_of_work(scope) as session:
            session.execute(text(f"SELECT * FROM {table}"))


def test_a_partner_reads_nothing_of_another_part(link, admin_write):
    for part in ("", "another"):
        admin_write(
            "INSERT INTO campaign_told VALUES (:id, :part, 'all', 44, :at)", id=link.campaign_id, part=part, at=now()
        )
    with unit_of_work(partner_scope()) as session:
        of_it = text("SELECT part FROM campaign_told WHERE campaign_id = :id")
        assert session.scalars(of_it, {"id": link.campaign_id}).all() == [""]


@pytest.mark.parametrize("seed", range(4))
def test_an_attacker_who_adds_up_everything_that_is_told_recovers_no_small_number(settings, seed):
    """Two parks, five steps, firms that know their own: each number withheld stays open by half the threshold."""
    rng = np.random.default_rng(seed)
    truth = Counter({key: int(rng.choice([0, 2, 4, 7, 12, 25, 40])) for key in product("ab", STEPS)})
    own = Counter({key: count // 2 for key, count in truth.items() if key[1] in STEPS[2:]})
    with unit_of_work(Scope(Audience.WORKER)) as session:
        told = tell_counts(session, f"attacked {seed}", {"f": {BROUGHT: own}}, {BROUGHT: truth - own})
        session.rollback()
    keys = sorted(truth)
    sums = [(cells_in(dict(cell), keys), count) for cell, count in told.items()]
    for place, key in enumerate(keys):
        is_told = any(list(np.flatnonzero(row)) == [place] for row, _ in sums)
        if 0 < truth[key] < 10 and not is_told:
            least, most = (bound(sums, place, sign, len(keys)) for sign in (1, -1))
            assert most - least >= 5, (key, truth[key])


def cells_in(cell, keys):
    return np.array([cell.get(PARTNER, k[0]) == k[0] and cell.get(REACHED, k[1]) == k[1] for k in keys], dtype=float)


def bound(sums, place, sign, columns):
    """The least (1) or the most (-1) that a number can be, given every sum; never below nought."""
    model = highspy.Highs()
    model.silent()
    for column in range(columns):
        model.addVar(0, 1000)
        model.changeColCost(column, sign if column == place else 0)
    for row, count in sums:
        members = np.flatnonzero(row)
        model.addRow(count, count, len(members), members, np.ones(len(members)))
    model.run()
    return sign * model.getObjectiveValue()
