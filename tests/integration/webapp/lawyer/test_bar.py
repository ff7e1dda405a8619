"""The bar on top of the pages of the staff, and the way back of one who is lost."""

import re

import pytest

from tests.visits import log_in


def bar(page):
    return re.search(r'<nav class="bar".*?</nav>', page, re.DOTALL).group()


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/lawyer/", '"page">待复核'), ("/lawyer/hours/clinic", '"true">我的工时'), ("/firm/people", '"page">人员')],
)
def test_the_bar_marks_the_page_or_the_one_above_it(app, path, marked):
    shown = bar(log_in(app, "lawyer1@hubin.example").get(path).text)
    assert re.findall(r"aria-current=(\S+)</a>", shown) == [marked]


def test_the_bar_folds_what_is_not_done_each_day(app):
    shown = bar(log_in(app, "lawyer1@hubin.example").get("/lawyer/").text)
    daily = shown.split("<details")[0]
    assert "我的工时" in daily
    assert "套餐" not in daily
    assert "套餐" in shown


def test_a_lawyer_is_not_shown_the_pages_of_the_admin(app):
    assert "套餐" not in log_in(app, "lawyer3@hubin.example").get("/lawyer/").text


def test_staff_who_are_lost_are_led_back_to_work(app):
    page = log_in(app, "lawyer3@hubin.example").get("/lawyer/nowhere")
    assert page.status_code == 404
    assert 'href="/auth/home"' in page.text
    assert "续答码" not in page.text
