"""What `import-linter` cannot say: where purity is claimed it is true, raw SQL stays on its storey, vendors hide."""

import ast
import gc
import re

import grimp
import pytest

from tests.places import ROOT
from tests.rooms import MOST_FILES, STOREYS, files, room_sizes

DATABASE = ("sqlalchemy", "psycopg", "tenants.database")
PURE_BY_NAME = re.compile(r"(?:^|_)(?:values|rules|states)$")
LAZY_DOORS = {"weasyprint": "checkup/report/pdf.py", "highspy": "cloud/disclosure/linear_audit.py"}
# The matrix names every table by design: it says who sees which row.
KNOWS_ALL_TABLES = "tenants/access/"


def parse(file):
    """The file as a tree; finalizers wait meanwhile, as CPython 3.11 loses count when one of them parses too."""
    gc.disable()
    try:
        return ast.parse(file.read_text(encoding="utf-8"))
    finally:
        gc.enable()


def name_of(file):
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


FILES = {name_of(file): file for file in files()}
TREES = {name: parse(file) for name, file in FILES.items()}


def says_pure(tree):
    first = (ast.get_docstring(tree) or "").split("\n\n")[0].rstrip()
    return first.endswith("Pure.")


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*STOREYS, include_external_packages=True, cache_dir=None)


def impure(graph, names):
    """Each name from which a chain of imports leads to a database, with that chain."""
    chains = {}
    for name in names:
        for base in DATABASE:
            chain = graph.find_shortest_chain(name, base) if base in graph.modules else None
            if chain:
                chains[name] = chain
    return chains


def test_who_says_pure_reaches_no_database(graph):
    assert impure(graph, [name for name, tree in TREES.items() if says_pure(tree)]) == {}


def test_a_planted_import_of_the_database_is_found(graph):
    graph.add_import(importer="checkup.packs.conditions", imported="tenants.database")
    try:
        assert "checkup.scoring.model" in impure(graph, ["checkup.scoring.model"])
    finally:
        graph.remove_import(importer="checkup.packs.conditions", imported="tenants.database")


def test_values_rules_and_states_say_that_they_are_pure():
    silent = [n for n, tree in TREES.items() if PURE_BY_NAME.search(n.rsplit(".", 1)[-1]) and not says_pure(tree)]
    assert silent == []


def tables():
    """Table → the storey of its model."""
    named = {}
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__tablename__":
                named[node.value.value] = STOREYS.index(name.split(".")[0])
    return named


RAW = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(?:ONLY\s+)?([a-z_]+)\b")


def raised(name, text, above):
    """Tables in the raw SQL of a module whose models live on a higher storey."""
    storey = STOREYS.index(name.split(".")[0])
    return {table for table in RAW.findall(text) if above.get(table, -1) > storey}


def test_raw_sql_names_no_table_of_a_higher_storey():
    above, found = tables(), {}
    for name, tree in TREES.items():
        if str(FILES[name].relative_to(ROOT)).startswith(KNOWS_ALL_TABLES):
            continue
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        if tables_above := raised(name, "\n".join(texts), above):
            found[name] = tables_above
    assert found == {}


def test_a_planted_table_of_a_higher_storey_is_found():
    assert raised("bureau.dashboard.figures", "SELECT 1 FROM released_cell", tables()) == {"released_cell"}


def test_a_library_loaded_late_has_its_one_door():
    found = {
        (node.args[0].value.split(".")[0], str(FILES[name].relative_to(ROOT)))
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "lazily"
        and isinstance(node.args[0], ast.Constant)
    }
    assert {(vendor, file) for vendor, file in found if vendor in LAZY_DOORS} <= set(LAZY_DOORS.items())


def test_no_room_holds_more_files_than_one_can_keep_in_mind():
    assert {room: count for room, count in room_sizes().items() if count > MOST_FILES} == {}


def test_every_room_says_what_it_is_for():
    silent = [str(file) for file in FILES.values() if file.name == "__init__.py" and not ast.get_docstring(parse(file))]
    assert silent == []


def test_the_developers_page_names_every_room():
    page = " ".join((ROOT / "docs/developers.md").read_text(encoding="utf-8").split())
    rooms = [f for n, f in FILES.items() if f.name == "__init__.py" and n.count(".") >= 2]
    lines = [" ".join((ast.get_docstring(parse(file)) or "").split()) for file in rooms]
    assert [line for line in lines if line not in page] == ["Views, a room per audience."]
