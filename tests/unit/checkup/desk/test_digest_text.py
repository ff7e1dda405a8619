"""The Monday's mail: numbers and case numbers, the most pressing first, short however long the list."""

import datetime as dt

from checkup.desk.digest_text import MOST_LINES, Digest, OwnCase, body_of, subject_of

DAY = dt.date(2026, 3, 9)


def test_each_case_says_how_much_time_is_left():
    own = [
        OwnCase("SH26-A", DAY, -2),
        OwnCase("SH26-B", DAY, 0),
        OwnCase("SH26-C", DAY, 3),
        OwnCase("SH26-D", DAY, None),
    ]
    lines = body_of(Digest(own=own), "https://famai.example").splitlines()
    assert lines[1:5] == [
        "SH26-A 2026-03-09，超2个工作日",
        "SH26-B 2026-03-09，就是今天",
        "SH26-C 2026-03-09，还有3个工作日",
        "SH26-D 等店主回答",
    ]


def test_what_there_is_none_of_is_not_mentioned():
    body = body_of(Digest(hours=2), "https://famai.example")
    assert body.splitlines()[0] == "等您看的公益工时：2条。"
    assert "件" not in body


def test_a_long_list_ends_with_how_many_more():
    body = body_of(Digest(new=[f"SH26-{n}" for n in range(MOST_LINES + 7)]), "")
    assert "……还有7件" in body


def test_nothing_to_tell_is_empty():
    assert Digest().is_empty
    assert not Digest(hours=1).is_empty


def test_the_subject_is_the_same_all_week():
    assert {subject_of(DAY + dt.timedelta(days=n)) for n in range(7)} == {"法脉：03-09这一周您手上的事"}
