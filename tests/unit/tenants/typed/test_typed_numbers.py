import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.errors import Unreadable
from tenants.typed.numbers import fen, number, whole, whole_number

WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def refusal(read, raw, **given_):
    with pytest.raises(Unreadable) as refused:
        read(raw, **given_)
    return refused.value.code


@pytest.mark.parametrize(
    ("raw", "is_read"),
    [
        ("7", 7), (" 7 ", 7), ("007", 7), ("0", 0), ("12", 12), ("１２", 12), ("6个人", 6), ("约8", 8), ("8 人左右", 8),
        ("\u200b9\ufeff", 9),
    ],
)  # fmt: skip
def test_a_whole_number_in_its_room_is_read(raw, is_read):
    assert whole_number(raw, least=0, most=12) == is_read


@pytest.mark.parametrize("raw", ["", "-1", "+1", "1.5", "1e3", "1_0", "x", "13", "1,5", "1 2", "3-5", "一"])
def test_what_is_no_whole_number_or_outside_its_room_is_none(raw):
    assert whole_number(raw, least=0, most=12) is None


@pytest.mark.parametrize("raw", ["0000000079999999", "0000003999999", "9" * 5000])
def test_the_whole_of_a_long_number_counts_not_its_beginning(raw):
    assert whole_number(raw, least=0, most=1_000) is None


@pytest.mark.parametrize(
    ("raw", "in_ten_thousands"),
    [
        ("80", "80"), ("80万", "80"), ("80万元", "80"), ("约80", "80"), ("1。5", "1.5"), ("1.5万", "1.5"),
        ("1，000", "1000"), ("８０", "80"), ("800000元", "80"), ("3亿", "30000"), ("¥80万", "80"), ("2千万", "2000"),
    ],
)  # fmt: skip
def test_money_asked_in_ten_thousands_is_read_with_the_unit_that_was_written(raw, in_ten_thousands):
    assert number(raw, unit=10_000) == Decimal(in_ten_thousands)


@pytest.mark.parametrize("raw", ["1,5", "1,50", "12,34", "1.2.3", "abc", "NaN", "inf", "1e5", "0x10", "八十", "30-50"])
def test_what_could_be_two_numbers_or_none_is_asked_back(raw):
    assert refusal(number, raw) == "not_a_number"


def test_a_number_is_never_cut_to_fit():
    assert refusal(number, "1" * 60) == "not_a_number"


def test_each_refusal_of_a_whole_number_says_why():
    assert refusal(whole, "x", least=0, most=9) == "not_a_whole_number"
    assert refusal(whole, "1.5", least=0, most=9) == "not_a_whole_number"
    assert refusal(whole, "-1", least=0, most=9) == "negative"
    assert refusal(whole, "10", least=0, most=9) == "not_between"


@pytest.mark.parametrize(
    ("raw", "is_read"), [("1,200.5", 120050), ("１２００元", 120000), ("0.29", 29), ("1.5万", 1500000)]
)
def test_yuan_become_whole_fen(raw, is_read):
    assert fen(raw) == is_read


def test_half_a_fen_is_refused():
    assert refusal(fen, "0.005") == "fraction_of_a_fen"


@given(st.integers(0, 10**12), st.booleans(), st.booleans())
def test_a_number_is_the_same_in_full_width_and_with_thousands(value, wide, grouped):
    written = f"{value:,}" if grouped else str(value)
    assert whole(written.translate(WIDE) if wide else written, least=0, most=10**12) == value


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_or_refused(raw):
    with contextlib.suppress(Unreadable):
        assert number(raw) >= 0
