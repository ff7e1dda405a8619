"""A life: one table decides, for every kind of thing alike."""

import ast

import pytest

from tenants.errors import Conflict
from tenants.lives import Life
from tests.places import ROOT

LIFE = Life({("new", "open"): "open", ("open", "close"): "done"})
ROOMS = ("tenants", "checkup", "billing", "bureau", "cloud")


def test_a_move_leads_to_its_state():
    assert LIFE.after("new", "open") == "open"


def test_a_move_that_the_table_lacks_is_refused():
    with pytest.raises(Conflict, match="not_now"):
        LIFE.after("done", "open")


def test_a_life_may_refuse_in_its_own_word():
    with pytest.raises(Conflict, match="wall"):
        Life({}, refusal="wall").after("new", "open")


def test_a_move_of_somebody_else_is_refused_as_not_yours():
    with pytest.raises(Conflict, match="not_yours"):
        LIFE.after("new", "open", of={"close"})


def test_only_ones_own_moves_are_offered():
    assert (LIFE.moves_from("new"), LIFE.moves_from("new", of={"close"})) == (("open",), ())


def test_a_life_knows_its_states():
    assert LIFE.states == {"new", "open", "done"}


def test_nobody_follows_a_table_of_moves_by_hand():
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    functions = [
        (file.name, node.name)
        for file in files
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    ]
    assert [found for found in functions if found[1] in {"after", "may", "moves_from"}] == []
