"""How long help lasts, and as what a checkup counts that was begun by a helper."""

import datetime as dt

import pytest

from checkup.assisting.assist_rules import CALL, FILL, door_of, ends_at
from cloud.cubes.cells import CHANNELS

NOW = dt.datetime(2026, 11, 24, 4, tzinfo=dt.UTC)


def test_a_call_opens_a_case_for_an_hour_and_filling_in_for_two_weeks():
    assert (ends_at(CALL, NOW) - NOW, ends_at(FILL, NOW) - NOW) == (dt.timedelta(hours=1), dt.timedelta(days=14))


@pytest.mark.parametrize(("kind", "door"), [("hotline", "hotline"), ("office", "helper"), ("point", "helper")])
def test_a_station_counts_as_a_door_that_the_statistics_know(kind, door):
    assert door_of(kind) == door
    assert door in CHANNELS
