import datetime as dt

import pytest

from tenants.translation import shown

DAY = dt.date(2026, 11, 30)
EVENING = dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)  # half past midnight in the city


@pytest.mark.parametrize(
    ("locale", "said"), [("zh-Hans", "2026年11月30日"), ("zh-Hant", "2026年11月30日"), ("en", "30 November 2026")]
)
def test_a_day_is_written_as_its_reader_writes_it(locale, said):
    assert shown.show(DAY, locale) == said


@pytest.mark.parametrize(("locale", "said"), [("zh-Hans", "2026/11/30"), ("en", "30 Nov 2026")])
def test_a_table_has_the_short_form(locale, said):
    assert shown.show_short(DAY, locale) == said


@pytest.mark.parametrize(("locale", "said"), [("zh-Hans", "2027年1月1日 00:30"), ("en", "1 January 2027 00:30")])
def test_a_moment_is_told_by_the_city_s_clock(locale, said):
    assert shown.show(EVENING, locale) == said


@pytest.mark.parametrize(
    ("locale", "since", "said"),
    [
        ("zh-Hans", DAY, "1月1日（周五）00:30"),
        ("zh-Hant", DAY, "1月1日（週五）00:30"),
        ("en", DAY, "Fri 1 Jan 00:30"),
        ("zh-Hans", dt.date(2026, 1, 5), "2027/1/1（周五）00:30"),
        ("en", dt.date(2026, 1, 5), "Fri 1 Jan 2027 00:30"),
    ],
)
def test_what_somebody_comes_to_has_its_weekday_and_its_year_where_that_is_not_plain(locale, since, said):
    assert shown.appointment(EVENING, locale, since) == said


def test_nothing_is_a_dash_in_a_table():
    assert shown.show_short(None, "en") == "–"


@pytest.mark.parametrize("value", ["2026-11-30", 2026, None, 1.5])
def test_what_is_no_day_is_printed_as_it_is(value):
    assert shown.show(value, "en") is value


@pytest.mark.parametrize(
    ("value", "places", "said"), [(12345.678, 1, "12,345.7"), (0, 0, "0"), (1234567, 0, "1,234,567")]
)
def test_a_number_has_its_places_and_groups_of_three(value, places, said):
    assert shown.number(value, "zh-Hans", places) == said
