"""The verdict on one screen: three things, and never "the rest can wait" where something there cannot."""

import datetime as dt

import pytest

from checkup.report.html import render
from checkup.report.values import Entry
from checkup.report.wording import WORDS

SHOWN = {
    "is_express": True, "light": "orange", "reviewed_light": None, "grade": None, "reviewed_grade": None,
    "stage": "automatic", "submitted_on": dt.date(2026, 9, 20),
}  # fmt: skip


def entry(title="事", colour="yellow", **given):
    return Entry(
        risk="r", title=title, area="emp", domain="用工", colour=colour, consequence="后果", remedy="办法", laws=(),
        machine_likelihood=0.5, lawyer_likelihood=None, lawyer_action="", lawyer_reason="", lawyer_text="", plain="",
        dismissed=False, **{"urgent": False, "due": None, "is_past": False, **given},
    )  # fmt: skip


def verdict(*findings, enough=True, asked_first=(), pressing=()):
    report = {**SHOWN, "findings": findings, "pressing": pressing, "enough": enough, "asked_first": asked_first}
    words = {key: text["zh-Hans"] for key, text in WORDS.items()}
    return render("report/verdict.html", {"report": report, "w": words})


def test_the_rest_can_wait_where_it_can():
    assert "先办这3件，其余不急" in verdict(*[entry() for _ in range(5)])


@pytest.mark.parametrize(
    "pressing", [entry(urgent=True), entry(due=dt.date(2026, 12, 1)), entry(colour="red")], ids=["urgent", "due", "red"]
)
def test_the_rest_is_never_said_to_wait_where_one_of_it_cannot(pressing):
    page = verdict(entry(), entry(), entry(), pressing)
    assert "后面还有1件也不能拖" in page
    assert "其余不急" not in page


def test_three_things_are_shown_and_no_fourth():
    page = verdict(*[entry(title=f"第{number}件") for number in range(1, 6)])
    assert ["第3件" in page, "第4件" in page] == [True, False]


def test_a_past_day_is_told_as_past():
    page = verdict(entry(due=dt.date(2026, 8, 31), is_past=True))
    assert "8月31日已过，先问律师" in page
    assert "最晚" not in page


def test_without_enough_answers_it_says_what_to_find_out_and_no_more():
    page = verdict(enough=False, asked_first=("有没有合同？",))
    assert "有没有合同？" in page
    assert "没有发现" not in page


def test_each_thing_has_its_day_or_our_suggestion():
    page = verdict(entry(due=dt.date(2026, 12, 1)), entry(planned_on=dt.date(2026, 12, 5)))
    assert "法定最晚12月1日" in page
    assert "建议12月5日前" in page


def test_a_letter_that_came_is_said_before_all_else():
    page = verdict(entry(title="别的事"), pressing=(entry(title="法院来信"),))
    assert "先问清这1件，不能等" in page
    assert page.index("法院来信") < page.index("别的事")
    assert "就行" not in page


def test_a_letter_without_a_known_day_is_to_be_asked_about_today():
    assert "今天就打12348" in verdict(pressing=(entry(),))


def test_a_letter_is_among_the_three_things():
    page = verdict(*[entry(title=f"第{number}件") for number in range(1, 4)], pressing=(entry(title="法院来信"),))
    assert ["第2件" in page, "第3件" in page] == [True, False]
