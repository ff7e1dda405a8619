"""What a revision after the baseline must not do to a city that is open: `python -m migrations.lint`, in `bin/check`.

A table that is read while it changes is not rewritten, not locked for long, and loses nothing that the code before
still reads (expand first, contract in a later release, whose docstring says `contract:` and why it is safe). Locks are
waited for five seconds (`webapp.migrating`). Pure.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent / "versions"
_BASELINE = "0001_"
_CONTRACT = "contract:"
_GONE = {"drop_column", "drop_table", "rename_table", "drop_constraint"}
_SQL = (
    (r"\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)", "an index is made CONCURRENTLY"),
    (r"\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b", "another type rewrites the table: add a column"),
    (r"\bSET\s+NOT\s+NULL\b", "NOT NULL reads the whole table under lock: add a CHECK … NOT VALID and validate it"),
    (r"\bADD\s+CONSTRAINT\b(?!.*\bNOT\s+VALID\b)", "a constraint is added NOT VALID and validated afterwards"),
    (
        r"\b(DROP\s+(TABLE|COLUMN)|RENAME)\b",
        "the code before still reads it: `contract:` in the docstring says why not",
    ),
    (r"\b(VACUUM\s+FULL|CLUSTER|LOCK\s+TABLE)\b", "locks everybody out"),
)


def faults(source: str, sql: str = "") -> list[str]:
    """What is wrong with a revision: `source` its Python, `sql` the text beside it; each fault with its line."""
    tree = ast.parse(source)
    contracts = _CONTRACT in (ast.get_docstring(tree) or "")
    made = {str(_literal(call.args[0])) for call in _calls(tree, "create_table") if call.args}
    found = [fault for call in _calls(tree) for fault in _faults_of(call, made, contracts=contracts)]
    return found + [f"sql: {fault}" for fault in _faults_of_sql(sql, made, contracts=contracts)]


def _calls(tree: ast.AST, name: str = "") -> Iterator[ast.Call]:
    """Calls of `op.…`, of this name or of any."""
    for node in ast.walk(tree):
        is_op = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_op and ast.unparse(node.func.value) == "op" and name in ("", node.func.attr):
            yield node


def _literal(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _faults_of(call: ast.Call, made: set[str], *, contracts: bool) -> Iterator[str]:
    """`made`: tables of this revision's own, which nobody reads yet."""
    name, given = call.func.attr, {word.arg: word.value for word in call.keywords}  # type: ignore[attr-defined]  # `_calls` gives attributes
    names = {str(_literal(argument)) for argument in call.args}
    if names & made:
        return
    for is_fault, why in (
        (
            name == "create_index" and not _literal(given.get("postgresql_concurrently", ast.Constant(False))),
            "an index is made with postgresql_concurrently=True, in an autocommit_block, after DROP INDEX IF EXISTS: "
            "one that was cut off stands there half built",
        ),
        (name == "alter_column" and "type_" in given, "another type rewrites the table: add a column"),
        (
            name == "alter_column" and _literal(given.get("nullable", ast.Constant(True))) is False,
            "NOT NULL reads the whole table under lock: add a CHECK NOT VALID and validate it",
        ),
        (name == "add_column" and _is_required_at_once(call), "a column is added nullable or with a server_default"),
        (
            name in ("create_check_constraint", "create_foreign_key")
            and not _literal(given.get("postgresql_not_valid", ast.Constant(False))),
            "a constraint is added with postgresql_not_valid=True and validated afterwards",
        ),
        (
            (name in _GONE or (name == "alter_column" and "new_column_name" in given)) and not contracts,
            "the code before still reads it: `contract:` in the docstring says why not",
        ),
    ):
        if is_fault:
            yield f"line {call.lineno}: {name}: {why}"
    if name == "execute" and call.args and isinstance(_literal(call.args[0]), str):
        yield from (f"line {call.lineno}: {fault}" for fault in _faults_of_sql(str(_literal(call.args[0])), made))


def _is_required_at_once(call: ast.Call) -> bool:
    given = {word.arg: _literal(word.value) for node in call.args for word in getattr(node, "keywords", [])}
    return given.get("nullable") is False and "server_default" not in given


def _faults_of_sql(text: str, made: set[str], *, contracts: bool = False) -> Iterator[str]:
    """Functions and policies are replaced at will; what stands in a function's body is not done by the revision."""
    bare = re.sub(r"\$(\w*)\$.*?\$\1\$", "", text, flags=re.DOTALL)
    for statement in bare.split(";"):
        if re.search(r"\b(POLICY|FUNCTION|TRIGGER)\b", statement) or any(f" {table} " in statement for table in made):
            continue
        for pattern, why in _SQL:
            if re.search(pattern, statement, re.IGNORECASE | re.DOTALL) and not (contracts and "contract:" in why):
                yield f"{' '.join(statement.split())[:60]}: {why}"


def main() -> int:
    """Print each fault of each revision after the baseline; how many there are."""
    count = 0
    for file in sorted(_FOLDER.glob("*.py")):
        if file.name.startswith(_BASELINE) or file.name == "__init__.py":
            continue
        beside = file.with_suffix(".sql")
        sql = beside.read_text(encoding="utf-8") if beside.exists() else ""
        for fault in faults(file.read_text(encoding="utf-8"), sql):
            sys.stderr.write(f"{file.name}: {fault}\n")
            count += 1
    return count


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
