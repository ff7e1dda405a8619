"""Stages of a pack's release: by lot that never changes, by name, and all at once out of it when it is stopped."""

import uuid
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from checkup.rollout.rules import is_in, lot_of, version_for

FIRMS = st.uuids()


def stage(share=0, firms=(), state="released"):
    return SimpleNamespace(version="2.0.0", others="1.0.0", share=share, firms=[str(one) for one in firms], state=state)


@given(FIRMS, st.integers(0, 99))
def test_a_larger_share_keeps_whoever_was_in(firm, share):
    assert not is_in(stage(share), firm) or is_in(stage(share + 1), firm)


@given(FIRMS)
def test_nobody_is_in_a_share_of_none_and_everybody_in_the_whole(firm):
    assert not is_in(stage(0), firm)
    assert is_in(stage(100), firm)


@given(FIRMS)
def test_a_firm_that_is_named_is_in_whatever_the_share(firm):
    assert version_for(stage(0, [firm]), firm) == "2.0.0"


@given(FIRMS)
def test_what_was_stopped_is_in_force_for_nobody(firm):
    assert version_for(stage(100, [firm], "stopped"), firm) == "1.0.0"


def test_a_tenth_of_many_firms_is_about_a_tenth():
    lots = [lot_of(uuid.uuid5(uuid.NAMESPACE_DNS, str(n))) for n in range(2000)]
    assert 150 < sum(lot < 10 for lot in lots) < 250
