"""A ticket in a case goes as far as the case, by moves that its life has, and no further."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.partners.ticket_states import ENDS, LIFE, steps_with_case

STATES = sorted(LIFE.states)


@pytest.mark.parametrize(
    ("state", "is_at_firm", "has_lawyer", "steps"),
    [
        ("received", False, False, ("route",)),
        ("received", True, True, ("route", "take")),
        ("routed", False, True, ("route", "take")),
        ("routed", True, False, ()),
        ("routed", True, True, ("take",)),
        ("in_hand", True, True, ()),
        ("in_hand", False, False, ("return", "route")),
        ("in_hand", False, True, ("return", "route", "take")),
        ("answered", False, True, ()),
        ("declined", True, True, ()),
    ],
)
def test_what_is_still_to_do(state, is_at_firm, has_lawyer, steps):
    assert steps_with_case(state, is_at_firm=is_at_firm, has_lawyer=has_lawyer) == steps


@given(st.sampled_from(STATES), st.booleans(), st.booleans())
def test_every_step_is_one_of_its_life_and_settles_nothing(state, is_at_firm, has_lawyer):
    was = state
    for step in steps_with_case(state, is_at_firm=is_at_firm, has_lawyer=has_lawyer):
        state = LIFE.after(state, step)
    assert state == was or state not in ENDS


@given(st.sampled_from(STATES), st.booleans(), st.booleans())
def test_done_twice_nothing_is_left_to_do(state, is_at_firm, has_lawyer):
    for step in steps_with_case(state, is_at_firm=is_at_firm, has_lawyer=has_lawyer):
        state, is_at_firm = LIFE.after(state, step), is_at_firm or step == "route"
    assert steps_with_case(state, is_at_firm=is_at_firm, has_lawyer=has_lawyer) == ()
