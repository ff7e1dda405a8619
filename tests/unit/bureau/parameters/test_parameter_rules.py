import datetime as dt

import pytest

from bureau.parameters.rules import Decided, check_proposal, value_on
from tenants.errors import Invalid

TODAY = dt.date(2026, 11, 25)


def on(day, value):
    return Decided(value, dt.date.fromisoformat(day))


def refused(*typed):
    with pytest.raises(Invalid) as error:
        check_proposal(*typed, today=TODAY)
    return {fault.field: fault.code for fault in error.value.faults}


def test_a_value_holds_from_its_day_on():
    own = [on("2026-01-01", 5), on("2027-01-01", 7)]
    assert [value_on([own], dt.date(*day), 3) for day in ((2025, 12, 31), (2026, 1, 1), (2027, 1, 1))] == [3, 5, 7]


def test_a_bureau_without_a_decision_follows_the_one_above():
    assert value_on([[], [on("2026-01-01", 9)]], TODAY, 3) == 9


def test_ones_own_decision_goes_before_the_one_above():
    assert value_on([[on("2026-01-01", 4)], [on("2026-06-01", 9)]], TODAY, 3) == 4


def test_every_fault_of_a_proposal_is_named():
    assert refused("review_days", "0", "2026-11-25", " ") == {
        "value": "not_between", "effective_from": "not_in_future", "why": "required",
    }  # fmt: skip


def test_a_fraction_is_no_value():
    assert refused("subsidy", "1.5", "2027-01-01", "x") == {"value": "not_a_whole_number"}


def test_an_unknown_parameter_is_refused():
    assert refused("nonsense", "1", "2027-01-01", "x") == {"key": "unknown_option"}
