"""A minute counts once, whatever was claimed, corrected, rejected or confirmed how often."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bureau.hours import time_spans as algebra
from bureau.hours.rules import Category, RuleBook, overlapping, points
from bureau.hours.suggestion_rules import Room, Trace, suggest
from bureau.hours.time_spans import MINUTE, Span

START = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 2)


def span(begin, length):
    return Span(START + begin * MINUTE, START + (begin + length) * MINUTE)


def as_minutes(spans):
    """The reference: the set as plain numbers."""
    return {(one.start - START) // MINUTE + n for one in spans for n in range((one.end - one.start) // MINUTE)}


sets = st.lists(st.builds(span, st.integers(0, 200), st.integers(0, 40)), max_size=8).map(tuple)
claims = st.lists(sets, max_size=8).map(lambda held: list(enumerate(held)))


@given(sets, sets)
def test_union_difference_and_intersection_are_those_of_sets(one, other):
    assert as_minutes(algebra.union(one, other)) == as_minutes(one) | as_minutes(other)
    assert as_minutes(algebra.subtract(one, other)) == as_minutes(one) - as_minutes(other)
    assert as_minutes(algebra.intersect(one, other)) == as_minutes(one) & as_minutes(other)


@given(sets, st.integers(0, 100))
def test_the_first_minutes_are_the_earliest(spans, most):
    assert sorted(as_minutes(algebra.first(spans, most))) == sorted(as_minutes(spans))[:most]


@given(claims)
def test_what_is_counted_is_the_measure_of_the_union(held):
    given_out = algebra.attribute(held)
    counted = sum(algebra.minutes(spans) for spans in given_out.values())
    assert counted == len(set().union(*(as_minutes(spans) for _, spans in held)))


@given(claims)
def test_no_minute_is_given_to_two_entries_or_to_one_that_did_not_claim_it(held):
    given_out = algebra.attribute(held)
    seen = set()
    for key, spans in held:
        got = as_minutes(given_out[key])
        assert got <= as_minutes(spans)
        assert not got & seen
        seen |= got


@given(claims, st.data())
def test_taking_an_entry_back_never_raises_the_count(held, data):
    if held:
        gone = data.draw(st.integers(0, len(held) - 1))
        fewer = [one for place, one in enumerate(held) if place != gone]
        before, after = (sum(map(algebra.minutes, algebra.attribute(one).values())) for one in (held, fewer))
        assert after <= before


@given(claims, sets)
def test_one_more_entry_never_takes_a_minute_that_is_counted_already(held, extra):
    before, after = algebra.attribute(held), algebra.attribute([*held, ("new", extra)])
    assert all(after[key] == spans for key, spans in before.items())


@given(sets, sets, sets, st.integers(0, 300), st.integers(0, 300))
def test_a_suggestion_keeps_to_its_caps_and_off_what_is_claimed(beats, saves, claimed, case, day):
    made = suggest(Trace(beats, saves), claimed=claimed, room=Room(case, day))
    assert made.minutes <= min(case, day)
    assert not as_minutes(made.spans) & as_minutes(claimed)
    assert sum(step.minutes for step in made.steps) == made.minutes


@given(sets, sets)
def test_without_caps_every_active_minute_is_suggested(beats, saves):
    made = suggest(Trace(beats, saves), claimed=(), room=Room(10_000, 10_000))
    assert as_minutes(beats) | as_minutes(saves) <= as_minutes(made.spans)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), max_size=6))
def test_points_do_not_depend_on_how_minutes_are_split(parts):
    split = [("checkup", DAY, piece) for _, piece in parts]
    assert points(split, RuleBook()) == points([("checkup", DAY, sum(piece for _, piece in parts))], RuleBook())


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5))
def test_overlapping_names_exactly_the_periods_that_share_a_day(periods):
    held = [
        Category("x", DAY + dt.timedelta(days=begin), DAY + dt.timedelta(days=begin + length), 100, "", "")
        for begin, length in periods
    ]
    days = [set(range(begin, begin + length)) for begin, length in periods]
    shared = sum(bool(days[i] & days[j]) for i in range(len(days)) for j in range(i))
    assert len(overlapping(held)) == shared
