"""What `pybabel extract` finds in a module of words: each Chinese text in it that is no docstring. Pure."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

from babel.messages.extract import extract_python

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def extract_words(
    file: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[tuple[Any, ...]]:
    """The marked messages, and every Chinese text beside them."""
    marked = extract_python(file, keywords, comment_tags, options)
    yield from (found for found in marked if found[1] == "_n")  # a message that counts
    file.seek(0)
    tree = ast.parse(file.read())
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and is_chinese(node.value) and id(node) not in docstrings:
            yield node.lineno, None, node.value, []


def is_chinese(value: object) -> bool:
    return isinstance(value, str) and bool(_CHINESE.search(value))
