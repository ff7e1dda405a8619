"""The Monday's mail: numbers and case numbers, the most pressing first, short however long the list."""

import datetime as dt

from checkup.desk.digest_text import MOST_LINES, Digest, OwnCase, monday_of
from tenants.translation.message_texts import render_message

DAY = dt.date(2026, 3, 9)


def mail(digest, locale="zh-Hans"):
    values = {"digest": digest, "monday": monday_of(DAY), "link": "https://famai.example", "most": MOST_LINES}
    return render_message("weekly", locale, values)


def test_each_case_says_how_much_time_is_left():
    own = [
        OwnCase("SH26-A", DAY, -2),
        OwnCase("SH26-B", DAY, 0),
        OwnCase("SH26-C", DAY, 3),
        OwnCase("SH26-D", DAY, None),
    ]
    lines = mail(Digest(own=own)).body.splitlines()
    assert lines[1:5] == [
        "SH26-A 2026年3月9日，超2个工作日",
        "SH26-B 2026年3月9日，就是今天",
        "SH26-C 2026年3月9日，还有3个工作日",
        "SH26-D 等店主回答",
    ]


def test_what_there_is_none_of_is_not_mentioned():
    body = mail(Digest(hours=2)).body
    assert body.splitlines()[0] == "等您看的公益工时：2条。"
    assert "件" not in body


def test_a_long_list_ends_with_how_many_more():
    body = mail(Digest(new=[f"SH26-{n}" for n in range(MOST_LINES + 7)])).body
    assert "……还有7件" in body


def test_nothing_to_tell_is_empty():
    assert Digest().is_empty
    assert not Digest(hours=1).is_empty


def test_one_case_is_counted_as_one_in_english():
    body = mail(Digest(own=[OwnCase("SH26-A", DAY, 1), OwnCase("SH26-B", DAY, 3)], hours=1), "en").body
    assert body.splitlines()[1:4] == [
        "SH26-A 9 March 2026, 1 working day left",
        "SH26-B 9 March 2026, 3 working days left",
        "1 pro bono entry waits for you.",
    ]


def test_every_day_of_a_week_has_the_same_monday():
    assert {monday_of(DAY + dt.timedelta(days=n)) for n in range(7)} == {DAY}
