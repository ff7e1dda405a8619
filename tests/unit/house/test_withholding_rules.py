"""Whatever withholds a number is in the list of decision 7, with the rule it follows: no page makes one of its own."""

import re

import pytest

from tenants.access.cells import OWN_FIRM, READ
from tenants.access.matrix import MATRIX
from tenants.database import Audience
from tests.places import ROOT

DECISION = (ROOT / "docs/decisions/0007-disclosure-control.md").read_text(encoding="utf-8")
ROWS = [line for line in DECISION.splitlines() if line.startswith("| `")]
LISTED = {name for row in ROWS for name in re.findall("`([^`]+)`", row)}
# What a page says of a number it does not tell, and what a rule in code is made of.
MARK = re.compile(r"_\(\s*\"[^\"]*(?:不公开|少于\{?1?0?k?\}?家|不到十)[^\"]*\"|_\(\"不公开\"\)")
RULE = re.compile(r"LEAST_BEHIND|is_withheld\s*=|is_withheld: bool")
# Where the words stand for something else: a person's own wish not to be public, what a release was told to do.
ELSEWHERE = {
    "templates/lawyer/hours/record.html",
    "tenants/anonymity.py",
    "cloud/disclosure/suppression.py",
}
PACKAGES = ("bureau", "billing", "checkup", "cloud", "tenants/anonymity.py", "webapp")


def find(pattern, paths):
    return {
        str(path.relative_to(ROOT)) for path in paths if pattern.search(path.read_text(encoding="utf-8"))
    } - ELSEWHERE


def test_each_file_of_the_list_is_there():
    assert sorted(name for name in LISTED if not (ROOT / name).is_file()) == []


def test_each_row_names_a_rule():
    assert {row.rstrip(" |").rsplit("|", 1)[1].strip() for row in ROWS} == {"own", "release", "noise"}


def test_no_template_says_withheld_beside_the_list():
    assert find(MARK, (ROOT / "templates").rglob("*.html")) - LISTED == set()


def test_no_module_withholds_by_a_rule_beside_the_list():
    modules = (path for name in PACKAGES if (ROOT / name).is_dir() for path in (ROOT / name).rglob("*.py"))
    assert find(RULE, modules) - LISTED == set()


def test_a_new_page_with_a_rule_of_its_own_would_be_found():
    assert MARK.search('<td>{{ _("不公开") }}</td>')
    assert RULE.search("if count < LEAST_BEHIND:")


@pytest.mark.parametrize("table", ["cube_cell", "contribution", "contribution_sum", "told_state", "survey_answer"])
def test_no_role_that_has_pages_reads_counts_before_disclosure_control(table):
    """So whatever a page shows of businesses is a number of a release, or of rows that the role may list."""
    seeing = {access.audience for access in MATRIX[table] if READ in access.verbs and access.predicate != OWN_FIRM}
    assert seeing <= {Audience.WORKER}
