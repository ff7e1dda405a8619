"""Who reads campaigns and releases, moment after moment, and is told who agreed, finds out nothing."""

import pytest

from cloud.disclosure.editions import State
from tests.attacked_campaigns import CityOfCampaigns, attack_together, live_with_campaigns
from tests.attacked_cities import shrink_city


@pytest.fixture(autouse=True)
def small_city(monkeypatch):
    shrink_city(monkeypatch)


@pytest.mark.parametrize("share", [25, 50])
@pytest.mark.parametrize("seed", range(10))
def test_campaigns_parks_and_districts_together_give_nobody_away(seed, share):
    city = live_with_campaigns(CityOfCampaigns(seed, share))
    assert attack_together(city) == {}
    assert city.moments


def plain(quarter, before, k):
    return State({cell: n for cell, n in quarter.world.cells().items() if n >= k})


@pytest.mark.parametrize("kind", ["moved", "change", "narrowed", "insider", "unlisted"])
def test_a_campaign_told_by_a_threshold_alone_would_be_noticed(kind):
    cities = (live_with_campaigns(CityOfCampaigns(seed, 90, plain)) for seed in range(3))
    assert any(attack_together(city)[kind] for city in cities)
