import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tenants.translation import catalogues
from tenants.translation.extraction import is_chinese

ROOT = Path(__file__).parents[4]
MARKS = ("_", "_n", "lazy_gettext")
ALL_WORDS = {"webapp/wording", "webapp/edge/errors.py"}  # read whole by `pybabel extract`
OWN_NAMES = {  # languages, a browser and this program by their own name
    "webapp/edge/i18n.py", "webapp/edge/devices.py", "webapp/views/public/dev.py"
}  # fmt: skip
PAPERS = {"webapp/talks.py", "webapp/aid_papers.py"}  # for courts and authorities, in their language whoever signs


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What `pybabel extract` finds, as `bin/translations` calls it."""
    template = tmp_path_factory.mktemp("words") / "messages.pot"
    call = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "translations/babel.cfg"]
    call += ["-k", "_n:1,1", "-k", "lazy_gettext", "-o", str(template), "."]
    subprocess.run(call, cwd=ROOT, check=True)
    return catalogues.read_template(template)


def one(id_, string):
    made = Catalog(locale="en")
    made.add(id_, string)
    return made


def test_the_catalogue_is_up_to_date_with_code_and_templates(found):
    assert catalogues.compare(found, catalogues.read_english()) == []


@pytest.mark.parametrize(
    ("known", "fault"),
    [
        (Catalog(locale="en"), "no English: 再等{days}天"),
        (one("再等{days}天", ""), "no English: 再等{days}天"),
        (one("再等{days}天", "Wait {day} more"), "other placeholders: 再等{days}天"),
    ],
)
def test_a_message_without_its_english_is_named(known, fault):
    assert catalogues.compare(one("再等{days}天", ""), known) == [fault]


def test_a_dead_message_is_named():
    assert catalogues.compare(Catalog(), one("没人说了", "Nobody says this")) == ["dead: 没人说了"]


def test_a_plural_needs_both_its_forms():
    known = one(("{n}天", "{n}天"), ("one day", ""))
    assert catalogues.compare(one(("{n}天", "{n}天"), ("", "")), known) == ["no English: {n}天"]


def unmarked(file):
    """Chinese texts of a module that no mark lets `pybabel extract` see."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    seen = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            seen |= {id(inner) for argument in node.args for inner in ast.walk(argument)}
    return [
        n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and is_chinese(n.value) and id(n) not in seen
    ]


def test_no_text_of_the_edge_stands_unmarked():
    files = {str(file.relative_to(ROOT)): file for file in (ROOT / "webapp").rglob("*.py")}
    known = (*ALL_WORDS, *OWN_NAMES, *PAPERS)
    there = {name: unmarked(file) for name, file in files.items() if not name.startswith(known)}
    assert {name: texts for name, texts in there.items() if texts} == {}


def test_a_clone_compiles_its_catalogues_and_a_changed_one_compiles_them_again(tmp_path, monkeypatch):
    source = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    shutil.copy(catalogues.FOLDER / "en" / "LC_MESSAGES" / "messages.po", source)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogues, "_SOURCE", source)
    monkeypatch.setattr(catalogues, "_STAMP", tmp_path / "compiled")
    monkeypatch.setattr(catalogues, "_MADE_OF", (source,))
    catalogues.compile_if_changed()
    made = tmp_path / "zh_Hant" / "LC_MESSAGES" / "messages.mo"
    first = made.read_bytes()
    made.write_bytes(b"kept")
    catalogues.compile_if_changed()
    assert made.read_bytes() == b"kept"
    source.write_text(source.read_text(encoding="utf-8") + '\nmsgid "面馆"\nmsgstr "Noodle shop"\n', encoding="utf-8")
    catalogues.compile_if_changed()
    assert "麵館".encode() in made.read_bytes()
    assert len(made.read_bytes()) > len(first)
