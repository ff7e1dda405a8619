"""What people send is read by forms alone, and controls are drawn by macros alone; what is left only ever shrinks."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
READS = re.compile(r"request\.(?:form|files)\b")
CONTROLS = re.compile(r"<(?:input|select|textarea)\b")
DIGITS = re.compile(r"\.isdigit\(|str\.isdigit\b")
MOST_READS, MOST_CONTROLS, MOST_DIGITS = 0, 2, 0


def count(pattern, files):
    counts = {str(file.relative_to(ROOT)): len(pattern.findall(file.read_text(encoding="utf-8"))) for file in files}
    return {name: n for name, n in counts.items() if n}


def test_no_view_reads_the_form_of_a_request():
    files = [file for file in (ROOT / "webapp").rglob("*.py") if "forms" not in file.relative_to(ROOT).parts]
    found = count(READS, files)
    assert sum(found.values()) <= MOST_READS, found


def test_no_template_draws_a_control_by_hand():
    files = [file for file in (ROOT / "templates").rglob("*.html") if "macros" not in file.relative_to(ROOT).parts]
    found = count(CONTROLS, files)
    assert sum(found.values()) <= MOST_CONTROLS, found


def test_nobody_asks_raw_text_whether_it_is_digits():
    rooms = ("tenants", "checkup", "billing", "bureau", "cloud", "webapp")
    found = count(DIGITS, [file for room in rooms for file in (ROOT / room).rglob("*.py")])
    assert sum(found.values()) <= MOST_DIGITS, found
