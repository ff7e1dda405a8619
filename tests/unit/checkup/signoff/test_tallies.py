import pytest

from checkup.signoff.tallies import Tally, most_doubted, publishable


def tally_of(confirmed=0, dismissed=0, changes=()):
    tally = Tally()
    for _ in range(confirmed):
        tally.add("confirm", 0.0)
    for _ in range(dismissed):
        tally.add("dismiss", -0.8)
    for change in changes:
        tally.add("change", change)
    return tally


@pytest.mark.parametrize(("businesses", "told"), [(0, False), (9, False), (10, True)])
def test_fewer_than_ten_businesses_are_not_told(businesses, told):
    assert (publishable("r", tally_of(confirmed=businesses)) is not None) is told


def test_numbers_are_rounded_so_that_one_more_review_seldom_shows():
    before, after = publishable("r", tally_of(30, 3)), publishable("r", tally_of(30, 4))
    assert before == after
    assert (before.businesses, before.confirmed, before.dismissed) == (30, 90, 10)


def test_a_typical_change_needs_five_changes():
    assert publishable("r", tally_of(20, changes=[-0.4] * 4)).typical_change is None
    assert publishable("r", tally_of(20, changes=[-0.4, -0.3, -0.31, -0.3, 0.1])).typical_change == -0.3


def test_tallies_of_firms_add_up():
    one, other = tally_of(6), tally_of(3, 1)
    one.merge(other)
    assert publishable("r", one).confirmed == 90


def test_the_most_doubted_risk_comes_first():
    trusted, doubted = publishable("a", tally_of(20)), publishable("b", tally_of(5, 15))
    assert [one.risk for one in most_doubted([trusted, doubted])] == ["b", "a"]
