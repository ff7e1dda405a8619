"""Answers at the edge where they are read."""

import pytest

from checkup.packs.answers import InvalidAnswer, parse_value
from checkup.packs.catalogue import get_pack

LETTER = get_pack("cn-shanghai-msme").question("dis.letter-on")


@pytest.mark.parametrize("typed", ["2026-11-18", "2026/11/18", "2026年11月18日"])
def test_a_day_is_kept_in_one_way(typed):
    assert parse_value(LETTER, typed) == "2026-11-18"


@pytest.mark.parametrize("typed", ["9999-12-31", "2200-01-01", "1899-12-31"])
def test_a_day_that_no_period_can_run_from_is_refused(typed):
    with pytest.raises(InvalidAnswer) as refused:
        parse_value(LETTER, typed)
    assert refused.value.code == "date_out_of_range"


@pytest.mark.parametrize("typed", ["2026-W48-2", "tomorrow", "2026-02-30"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(InvalidAnswer) as refused:
        parse_value(LETTER, typed)
    assert refused.value.code == "not_a_date"
