import ast
import gc
import re
import statistics
import subprocess
import sys

import pytest

from tests.places import ROOT
from tests.rooms import MEDIAN_LINES, MOST_LINES, lengths

PACKAGES = ("webapp", "cloud", "bureau", "billing", "checkup", "tenants")
FILES = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
REGISTRY_HOSTS = ("pypi" + ".org", "python" + "hosted", "npm" + "js.")


def parse(file):
    """The file as a tree; finalizers wait meanwhile, as CPython 3.11 loses count when one of them parses too."""
    gc.disable()
    try:
        return ast.parse(file.read_text(encoding="utf-8"))
    finally:
        gc.enable()


def functions():
    for file in FILES:
        for node in ast.walk(parse(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield file, node


def test_files_stay_within_their_room():
    sizes = sorted(lengths())
    assert sizes[-1] <= MOST_LINES
    assert statistics.quantiles(sizes, n=10)[-1] <= 200
    assert statistics.median(sizes) <= MEDIAN_LINES


def test_most_functions_stay_short():
    sizes = [node.end_lineno - node.lineno + 1 for _, node in functions()]
    assert statistics.quantiles(sizes, n=10)[-1] <= 25


def test_a_type_that_is_ignored_bears_the_reason():
    """`# type: ignore[code]  # why`: the checker believes us, so the reader must be able to."""
    bare = [
        f"{file}:{number}"
        for file in FILES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if "# type: ignore" in line and not re.search(r"# type: ignore\[[\w, -]+\]  # \w", line)
    ]
    assert bare == []


def test_no_import_hides_in_a_function():
    hidden = [
        f"{file}:{inner.lineno}"
        for file, node in functions()
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.parametrize("file", [f for f in FILES if f.name == "__init__.py"], ids=str)
def test_package_files_hold_a_docstring_only(file):
    assert len(parse(file).body) == 1


def test_no_file_names_a_package_registry():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    named = [
        name
        for name in tracked
        if (ROOT / name).is_file()
        for text in [(ROOT / name).read_bytes()]
        if any(host.encode() in text for host in REGISTRY_HOSTS)
    ]
    assert named == []


HEAVY = ("stripe", "aiohttp", "localstripe", "weasyprint", "openpyxl", "docx", "polars", "highspy", "numpy")


def test_the_web_loads_nothing_that_only_a_worker_needs():
    code = f"import sys, webapp.app; print(sorted({set(HEAVY)!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"


def test_whoever_calls_the_world_calls_by_a_deadline():
    """A library that talks to others is imported beside `tenants.deadlines`, or for the names of its faults alone."""
    talkers = {"requests", "httpx", "aiohttp", "smtplib", "http", "urllib.request", "stripe"}
    without = []
    for file in FILES:
        found = [node for node in ast.walk(parse(file)) if isinstance(node, ast.Import | ast.ImportFrom)]
        modules = {node.module or "" for node in found if isinstance(node, ast.ImportFrom)}
        plain = {one.name for node in found if isinstance(node, ast.Import) for one in node.names}
        calls = {name for name in modules | plain if talkers & {name, name.split(".")[0]} and name != "http"}
        if calls and not {"tenants.deadlines"} & modules and file.name != "deadlines.py":
            without.append(str(file.relative_to(ROOT)))
    assert without == ["webapp/operating/checks.py"]  # reads SMTP's faults
