"""Every POST route has its answer: what cannot be undone shows what it will do, what can be undone offers it."""

import re

import pytest

from tests.places import ROOT

ROW = re.compile(r"^\| `(?P<route>[^`]+)` \| (?P<second>[^|]*) \| (?P<third>[^|]*) \|", re.MULTILINE)
ACCESS = ROOT / "docs" / "access.md"
ACTS = ROOT / "docs" / "decisions" / "0023-what-can-be-undone.md"
ANSWERS = {"undo", "shown", "nothing"}


def posted():
    """Routes that take a POST, as docs/access.md lists them, which is held equal to the URL map."""
    _, routes = ACCESS.read_text(encoding="utf-8").split("## Routes")
    return [row["route"] for row in ROW.finditer(routes) if "POST" in row["second"].split()]


def answered():
    return [(row["route"], row["second"], row["third"]) for row in ROW.finditer(ACTS.read_text(encoding="utf-8"))]


def test_every_post_route_stands_in_the_table_once():
    assert [route for route, _, _ in answered()] == posted()


@pytest.mark.parametrize(("route", "answer", "how"), answered())
def test_an_answer_is_one_of_three_and_says_how(route, answer, how):
    assert answer in ANSWERS, route
    assert how.strip(), route
