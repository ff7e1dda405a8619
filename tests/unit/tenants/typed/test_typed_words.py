"""Words that an act asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.errors import FieldFault, Invalid
from tenants.typed.words import check_line, check_words, word_faults


@pytest.mark.parametrize("raw", ["", "  ", "\u200b\u3000\n", "\x00\u2800"])
def test_what_nobody_can_see_is_no_reason(raw):
    with pytest.raises(Invalid) as refused:
        check_words(raw, "why", most=10)
    assert refused.value.faults == (FieldFault("why", "required"),)


def test_nothing_may_be_said_where_nothing_is_owed():
    assert check_words(" \u200b ", "why", most=10, needed=False) == ""


def test_too_many_words_say_how_many_there_may_be():
    assert word_faults("十一个字就是太多了呀！", "why", most=10) == (FieldFault("why", "too_long", {"most": 10}),)


def test_words_keep_their_lines():
    assert check_words("先付\u3000房租\r\n再谈", "text", most=20) == "先付 房租\n再谈"


def test_a_line_is_one_line():
    assert check_line("先付\r\n房租", "why", most=20) == "先付 房租"


@given(st.text(max_size=40))
def test_what_was_read_once_reads_the_same_again(raw):
    try:
        words = check_words(raw, "why", most=30)
    except Invalid:
        return
    assert check_words(words, "why", most=30) == words
