import pytest

from tenants.sizes import size_class


@pytest.mark.parametrize(
    ("staff", "revenue", "expected"),
    [(6, 80, "micro"), (10, 100, "small"), (9, 5000, "micro"), (100, 2000, "medium"), (300, 10000, "large")],
)
def test_catering_size_needs_both_limits(staff, revenue, expected):
    assert size_class("catering", staff, revenue, 0) == expected
