"""A code opens one door for a few minutes, and no other."""

import datetime as dt
import uuid

import pytest

from bureau.gatherings.door_rules import LASTS, code_at, is_door_open, is_fresh
from tenants.numbers import LETTERS

KEY, GATHERING = b"k" * 32, uuid.UUID(int=7)
AT = dt.datetime(2026, 11, 24, 6, 2, tzinfo=dt.UTC)


def test_the_code_can_be_read_out():
    code = code_at(KEY, GATHERING, AT)
    assert len(code) == 6
    assert set(code) <= set(LETTERS)


@pytest.mark.parametrize(("minutes", "fresh"), [(0, True), (2, True), (7, True), (8, False), (60, False), (-8, False)])
def test_a_code_is_good_for_five_minutes_more(minutes, fresh):
    assert is_fresh(code_at(KEY, GATHERING, AT), KEY, GATHERING, AT + dt.timedelta(minutes=minutes)) is fresh


def test_another_door_and_another_city_have_other_codes():
    code = code_at(KEY, GATHERING, AT)
    assert not is_fresh(code, KEY, uuid.UUID(int=8), AT)
    assert not is_fresh(code, b"other", GATHERING, AT)
    assert not is_fresh("", KEY, GATHERING, AT)
    assert not is_fresh("签到", KEY, GATHERING, AT)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [(AT - dt.timedelta(minutes=61), False), (AT - dt.timedelta(hours=1), True), (AT + dt.timedelta(hours=2), True),
     (AT + dt.timedelta(hours=2, minutes=30), False)],
)  # fmt: skip
def test_the_door_opens_an_hour_before_and_shuts_half_an_hour_after(at, is_open):
    assert is_door_open(AT, AT + dt.timedelta(hours=2), at) is is_open


def test_the_code_changes():
    assert code_at(KEY, GATHERING, AT) != code_at(KEY, GATHERING, AT + LASTS)
