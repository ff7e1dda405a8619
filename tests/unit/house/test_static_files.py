"""Style sheets parse, and hold no rule for what nothing shows. (Scripts: `oxlint` in `bin/check`.)"""

import re
from pathlib import Path

import tinycss2

from webapp.edge.weight import make_lean

ROOT = Path(__file__).parents[3]
SHEETS = sorted((ROOT / "webapp/static").glob("*.css"))
SCRIPTS = sorted((ROOT / "webapp/static").glob("*.js"))
LISTS = {"skip_whitespace": True, "skip_comments": True}


def rules(nodes):
    """Every rule of a sheet, those inside @media too."""
    for node in nodes:
        if node.type == "at-rule" and node.content is not None:
            yield from rules(tinycss2.parse_rule_list(node.content, **LISTS))
        else:
            yield node


def faults(css):
    found = []
    for rule in rules(tinycss2.parse_stylesheet(css, **LISTS)):
        inside = [rule] if rule.type == "error" else tinycss2.parse_declaration_list(rule.content or [], **LISTS)
        found += [f"line {node.source_line}: {node.message}" for node in inside if node.type == "error"]
    return found


def classes(css):
    for rule in rules(tinycss2.parse_stylesheet(css, **LISTS)):
        prelude = rule.prelude if rule.type == "qualified-rule" else []
        for dot, name in zip(prelude, prelude[1:], strict=False):
            if dot == "." and name.type == "ident":
                yield name.value


def is_shown(name, text):
    """Written out somewhere, or its end filled in where the page is made: `finding-{{ colour }}`."""
    if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
        return True
    stem = name.rpartition("-")[0]
    return bool(stem and re.search(rf"(?<![\w-]){re.escape(stem)}-(?:\{{|\$\{{)", text))


def test_style_sheets_parse():
    assert {sheet.name: faults(sheet.read_text(encoding="utf-8")) for sheet in SHEETS} == {s.name: [] for s in SHEETS}


def test_a_planted_fault_in_a_style_sheet_is_found():
    assert faults("p { color red; }") != []
    assert faults("@media print { p { color red; } }") != []


def test_style_sheets_parse_as_they_travel_too():
    lean = {sheet.name: make_lean(sheet.name, sheet.read_text(encoding="utf-8")) for sheet in SHEETS}
    assert {name: faults(css) for name, css in lean.items()} == {sheet.name: [] for sheet in SHEETS}
    assert not any("/*" in css for css in lean.values())


def test_a_script_travels_without_its_comments_and_indents():
    assert make_lean("a.js", '// why\n"use strict";\n\nif (a) {\n  // so\n  b("//");\n}\n') == (
        '"use strict";\nif (a) {\nb("//");\n}'
    )


def lines_that_lose_more(script):
    """Where leaving out comments and indents would change what a script does: a text over several lines."""
    lines = enumerate(script.splitlines(), 1)
    return [number for number, line in lines if line.count("`") % 2 or "/*" in line or line.endswith("\\")]


def test_no_script_loses_more_than_comments_and_indents():
    assert {script.name: lines_that_lose_more(script.read_text(encoding="utf-8")) for script in SCRIPTS} == {
        script.name: [] for script in SCRIPTS
    }
    assert lines_that_lose_more("a = `one\n  // two`;") == [1, 2]


def test_style_sheets_name_only_classes_that_are_shown():
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "webapp").rglob("*.py"), *(ROOT / "webapp").rglob("*.js")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    left_over = {name for sheet in SHEETS for name in classes(sheet.read_text(encoding="utf-8"))}
    assert {name for name in left_over if not is_shown(name, text)} == set()
