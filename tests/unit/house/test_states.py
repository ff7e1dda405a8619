"""The database holds each state to the moves that lead to it, and code names no other."""

import ast
import gc
import re

import pytest

import billing.waivers.states
import bureau.complaints.states
import bureau.hours.states
import checkup.calls.call_rules
import checkup.cases.states
import checkup.desk.green_rules
import checkup.fixes.states
import checkup.referrals.states
import checkup.review.states
import cloud.partners.ticket_states
import cloud.releases.states
import tenants.campaigns.states
import tenants.firms.states
import tenants.parks.states
import tenants.providers.states
import tenants.stations.states
from billing.books.accounts import FEE_LIFE, INVOICE_LIFE
from tenants.access.providers import RUNNING
from tenants.base import Base, among
from tenants.lives import PROPOSAL
from tests.places import ROOT
from webapp.registry import register_models

LIVES = {
    "call_back": checkup.calls.call_rules.LIFE,
    "campaign": tenants.campaigns.states.LIFE,
    "checkup": checkup.cases.states.LIFE,
    "progress": checkup.cases.states.LIFE,
    "fee": FEE_LIFE,
    "invoice": INVOICE_LIFE,
    "hardship_policy": PROPOSAL,
    "parameter": PROPOSAL,
    "complaint": bureau.complaints.states.LIFE,
    "firm": tenants.firms.states.LIFE,
    "fix": checkup.fixes.states.LIFE,
    "green_call": checkup.desk.green_rules.LIFE,
    "hour_entry": bureau.hours.states.LIFE,
    "partner": tenants.parks.states.LIFE,
    "provider": tenants.providers.states.LIFE,
    "referral": checkup.referrals.states.LIFE,
    "release_draft": cloud.releases.states.LIFE,
    "review": checkup.review.states.LIFE,
    "station": tenants.stations.states.LIFE,
    "ticket": cloud.partners.ticket_states.LIFE,
    "waiver": billing.waivers.states.LIFE,
}
# What is in no life, because nothing leads there or away: the city's reception.
BESIDE = {"firm": {"reception"}}


@pytest.mark.parametrize("table", LIVES)
def test_a_state_is_one_of_its_life(table):
    register_models()
    rules = [str(rule.sqltext) for rule in Base.metadata.tables[table].c.state.constraints]
    states = LIVES[table].states | BESIDE.get(table, set())
    assert str(among("state", states).sqltext) in rules


def test_no_state_is_free_text():
    register_models()
    states = [table.c.state for table in Base.metadata.tables.values() if "state" in table.c]
    held = [column for column in states if any("state IN" in str(rule.sqltext) for rule in column.constraints)]
    assert states
    assert [str(column) for column in states if column not in held] == []


CODE = ("webapp", "cloud", "bureau", "billing", "checkup", "tenants", "demo")
IN_TEMPLATE = re.compile(r'\.state (?:==|!=|in|not in) (\([^)]*\)|"\w+")')


def known_states():
    register_models()
    columns = [table.c.state for table in Base.metadata.tables.values() if "state" in table.c]
    return {state for one in columns for rule in one.constraints for state in re.findall(r"'(\w+)'", str(rule.sqltext))}


def words_of(node):
    """Words that stand there themselves, not what a function is called with."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    inner = [] if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    return {word for one in inner for word in words_of(one)}


def may_set(call):
    """A cheap look before the dear one: the name of what is called is one that takes a state."""
    name = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
    return name in {"in_", "not_in", "values", "filter_by"} or name[:1].isupper()


def is_state(node):
    """The state of a row; a filter of the queue has tabs of its own."""
    return isinstance(node, ast.Attribute) and node.attr == "state" and ast.unparse(node.value) != "filters"


def states_named(text):
    """Every word that Python code compares a state with, sets it to, or looks for."""
    gc.disable()  # CPython 3.11 loses count when a finalizer parses too
    try:
        tree = ast.parse(text)
    finally:
        gc.enable()
    named = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and is_state(node.left):
            named |= {word for one in node.comparators for word in words_of(one)}
        if isinstance(node, ast.Assign) and is_state(node.targets[0]):
            named |= words_of(node.value)
        if isinstance(node, ast.Call):
            function = ast.unparse(node.func) if may_set(node) else ""
            if re.search(r"\.state\.(?:not_)?in_$", function):
                named |= {word for one in node.args for word in words_of(one)}
            if re.search(r"(?:^[A-Z]\w+|\.values|\.filter_by)$", function):
                named |= {word for one in node.keywords if one.arg == "state" for word in words_of(one.value)}
    return named


def test_code_and_templates_name_states_that_there_are():
    """What an enum would catch: a state that is misspelt is no state of any life."""
    python = [(file, states_named(file.read_text("utf-8"))) for one in CODE for file in (ROOT / one).rglob("*.py")]
    pages = [
        (file, set(re.findall(r'"(\w+)"', " ".join(IN_TEMPLATE.findall(file.read_text("utf-8"))))))
        for file in (ROOT / "templates").rglob("*.html")
    ]
    known = known_states()
    assert {str(file): words - known for file, words in [*python, *pages] if words - known} == {}


@pytest.mark.parametrize(
    "line",
    ["row.state == 'singed'", "row.state in ('signed', 'singed')", "select(Fee).where(Fee.state.in_(('singed',)))",
     "row.state = 'singed'", "Review(state='singed')", "update(Fee).values(state='singed')"],
)  # fmt: skip
def test_a_planted_misspelling_is_found(line):
    assert "singed" in states_named(line) - known_states()


def test_the_database_opens_packets_in_the_states_in_which_a_referral_runs():
    assert set(re.findall(r"'(\w+)'", RUNNING)) == checkup.referrals.states.RUNNING
