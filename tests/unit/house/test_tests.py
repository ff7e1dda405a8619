"""The tests have an order too: they mirror the tree, and share what they share through helpers."""

import ast
import gc
import re

import pytest

from tests.places import ROOT

TESTS = ROOT / "tests"
MODULES = sorted(TESTS.rglob("test_*.py"))
OWN_FILES = ("tenants", "webapp", "migrations", "demo", "bench")  # packages with files beside their rooms


def walked(text):
    """Every node of the text's tree."""
    gc.disable()  # CPython 3.11 loses count when a finalizer parses too
    try:
        return ast.walk(ast.parse(text))
    finally:
        gc.enable()


def imported(text):
    """Every module of the tests that this text imports."""
    for node in walked(text):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tests":
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "tests")


def borrowed(text):
    return [name for name in imported(text) if any(part.startswith("test_") for part in name.split("."))]


def stands_in_a_room(place):
    """Whether the folder below `tests/unit`, `tests/property` or `tests/integration` is one of the house's."""
    if place.parts == ("house",):
        return True
    if len(place.parts) == 1:
        return place.parts[0] in OWN_FILES
    audience = ROOT / "webapp/views" / place.parts[1]
    return (ROOT / place / "__init__.py").exists() or (place.parts[0] == "webapp" and audience.is_dir())


def test_no_test_module_imports_another():
    found = {str(file.relative_to(ROOT)): borrowed(file.read_text(encoding="utf-8")) for file in TESTS.rglob("*.py")}
    assert {file: names for file, names in found.items() if names} == {}


@pytest.mark.parametrize("line", ["from tests.unit.test_a import B", "from tests.unit import test_a"])
def test_a_planted_import_of_a_test_module_is_found(line):
    assert borrowed(line)


def test_helpers_stand_beside_the_tests_and_not_among_them():
    among = [file for file in TESTS.rglob("*.py") if file.parent != TESTS and not file.name.startswith("test_")]
    assert [str(file.relative_to(TESTS)) for file in among if file.name != "conftest.py"] == []


@pytest.mark.parametrize("kind", ["unit", "property", "integration"])
def test_tests_mirror_the_tree(kind):
    places = {file.parent.relative_to(TESTS / kind) for file in MODULES if file.is_relative_to(TESTS / kind)}
    assert [str(place) for place in sorted(places) if not stands_in_a_room(place)] == []


def test_what_needs_a_browser_says_so():
    marked = re.compile(r"^pytestmark = .*pytest\.mark\.browser", re.MULTILINE)
    modules = (TESTS / "browser").glob("test_*.py")
    assert [one.name for one in modules if not marked.search(one.read_text(encoding="utf-8"))] == []


def left_unwaited(text):
    """The lines of bare clicks on a button or a link that are not followed by a look at what came of them."""
    for body in (node.body for node in walked(text) if isinstance(getattr(node, "body", None), list)):
        for pressed, after in zip(body, [*body[1:], None], strict=True):
            words = ast.unparse(pressed)
            is_click = isinstance(pressed, ast.Expr) and words.endswith(".click()") and "summary" not in words
            leads = re.search(r"get_by_role\('(button|link)'|locator\('[^']*(\ba|button|\.button)\b", words)
            is_looked_at = after and re.search(r"expect|wait_for|let_in|assert", ast.unparse(after))
            if is_click and leads and not is_looked_at:
                yield pressed.lineno


def test_what_a_click_leads_to_is_waited_for():
    modules = (TESTS / "browser").glob("test_*.py")
    found = {one.name: list(left_unwaited(one.read_text(encoding="utf-8"))) for one in modules}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "after", ["page.goto('/')", "log_in(page, 'a')", "go_on(page.get_by_role('link', name='b'))", "check('c')", ""]
)
def test_a_planted_click_that_nobody_waits_for_is_found(after):
    assert list(left_unwaited(f"page.get_by_role('button', name='退出').first.click()\n{after}")) == [1]
