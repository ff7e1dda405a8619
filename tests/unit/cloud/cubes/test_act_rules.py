"""A machine that makes up businesses stands out by its rate, and a busy hall does not."""

import datetime as dt

from cloud.cubes.act_rules import BEGUN, FINISHED, FIRM, NETWORK, PHONE, Day, count_by_act, find_unusual

TODAY = dt.date(2026, 11, 24)


def days(kind, counts, who="f1", act=BEGUN):
    """One count a day, the last of them today."""
    return [
        Day(TODAY - dt.timedelta(days=back), kind, who, act, count)
        for back, count in enumerate(reversed(counts))
        if count
    ]


def found(rows):
    return [(one.kind, one.who, one.count, one.usual) for one in find_unusual(rows, today=TODAY)]


def test_a_firm_that_begins_five_times_its_usual_stands_out():
    assert found(days(FIRM, [10] * 14 + [50])) == [(FIRM, "f1", 50, 10)]


def test_a_firm_that_is_always_busy_does_not():
    assert found(days(FIRM, [50] * 15)) == []


def test_a_small_firm_with_a_good_day_does_not():
    assert found(days(FIRM, [1] * 14 + [19])) == []


def test_a_firm_that_is_new_and_begins_with_a_flood_stands_out():
    assert found(days(FIRM, [20])) == [(FIRM, "f1", 20, 0)]


def test_a_network_is_held_against_the_busiest_of_earlier_days_and_never_named():
    usual = days(NETWORK, [9] * 14 + [0], who="a")
    assert found([*usual, *days(NETWORK, [40], who="b")]) == [(NETWORK, "", 40, 9)]
    assert found([*days(NETWORK, [15] * 14 + [0], who="a"), *days(NETWORK, [40], who="b")]) == []


def test_one_person_with_six_businesses_on_a_day_stands_out():
    assert found(days(PHONE, [1] * 14 + [6], who="p", act=FINISHED)) == [(PHONE, "", 6, 1)]


def test_what_stood_out_longer_than_a_week_ago_is_not_shown_any_more():
    assert found(days(FIRM, [50, *[0] * 7])) == []


def test_a_flood_makes_no_later_flood_usual():
    assert [row[2] for row in found(days(FIRM, [10] * 12 + [60, 70]))] == [70, 60]


def test_what_stands_out_today_and_yesterday_is_counted_and_the_rest_is_nought():
    rows = find_unusual(days(FIRM, [10] * 9 + [60, 0, 0, 70]), today=TODAY)
    counts = count_by_act(rows, today=TODAY)
    assert counts[FIRM, BEGUN] == 1
    assert sum(counts.values()) == 1
    assert len(counts) == 6
