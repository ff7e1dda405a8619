import datetime as dt

import pytest

from billing.books.terms import InvalidTerms, Relief, Terms, months_later

FROM, UNTIL = dt.date(2026, 11, 1), dt.date(2027, 10, 31)
KINDS = frozenset({"notarisation", "arbitration"})


def terms(relief="reduce", **others):
    shape = {"reduce": {"basis_points": 3000}, "defer": {"months": 3}, "instalments": {"instalments": 6}}
    values = {"fee_kinds": KINDS, "valid_from": FROM, "valid_until": UNTIL, **shape.get(relief, {}), **others}
    return Terms(relief=Relief(relief), **values)


@pytest.mark.parametrize(
    ("relief", "others", "code"),
    [
        ("reduce", {"fee_kinds": frozenset()}, "no_fee_kind"),
        ("reduce", {"fee_kinds": frozenset({"tea"})}, "unknown_fee_kind"),
        ("reduce", {"valid_until": FROM - dt.timedelta(days=1)}, "empty_range"),
        ("reduce", {"basis_points": 10000}, "bad_share"),
        ("reduce", {"basis_points": 0}, "bad_share"),
        ("waive", {"basis_points": 3000}, "bad_share"),
        ("defer", {"months": 0}, "bad_months"),
        ("defer", {"months": 37}, "bad_months"),
        ("waive", {"months": 1}, "bad_months"),
        ("instalments", {"instalments": 1}, "bad_parts"),
        ("waive", {"cap_minor": 0}, "bad_cap"),
        ("waive", {"cap_minor": -5}, "bad_cap"),
        ("waive", {"cap_minor": 10.5}, "bad_cap"),
    ],
)
def test_terms_that_say_nothing_or_too_much_are_refused(relief, others, code):
    with pytest.raises(InvalidTerms) as refused:
        terms(relief, **others)
    assert refused.value.code == code


def test_both_days_of_the_range_count():
    one = terms()
    assert one.covers("notarisation", FROM)
    assert one.covers("arbitration", UNTIL)
    assert not one.covers("notarisation", UNTIL + dt.timedelta(days=1))
    assert not one.covers("appraisal", FROM)


@pytest.mark.parametrize(("fee", "off"), [(1000, 300), (1, 0), (2, 1), (5, 2), (15, 5), (0, 0)])
def test_a_reduction_is_rounded_half_up_to_the_fen(fee, off):
    assert terms().let_off(fee) == off


def test_a_cap_counts_what_was_let_off_before():
    capped = terms("waive", cap_minor=50_000)
    assert capped.let_off(30_000) == 30_000
    assert capped.let_off(30_000, used_minor=30_000) == 20_000
    assert capped.let_off(30_000, used_minor=60_000) == 0


def test_a_deferral_lets_nothing_off_and_puts_all_of_it_off():
    later = terms("defer")
    assert later.let_off(120_000) == 0
    assert later.put_off(120_000) == 120_000
    assert later.due_days(dt.date(2026, 11, 30)) == (dt.date(2027, 2, 28),)


def test_six_instalments_fall_due_month_by_month():
    days = terms("instalments").due_days(dt.date(2026, 11, 30))
    assert [day.isoformat() for day in days] == [
        "2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30", "2027-04-30",
    ]  # fmt: skip


def test_a_month_without_the_day_ends_on_its_last_day():
    assert months_later(dt.date(2028, 1, 31), 1) == dt.date(2028, 2, 29)
