"""Counts of one process: as many in a window as were said, and nothing kept of windows that are over."""

import pytest

from webapp.edge import rates
from webapp.edge.rates import ProcessStorage


@pytest.fixture
def clock(monkeypatch):
    at = [1000.0]
    monkeypatch.setattr(rates.time, "monotonic", lambda: at[0])
    return at


def test_a_window_counts_up_and_begins_anew_when_it_is_over(clock):
    store = ProcessStorage()
    assert [store.incr("a", 60), store.incr("a", 60), store.incr("b", 60), store.get("a")] == [1, 2, 1, 2]
    clock[0] += 60
    assert (store.get("a"), store.incr("a", 60), store.get("a")) == (0, 1, 1)


def test_what_is_over_is_not_kept_however_many_come(clock, monkeypatch):
    monkeypatch.setattr(rates, "_MANY", 10)
    store = ProcessStorage()
    for number in range(200):
        clock[0] += 10
        store.incr(str(number), 30)
    assert store.reset() <= 10


def test_a_key_that_is_cleared_counts_from_nothing(clock):
    store = ProcessStorage()
    store.incr("a", 60)
    store.incr("b", 60)
    store.clear("a")
    assert (store.get("a"), store.get("b")) == (0, 1)
