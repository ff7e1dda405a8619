"""No service speaks to people: what they read stands in templates, packs and tables of words."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
SERVICES = ("tenants", "checkup", "billing", "bureau", "cloud")
CHINESE = re.compile("[\\u3400-\\u9fff]")
SENTENCE = re.compile("[，。；！？：]|[\\u3400-\\u9fff]{7}")
# Where Chinese stands below the edge, and why. Tables of words hold each text in both written languages.
WORDS, READS, FIGURES = "a table of words", "reads what people write", "figures with their names, in both languages"
ALLOWED = {
    "tenants/languages.py": "signs of the conversion",
    "tenants/sections.py": WORDS,
    "tenants/firms/reception.py": "its name",
    "tenants/providers/kinds.py": WORDS,
    "checkup/assisting/sheet_words.py": "the printed sheet",
    "checkup/conflicts/name_words.py": READS,
    "checkup/letters/wording.py": "the scope letter",
    "checkup/packs/risk_text.py": WORDS,
    "checkup/prefill/licence_lines.py": "labels as they are printed on licences",
    "checkup/report/wording.py": "the report",
    "checkup/signoff/citations.py": READS,
    "billing/hardship/facts.py": "the policy's papers, in both languages",
    "billing/hardship/questions.py": "the policy's questions, in both languages",
    "bureau/dashboard/figures.py": FIGURES,
    "bureau/oversight/standards.py": "the standards, as the law names them",
    "bureau/parameters/rules.py": FIGURES,
    "bureau/recognition/award_evidence.py": "columns of a file that the award's office prescribes",
    "bureau/reports/words.py": "the development report",
    "cloud/releases/home_figures.py": FIGURES,
}


def texts(file):
    """Chinese texts of a module that are no docstring and no pattern; the parts of an f-string count too."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    patterns = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and ast.unparse(n.func) == "re.compile"]
    silent |= {id(part) for call in patterns for part in ast.walk(call)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
        if is_text and CHINESE.search(node.value):
            yield node.value


def test_no_service_holds_a_sentence():
    files = {str(f.relative_to(ROOT)): f for room in SERVICES for f in (ROOT / room).rglob("*.py")}
    told = {name: [text for text in texts(file) if SENTENCE.search(text)] for name, file in files.items()}
    assert {name: found for name, found in told.items() if found and name not in ALLOWED} == {}


def test_the_list_of_exceptions_has_no_dead_entry():
    assert [name for name in ALLOWED if not any(map(SENTENCE.search, texts(ROOT / name)))] == []


def test_a_sentence_in_a_service_is_seen(tmp_path):
    planted = tmp_path / "service.py"
    planted.write_text('"""说明。"""\n\n\ndef tell(name):\n    return f"{name}，您好"\n', encoding="utf-8")
    assert list(texts(planted)) == ["，您好"]
