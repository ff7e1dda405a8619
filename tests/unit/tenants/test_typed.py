import pytest

from tenants.whole_numbers import whole_number


@pytest.mark.parametrize(("raw", "number"), [("7", 7), (" 7 ", 7), ("007", 7), ("0", 0), ("12", 12)])
def test_a_whole_number_in_its_room_is_read(raw, number):
    assert whole_number(raw, least=0, most=12) == number


@pytest.mark.parametrize("raw", ["", "-1", "+1", "1.5", "1e3", "1_0", "１", "x", "13"])
def test_what_is_no_whole_number_or_outside_its_room_is_none(raw):
    assert whole_number(raw, least=0, most=12) is None


@pytest.mark.parametrize("raw", ["0000000079999999", "0000003999999", "9" * 5000])
def test_the_whole_of_a_long_number_counts_not_its_beginning(raw):
    assert whole_number(raw, least=0, most=1_000) is None
