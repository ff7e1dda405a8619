"""A neutral list: by lot, stable, not for sale."""

import uuid
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from checkup.letters.lot_order import LEAST, MOST, draw

FIRMS = st.lists(st.uuids(), min_size=LEAST, max_size=12, unique=True)


@given(firms=FIRMS, case=st.uuids())
def test_the_order_is_the_same_however_the_firms_come(firms, case):
    assert draw(firms, case) == draw(firms[::-1], case)
    assert LEAST <= len(draw(firms, case)) <= MOST
    assert set(draw(firms, case)) <= set(firms)


@given(firms=st.lists(st.uuids(), max_size=LEAST - 1), case=st.uuids())
def test_fewer_than_three_firms_are_no_choice(firms, case):
    assert draw(firms, case) == ()


def test_no_firm_is_first_more_often_than_another():
    firms = [uuid.uuid5(uuid.NAMESPACE_URL, f"firm {n}") for n in range(5)]
    first = Counter(draw(firms, uuid.uuid5(uuid.NAMESPACE_URL, f"case {n}"))[0] for n in range(2000))
    assert min(first.values()) > 330
    assert max(first.values()) < 470
