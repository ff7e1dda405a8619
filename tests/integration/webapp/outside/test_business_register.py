"""The register is asked about one code, in time, and what goes wrong there is told apart."""

import pytest

from tests.played_register import (
    CODE,
    NOODLES,
    TOKEN,
    UNKNOWN,
    crooked_register,
    of,
    played_register,
)
from tests.ports import free_port
from webapp.outside import business_register
from webapp.outside.business_register import NotTold, look_up_code
from webapp.settings import BusinessRegister


@pytest.fixture(scope="module")
def register():
    with played_register() as played:
        yield played


def why_untold(register):
    with pytest.raises(NotTold) as told:
        look_up_code(register, CODE)
    return told.value.why


def test_a_business_is_found_by_its_code(register):
    found = look_up_code(register, CODE)
    assert (found.name, found.district, found.form) == (NOODLES["name"], "310113", "individual")


def test_a_code_of_nobody_finds_nothing(register):
    assert look_up_code(register, UNKNOWN) is None


def test_a_wrong_token_is_told_nothing(register):
    assert why_untold(BusinessRegister(register.url, "another")) == "away"


def test_the_code_goes_out_in_the_body_with_our_token_and_nothing_else_of_her():
    with crooked_register(of()) as (register, asked):
        look_up_code(register, CODE)
    ((body, headers),) = asked
    assert body == {"credit_code": CODE}
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert set(headers) <= {
        "Host", "User-Agent", "Accept-Encoding", "Accept", "Connection", "Authorization", "Content-Length",
        "Content-Type",
    }  # fmt: skip


def test_a_register_that_is_down_is_away():
    assert why_untold(BusinessRegister(f"http://127.0.0.1:{free_port()}", TOKEN)) == "away"


def test_a_register_that_says_nothing_is_left_in_time(monkeypatch):
    monkeypatch.setattr(business_register, "SECONDS", 0.2)
    with crooked_register(is_silent=True) as (register, _asked):
        assert why_untold(register) == "away"


@pytest.mark.parametrize("content", [b"<html>", b"", b'{"business": ' + b" " * 20_000 + b"null}"])
def test_junk_and_more_than_there_is_to_say_is_no_answer(content):
    with crooked_register(content) as (register, _asked):
        assert why_untold(register) == "away"


@pytest.mark.parametrize("status", [201, 204, 404, 429, 500, 503])
def test_no_other_status_is_an_answer(status):
    with crooked_register(b"" if status == 204 else of(), status) as (register, _asked):
        assert why_untold(register) == "away"


def test_nobody_is_led_elsewhere():
    with crooked_register(of()) as (elsewhere, asked):
        with crooked_register(b"", 307, location=elsewhere.url) as (register, _asked):
            assert why_untold(register) == "away"
        assert asked == []


def test_another_business_is_said_to_be_one():
    with crooked_register(of(credit_code=UNKNOWN)) as (register, _asked):
        assert why_untold(register) == "another"


def test_a_slow_register_holds_no_more_than_its_lines(register, monkeypatch):
    for _line in range(business_register.AT_ONCE):
        assert business_register._lines.acquire(blocking=False)
    try:
        assert why_untold(register) == "away"
    finally:
        for _line in range(business_register.AT_ONCE):
            business_register._lines.release()
    assert look_up_code(register, CODE) is not None
