"""How a function that reads rows is called says what it gives: `find_` may be None, `get_` never, `list_` is many."""

import ast
import re

import pytest

from tests.places import ROOT

STOREYS = ("tenants", "checkup", "billing", "bureau", "cloud")
MANY = ("Sequence", "list", "tuple", "Iterator", "dict", "Mapping", "set", "frozenset")


def misnamed(text):
    """Functions that take a session and are called otherwise than what they return."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg in ("session", "work"):
            name, gives = node.name.lstrip("_"), ast.unparse(node.returns) if node.returns else ""
            optional = gives.endswith("| None")
            if (
                (name.startswith("find_") and not optional)
                or (name.startswith("get_") and optional)
                or (name.startswith("list_") and not gives.startswith(MANY))
            ):
                yield f"{name} -> {gives}"


def sources():
    return {file: file.read_text(encoding="utf-8") for storey in STOREYS for file in (ROOT / storey).rglob("*.py")}


def test_names_say_whether_a_row_may_be_missing():
    assert [name for text in sources().values() for name in misnamed(text)] == []


@pytest.mark.parametrize(
    "line",
    [
        "def find_case(session) -> Checkup: ...",
        "def get_case(session) -> Checkup | None: ...",
        "def list_cases(session) -> Checkup: ...",
    ],
)
def test_a_planted_name_is_found(line):
    assert list(misnamed(line))


def test_find_or_404_stands_in_one_place():
    """A query for one row or one column; one of several columns is read by `execute`."""
    by_hand = re.compile(r"(\w+) = session\.scalars\([^\n]*\)\.one_or_none\(\)\n +if \1 is None:\n +raise NotFound")
    assert [file.name for file, text in sources().items() if file.name != "rows.py" and by_hand.search(text)] == []
