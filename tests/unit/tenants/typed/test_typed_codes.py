import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.typed.codes import DIGITS, HEX, MINTED, code, minted


@pytest.mark.parametrize(
    "raw",
    [
        "5Q5Z-8JTE",
        "5q5z8jte",
        "５Ｑ５Ｚ－８ＪＴＥ",
        "续答码：5Q5Z-8JTE",
        "5Q5Z 8JTE",
        " 5Q5Z—8JTE。",
        "5Q5Z\u200b-8JТЕ",
        "（5Q5Z–8JTE）",
    ],
)
def test_a_resume_code_is_read_however_it_is_typed(raw):
    assert code(raw, MINTED) == "5Q5Z8JTE"


@pytest.mark.parametrize(
    "raw",
    ["678516", "６７８５１６", "678 516", "678-516", "【法脉】验证码 678516，10分钟内有效。"],
)
def test_six_digits_are_read_however_they_come(raw):
    assert code(raw, DIGITS) == "678516"


@pytest.mark.parametrize(
    ("raw", "is_read"), [("0497-3506", "04973506"), ("O497－35O6", "04973506"), ("a1b2-c3d4", "A1B2C3D4")]
)
def test_a_recovery_code_is_read_with_or_without_its_hyphen(raw, is_read):
    assert code(raw, HEX) == is_read


@pytest.mark.parametrize(
    "raw",
    [
        "fm26wxfxsxmywq",
        "FM26-WXFX-SXMYWQ",
        "FM26WXFXSXMYWQ。",
        " FM26WXFXSXMYWQ ",
        "https://a.example/verify/FM26WXFXSXMYWQ",
        "核验号：FM26WXFXSXMYWQ",
    ],
)
def test_a_verification_number_is_read_as_a_clerk_types_it(raw):
    assert code(raw) == "FM26WXFXSXMYWQ"


@given(st.text(MINTED, min_size=8, max_size=8), st.sampled_from(["-", " ", "－", "—", "_", ""]), st.booleans())
def test_every_minted_code_is_read_back(plain, between, small):
    typed = f"{plain[:4]}{between}{plain[4:]}"
    assert code(typed.lower() if small else typed, MINTED) == plain


@given(st.text(st.characters()))
def test_whatever_is_typed_a_code_is_made_of_plain_signs(raw):
    assert set(code(raw)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.parametrize(
    "raw", ["SH26-7K3M9P", "sh26 7k3m9p", "ＳＨ２６－７Ｋ３Ｍ９Ｐ", "体检号：SH26-7K3M9P。", "SHZ6—7K3M9P"]
)
def test_a_minted_number_is_read_however_it_is_typed(raw):
    assert minted(raw, "SH") == "SH26-7K3M9P"


@pytest.mark.parametrize(
    "raw", ["", "SH26", "T26-7K3M9P", "SH26-7K3M9PP", "SH26-王姐面馆", "' OR 1=1 --", "SH26-000000"]
)
def test_what_is_no_minted_number_is_none(raw):
    assert minted(raw, "SH") == ""
