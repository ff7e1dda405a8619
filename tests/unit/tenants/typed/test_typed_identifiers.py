import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from tenants.errors import Unreadable
from tenants.typed.identifiers import credit_code, holds_id_card, is_of_form

# A person who does not exist: division, birthday and check sign are right, the order code is made up.
CARD = "310101190001010" + "01" + ric.calc_check_digit("310101190001010010")


def refusal(raw):
    with pytest.raises(Unreadable) as refused:
        credit_code(raw)
    return refused.value.code


@pytest.mark.parametrize(
    "raw",
    [
        "9144030071526726XG",
        "'9144030071526726XG",
        '="9144030071526726XG"',
        "91440300-71526726-xg",
        "９１４４０３００７１５２６７２６ＸＧ",
        "9I44O3OO7I526726XG",
        "统一社会信用代码：9144030071526726XG",
    ],
)
def test_a_credit_code_is_read_through_what_excel_and_keyboards_do(raw):
    assert credit_code(raw) == "9144030071526726XG"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("9144030071526726XH", "wrong_check_digit"), ("9.14E+17", "wrong_check_digit"), ("", "wrong_check_digit"),
        ("0" * 18, "wrong_check_digit"), ("914403007152672", "old_registration_number"),
        ("310113600123456", "old_registration_number"), (CARD, "id_card"),
        (f"{CARD[:6]} {CARD[6:14]} {CARD[14:]}", "id_card"),
    ],
)  # fmt: skip
def test_what_is_no_credit_code_is_refused_by_its_name(raw, why):
    assert refusal(raw) == why


def with_check(signs):
    """The code with its last sign right, whatever stands before."""
    return signs[:17] + uscc.calc_check_digit(signs[:17])


def test_a_code_whose_organisation_code_fails_its_own_check_is_refused():
    assert refusal(with_check("91440300715267260")) == "wrong_check_digit"


def test_a_code_of_a_division_that_does_not_exist_is_refused():
    assert refusal(with_check("9199030071526726X")) == "wrong_check_digit"


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_sign_is_always_found(at, sign):
    right = "9144030071526726XG"
    typed = right[:at] + sign + right[at + 1 :]
    assert typed == right or refusal(typed)


@given(st.sampled_from(["", " ", "-"]), st.sampled_from(["身份证{}", "张伟 {}", "({})", "{}"]), st.booleans())
def test_the_number_of_an_identity_card_is_seen_however_it_is_written(between, around, wide):
    written = between.join((CARD[:6], CARD[6:14], CARD[14:]))
    typed = around.format(written)
    assert holds_id_card(typed.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if wide else typed)


@pytest.mark.parametrize("raw", ["9144030071526726XG", "123456789012345678", "13800138000", "310101190013010012", ""])
def test_other_long_numbers_are_no_identity_card(raw):
    assert not holds_id_card(raw)


@pytest.mark.parametrize(
    ("code", "form", "fits"),
    [
        ("91", "company", True), ("91", "individual", False), ("92", "individual", True), ("92", "company", False),
        ("93", "other", True), ("91", "other", False), ("52", "other", True), ("91", "sole", True),
    ],
)  # fmt: skip
def test_a_code_tells_its_form_of_business(code, form, fits):
    assert is_of_form(code, form) == fits
