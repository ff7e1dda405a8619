"""The store of rate limits over the house's own database: one count for every process that asks."""

import pytest

from webapp.edge.rates import PostgresStorage


@pytest.fixture
def storages(settings):
    made = PostgresStorage(), PostgresStorage()
    made[0].reset()
    return made


def test_what_one_process_counts_the_other_sees(storages):
    one, other = storages
    assert [one.incr("door/a", 60), other.incr("door/a", 60), one.get("door/a")] == [1, 2, 2]


def test_a_window_that_is_over_begins_anew(storages):
    one, _ = storages
    one.incr("door/a", 0)
    assert (one.get("door/a"), one.incr("door/a", 60)) == (0, 1)


def test_a_key_that_is_cleared_counts_from_nothing_and_its_neighbour_goes_on(storages):
    one, other = storages
    one.incr("door/a", 60)
    one.incr("door/b", 60)
    one.clear("door/a")
    assert (other.get("door/a"), other.incr("door/a", 60), other.get("door/b")) == (0, 1, 1)


def test_a_reset_forgets_every_window_and_says_how_many(storages):
    one, other = storages
    one.incr("door/a", 60)
    one.incr("door/b", 60)
    assert (one.reset(), other.get("door/a")) == (2, 0)


def test_the_store_says_that_it_is_there(storages):
    assert storages[0].check()
