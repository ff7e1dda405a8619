"""From counts to a funnel, and back to nobody."""

from collections import Counter

import pytest

from tenants.campaign_steps import STEPS
from tenants.campaigns.funnel_rules import ALL, SCANS, funnel_of, last_steps, share_out

REACHED = {"started": 100, "finished": 60, "lawyer": 40, "signed": 20, "fixed": 5}
LAST = {"started": 40, "finished": 20, "lawyer": 20, "signed": 15, "fixed": 5}


def counts(told):
    return {stage.what: stage.count for stage in funnel_of(told)}


def test_each_stands_at_the_last_step_it_reached():
    assert last_steps(REACHED) == LAST


def test_who_was_signed_elsewhere_has_passed_the_steps_before():
    assert last_steps({"lawyer": 2, "signed": 3}) == {**dict.fromkeys(STEPS, 0), "signed": 3}


def test_what_is_told_from_the_top_needs_nothing_of_the_end():
    told = {SCANS: 300, ALL: 100, "started": 40, "finished": 20}
    assert counts(told) == {
        SCANS: 300, "started": 100, "finished": 60, "lawyer": 40, "signed": None, "fixed": None,
    }  # fmt: skip


def test_what_is_told_from_the_end_needs_nothing_of_the_top():
    assert counts({"signed": 15, "fixed": 12}) == {
        SCANS: None, "started": None, "finished": None, "lawyer": None, "signed": 27, "fixed": 12,
    }  # fmt: skip


def test_of_nothing_told_nothing_is_said():
    assert set(counts({}).values()) == {None}


def test_numbers_of_different_hours_never_make_a_funnel_widen():
    assert counts({ALL: 20, "signed": 15, "fixed": 12})["signed"] == 20


def test_what_is_left_of_a_sum_is_not_told_where_it_is_small():
    assert counts({ALL: 100, "started": 60, "finished": 36})["lawyer"] is None


@pytest.mark.parametrize(
    ("firms", "left"),
    [
        ({"a": {"lawyer": 20, "signed": 15, "fixed": 5}}, {"started": 40, "finished": 20}),
        ({"a": {"lawyer": 30}, "b": {"signed": 15}}, {"started": 40, "finished": 20, "fixed": 5}),
    ],
)
def test_no_firm_is_given_more_than_there_is(firms, left):
    own, others = share_out(Counter(LAST), {name: Counter(held) for name, held in firms.items()})
    assert {step: count for step, count in others.items() if count} == left
    assert sum(own.values(), Counter(others)) == Counter(LAST)
