import pytest

from billing.books.money import InvalidMoney, Money


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0.29", 29), ("1,234.5", 123450), ("１２００元", 120000), ("¥ 7", 700), ("0", 0), ("3.100", 310), ("-0", 0)],
)
def test_what_a_person_writes_is_read_exactly(text, fen):
    assert Money.parse(text) == Money(fen)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0.295", "fraction_of_a_fen"), ("-3", "negative"), ("abc", "not_money"), ("", "not_money"),
        ("1e3", "not_money"), ("1,23", "not_money"), ("9" * 40, "too_large"), ("1\u00002", "not_money"),
        ("NaN", "not_money"),
    ],
)  # fmt: skip
def test_what_is_not_money_says_why(text, code):
    with pytest.raises(InvalidMoney) as refused:
        Money.parse(text)
    assert refused.value.code == code


@pytest.mark.parametrize(("amount", "code"), [(0.29, "fraction_of_a_fen"), (True, "not_money"), ("5", "not_money")])
def test_only_whole_fen_make_money(amount, code):
    with pytest.raises(InvalidMoney) as refused:
        Money(amount)
    assert refused.value.code == code


def test_an_unknown_currency_is_refused():
    for make in (lambda: Money(1, "XYZ"), lambda: Money.parse("1", "XYZ")):
        with pytest.raises(InvalidMoney) as refused:
            make()
        assert refused.value.code == "unknown_currency"


def test_currencies_never_mix():
    for mix in (lambda: Money(1) + Money(1, "HKD"), lambda: Money(1) < Money(1, "HKD")):
        with pytest.raises(InvalidMoney) as refused:
            mix()
        assert refused.value.code == "mixed_currencies"


@pytest.mark.parametrize(("fen", "percent", "part"), [(5, 50, 3), (-5, 50, -3), (199, 30, 60), (1, 49, 0), (1, 50, 1)])
def test_a_share_is_rounded_half_up(fen, percent, part):
    assert Money(fen).share(percent) == Money(part)


def test_what_is_left_over_is_on_the_last_instalment():
    assert Money(10_000).split(3) == (Money(3333), Money(3333), Money(3334))
    assert Money(2).split(3) == (Money(0), Money(0), Money(2))


def test_nothing_is_split_into_no_parts():
    with pytest.raises(InvalidMoney):
        Money(5).split(0)


def test_money_is_written_with_its_fen():
    assert (Money(123_450).written(), Money(-7).written()) == ("1,234.50", "-0.07")
