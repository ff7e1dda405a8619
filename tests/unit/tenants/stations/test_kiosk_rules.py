"""How long a kiosk's codes and visits live."""

import datetime as dt

import pytest

from tenants.stations import kiosk_rules as rules

NOW = dt.datetime(2026, 11, 24, 4, tzinfo=dt.UTC)
GOOD = {"code_until": NOW, "paired_at": None, "ended_at": None, "serves": True, "now": NOW}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ""),
        ({"now": NOW + dt.timedelta(seconds=1)}, rules.OVER),
        ({"paired_at": NOW}, rules.USED),
        ({"ended_at": NOW, "paired_at": NOW}, rules.ENDED),
        ({"serves": False}, rules.RESTS),
    ],
)
def test_a_venue_code_is_refused_for_one_reason(changed, why):
    assert rules.refused(**{**GOOD, **changed}) == why


def test_a_page_ends_by_itself_before_the_server_ends_the_visit():
    assert rules.ASKS_AFTER + rules.ENDS_AFTER < rules.IDLE
    assert not rules.is_over(NOW, NOW + rules.ASKS_AFTER + rules.ENDS_AFTER)
    assert rules.is_over(NOW, NOW + rules.IDLE)
