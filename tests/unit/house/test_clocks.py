"""Nobody but `tenants.clock` asks the machine for the hour: what hangs on the hour cannot be tested."""

import ast
import gc
import re

import pytest

from tests.places import ROOT

PLACES = ("webapp", "cloud", "bureau", "billing", "checkup", "tenants", "demo", "bench", "tests")
MAY = {"tenants/clock.py", "tests/unit/tenants/test_clock.py", "tests/unit/house/test_clocks.py"}
READS = re.compile(r"(?:\bdatetime\.(?:now|utcnow)|\bdate\.today|\btime\.(?:time|localtime)|\bTOTP\(.*\)\.now)\(")
MAY_READ = {"now", "utcnow", "today", "time", "localtime"}
# In SQL too; the log and the queue of jobs keep the database's own time.
IN_SQL = re.compile(r"(?<![_\w])now\(\)|\bcurrent_(?:date|timestamp|time)\b|\blocaltime", re.IGNORECASE)
SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|AND)\b")


def name_of(function):
    return getattr(function, "attr", None)


def is_ours(text):
    return SQL.search(text) and "procrastinate_" not in text


def readings(text):
    gc.disable()  # CPython 3.11 loses count when a finalizer parses too
    try:
        tree = ast.parse(text)
    finally:
        gc.enable()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in MAY_READ and READS.search(ast.unparse(node.func) + "("):
            yield ast.unparse(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_ours(node.value):
            yield from IN_SQL.findall(node.value)


def test_the_machines_clock_is_read_in_one_place():
    found = {}
    for file in (file for place in PLACES for file in (ROOT / place).rglob("*.py")):
        name = str(file.relative_to(ROOT))
        if name not in MAY and (read := list(readings(file.read_text(encoding="utf-8")))):
            found[name] = read
    assert found == {}


@pytest.mark.parametrize(
    "line",
    ["dt.datetime.now(dt.UTC)", "date.today()", "time.time()", "pyotp.TOTP(secret).now()",
     "run('SELECT 1 WHERE at > now()')"],
)  # fmt: skip
def test_a_planted_reading_is_found(line):
    assert list(readings(line))


INSTANT = re.compile(r"(?:^|[._])(?:now\(\)|now|at|moment|instant)$")
OF_A_DAY = {"date", "year", "month", "day", "hour", "replace", "strftime", "isocalendar", "weekday"}


def readings_in_utc(text):
    """Where the day or the year of an instant is taken as it is kept, in UTC, and not the city's (`city_day`)."""
    gc.disable()
    try:
        tree = ast.parse(text)
    finally:
        gc.enable()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in OF_A_DAY and INSTANT.search(ast.unparse(node.value)):
            yield ast.unparse(node)
        if isinstance(node, ast.FormattedValue) and node.format_spec and INSTANT.search(ast.unparse(node.value)):
            yield ast.unparse(node)


def test_a_day_or_a_year_is_the_city_s():
    """Until eight in the morning of 1 January UTC still writes the old year."""
    found = {}
    for file in (file for place in PLACES for file in (ROOT / place).rglob("*.py")):
        name = str(file.relative_to(ROOT))
        if name not in MAY and (read := list(readings_in_utc(file.read_text(encoding="utf-8")))):
            found[name] = read
    assert found == {}


@pytest.mark.parametrize(
    "line",
    ["now().date()", "now().year", "row.signed_at.date()", "at.replace(month=1)", "f'SH{now:%y}'", "one.found_at.year"],
)
def test_a_planted_day_in_utc_is_found(line):
    assert list(readings_in_utc(line))
