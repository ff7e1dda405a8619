"""A last day in working days says so where a notice of holidays may still move it, on every page that names one."""

import re

import pytest

from tests.places import ROOT

TEMPLATES = ROOT / "templates"
# Days of our clocks and of the law; invoices and an owner's own plan count in days of the calendar.
NAMED = re.compile(r"\b(\w+(?:\.\w+)*\.(?:due_on|due_at|offered_until|law_due_on)|turn\.due\.day|clock\.day)\b")
OF_THE_CALENDAR = re.compile(r"(?:.+\.)?invoice\.due_on|fix\.due_on")
COMPARED = re.compile(r"\{%.*?%\}", re.DOTALL)


def printed(text):
    """The days that are printed, not only compared."""
    return {day for day in NAMED.findall(COMPARED.sub("", text)) if not OF_THE_CALENDAR.match(day)}


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_a_page_that_names_a_last_day_says_where_it_may_move(file):
    text = file.read_text(encoding="utf-8")
    said = {day for day in printed(text) if f"{day} | may_move" not in text}
    assert said == set()


def test_a_planted_day_is_found():
    assert printed("{{ row.due_on }}{% if other.due_on < today %}") == {"row.due_on"}
