from hypothesis import given
from hypothesis import strategies as st

from billing.books.money import MOST_MINOR, Money

amounts = st.integers(-MOST_MINOR // 4, MOST_MINOR // 4)


@given(amounts, st.integers(1, 60))
def test_instalments_add_up_to_the_fen(fen, parts):
    cut = Money(fen).split(parts)
    assert len(cut) == parts
    assert Money.total(cut) == Money(fen)


@given(amounts, st.integers(0, 100))
def test_a_share_and_the_rest_are_within_a_fen_of_exact(fen, percent):
    assert abs(Money(fen).share(percent).amount_minor * 100 - fen * percent) <= 50


@given(st.integers(0, MOST_MINOR))
def test_written_money_is_read_back(fen):
    assert Money.parse(Money(fen).written()) == Money(fen)
