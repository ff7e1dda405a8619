"""The paper can be read out: figures have words, tables heads, links and headings names, and nothing lies outside."""

import pytest

from checkup.report.pdf import make_pdf, render_pdf
from tests.papers import faults_of_accessibility
from tests.reports import golden_report

SMALL = """<!DOCTYPE html><html lang="zh"><title>a</title><style>@page {{ @top-left {{ content: "头" }} }}</style>
<body><h1>一</h1>{}</body></html>"""


@pytest.mark.parametrize(
    ("locale", "is_signed"), [("zh-Hans", True), ("zh-Hans", False), ("zh-Hant", True), ("en", True)]
)
def test_a_report_breaks_no_rule_of_accessible_papers(locale, is_signed):
    pdf = render_pdf(golden_report("noodle-drowning", locale, is_signed=is_signed))
    assert faults_of_accessibility(pdf) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<svg viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', "a figure without an alternative"),
        ("<h3>三</h3>", "a heading of level 3 below one of level 1"),
        ("<table><tr><td>无头</td></tr></table>", "a cell of a table without heads"),
    ],
)
def test_the_rules_find_what_they_are_for(body, fault):
    assert faults_of_accessibility(make_pdf(SMALL.format(body))) == [fault]


def test_a_running_head_is_no_part_of_the_text():
    assert faults_of_accessibility(make_pdf(SMALL.format("<p>二</p>"))) == []
