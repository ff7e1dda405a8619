"""The baseline is what the code says, names no product code, and has one head."""

import ast
from pathlib import Path

from alembic.script import ScriptDirectory

import migrations
from migrations import baseline

_FOLDER = Path(migrations.__path__[0])
_HEAD = "0001"
_PRODUCT = {"tenants", "checkup", "billing", "bureau", "cloud", "webapp"}


def test_the_head_is_pinned() -> None:
    assert ScriptDirectory(str(_FOLDER)).get_heads() == [_HEAD]


def test_the_baseline_is_what_models_and_matrix_say() -> None:
    assert baseline.FILE.read_text(encoding="utf-8") == baseline.baseline(), "run bin/baseline"


def test_no_revision_imports_product_code() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (_FOLDER / "versions").glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = {name.name.split(".")[0] for node in nodes if isinstance(node, ast.Import) for name in node.names}
    named |= {(node.module or "").split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
    assert trees
    assert not named & _PRODUCT
