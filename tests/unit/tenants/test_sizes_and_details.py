import pytest

from tenants.business_details import parse_business
from tenants.errors import Invalid
from tenants.sizes import size_class

GOOD = {
    "name": "王姐面馆", "credit_code": "", "form": "individual", "trade": "catering",
    "staff": "6", "revenue": "80", "assets": "30", "district": "310113",
}  # fmt: skip


@pytest.mark.parametrize(
    ("staff", "revenue", "expected"),
    [(6, 80, "micro"), (10, 100, "small"), (9, 5000, "micro"), (100, 2000, "medium"), (300, 10000, "large")],
)
def test_catering_size_needs_both_limits(staff, revenue, expected):
    assert size_class("catering", staff, revenue, 0) == expected


@pytest.mark.parametrize("code", ["9144030071526726XG", "９１４４０３００７１５２６７２６xg", "91110000802100433B"])
def test_published_credit_codes_are_accepted(code):
    assert parse_business({**GOOD, "credit_code": code}).credit_code[:2] == "91"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("credit_code", "9144030071526726XH", "wrong_check_digit"),
        ("staff", "-1", "negative"),
        ("staff", "1.5", "not_a_whole_number"),
        ("revenue", "很多", "not_a_number"),
        ("revenue", "nan", "not_a_number"),
        ("assets", "1e300", "too_large"),
        ("name", "", "required"),
        ("name", "a\x00b", "control_characters"),
        ("name", "面" * 201, "too_long"),
        ("district", "999999", "unknown_option"),
    ],
)
def test_impossible_detail_names_field_and_code(field, value, code):
    with pytest.raises(Invalid) as refused:
        parse_business({**GOOD, field: value})
    assert [(f.field, f.code) for f in refused.value.faults] == [(field, code)]
