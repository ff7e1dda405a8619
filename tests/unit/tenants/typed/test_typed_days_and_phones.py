import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.errors import Unreadable
from tenants.typed.dates import day
from tenants.typed.emails import email
from tenants.typed.phones import mobile, phone


def refusal(read, raw):
    with pytest.raises(Unreadable) as refused:
        read(raw)
    return refused.value.code


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-24",
        "2026/11/24",
        "2026.11.24",
        "20261124",
        "2026年11月24日",
        "2026年11月24号",
        "２０２６－１１－２４",
        "2026。11。24",
        " 2026-11-24 ",
    ],
)
def test_a_day_is_read_as_people_write_it(raw):
    assert day(raw) == dt.date(2026, 11, 24)


@pytest.mark.parametrize("raw", ["2026-13-01", "2026-02-30", "26-11-24", "11/24/2026", "昨天", "0000-01-01", "2026-11"])
def test_what_is_no_day_is_refused(raw):
    assert refusal(day, raw) == "not_a_date"


@given(st.dates(), st.sampled_from(["{0:%Y}-{0:%m}-{0:%d}", "{0:%Y}/{0:%m}/{0:%d}", "{0:%Y}年{0:%m}月{0:%d}日"]))
def test_every_day_is_read_back(one, written):
    padded = written.format(one).lstrip()
    year, rest = f"{one.year:04d}", padded[len(f"{one:%Y}") :]
    assert day(year + rest) == one


@pytest.mark.parametrize(
    "raw",
    [
        "13800138000",
        "１３８００１３８０００",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "008613800138000",
        "138\u200b00138000",
        "８６－13800138000"[3:],
    ],
)
def test_a_mainland_mobile_is_its_eleven_digits(raw):
    assert mobile(raw) == "13800138000"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("+852 6123 4567", "foreign_mobile"), ("+886 912 345 678", "foreign_mobile"),
        ("+853 6612 3456", "foreign_mobile"),
        ("138001380001", "not_a_mobile"), ("1380013800", "not_a_mobile"), ("021-62345678", "not_a_mobile"),
        ("abc", "not_a_mobile"), ("", "required"), ("1" * 70, "not_a_mobile"),
    ],
)  # fmt: skip
def test_what_gets_no_text_message_is_refused_with_its_reason(raw, why):
    assert refusal(mobile, raw) == why


@pytest.mark.parametrize(
    ("raw", "is_read"),
    [
        ("021-6234 5678", "021-62345678"),
        ("+86 138 0013 8000", "13800138000"),
        ("+852 6123 4567", "+852 6123 4567"),
        ("12348", "12348"),
    ],
)
def test_a_number_that_can_be_called_is_read(raw, is_read):
    assert phone(raw) == is_read


@pytest.mark.parametrize("raw", ["12", "电话", "1" * 30])
def test_what_cannot_be_called_is_refused(raw):
    assert refusal(phone, raw) == "not_a_phone"


@pytest.mark.parametrize("raw", ["Chen@Hubin.example", " chen@hubin.example\u200b", "ｃｈｅｎ＠ｈｕｂｉｎ．example"])
def test_an_address_is_kept_in_small_letters(raw):
    assert email(raw) == "chen@hubin.example"


@pytest.mark.parametrize("raw", ["a", "a@b", "a b@c.cn", "сhen@hubin.example", "a@b..cn", "@b.cn"])
def test_what_is_no_address_is_refused(raw):
    assert refusal(email, raw) == "not_an_email"
