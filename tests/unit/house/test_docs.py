"""A page that names a test names one that there is."""

import re

from tests.places import ROOT

NAMED = re.compile(r"(?:integration|unit|browser|property)/[\w/]*test_\w+\.py")
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")]


def missing(text):
    return [path for path in NAMED.findall(text) if not (ROOT / "tests" / path).is_file()]


def test_every_test_that_a_page_names_exists():
    found = {str(page.relative_to(ROOT)): gone for page in PAGES if (gone := missing(page.read_text(encoding="utf-8")))}
    assert found == {}


def test_a_test_that_was_moved_is_found_out():
    assert missing("see `integration/test_nowhere.py`") == ["integration/test_nowhere.py"]
